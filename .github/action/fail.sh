# shellcheck shell=bash
# Shared by the action's scripts.

# fail ERROR HINT: end the step with an error that the run's page shows; no text can become a command of its own there.
fail() {
  local text="$1"$'\n'"$2"
  text=${text//'%'/%25}
  text=${text//$'\r'/%0D}
  text=${text//$'\n'/%0A}
  printf '::error title=semcut::%s\n' "$text" >&2
  exit 1
}
