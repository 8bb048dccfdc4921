defmodule Pot.MixProject do
  use Mix.Project

  @moduledoc """
  @version "1.2.3"
  """
  # @version "1.2.3"
  @version "2.0.0-rc.1"

  def project do
    [app: :pot, version: @version, deps: deps(), docs: [version: "1.2.3"]]
  end

  defp deps, do: [{:lid, "~> 1.2.3"}]
end
