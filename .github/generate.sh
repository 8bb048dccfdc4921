#!/usr/bin/env bash
# generate.sh DIR: manual pages and completions, from semcut itself. goreleaser puts them into archives and packages.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf "$1"
mkdir -p "$1/completions"
go build -o "$1/semcut" ./cmd/semcut
"$1/semcut" man --dir "$1/man"
for shell in bash zsh fish; do "$1/semcut" completion "$shell" >"$1/completions/semcut.$shell"; done
rm "$1/semcut"
