defmodule Pot.MixProject do
  use Mix.Project

  @moduledoc """
  @version "1.2.3"
  """
  # @version "1.2.3"
  @version "1.2.3"

  def project do
    [app: :pot, version: @version, deps: deps(), docs: [version: "1.2.3"]]
  end

  defp deps, do: [{:lid, "~> 1.2.3"}]
end
