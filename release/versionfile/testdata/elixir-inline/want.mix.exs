defmodule Pot.MixProject do
  def project do
    [
      app: :pot,
      # version: "1.2.3",
      elixir_version: "1.2.3",
      version: "2.0.0-rc.1",
      deps: [{:lid, "1.2.3"}]
    ]
  end
end
