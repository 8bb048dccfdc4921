#!/usr/bin/env bash
# Runs semcut with what the workflow asks for. The texts come by the environment and go on as arguments, whole.
set -euo pipefail
# shellcheck source=.github/action/fail.sh
. "$(dirname "${BASH_SOURCE[0]}")/fail.sh"

[[ $INPUT_COMMAND =~ ^[a-z]+$ ]] ||
  fail "reading the input command: \"$INPUT_COMMAND\" is no command" 'write one word like release or lint there, and the rest in args'
arguments=("$INPUT_COMMAND" --directory "$INPUT_DIRECTORY")
[ -z "$INPUT_CONFIG" ] || arguments+=(--config "$INPUT_CONFIG")
case $INPUT_DRY_RUN in
true) arguments+=(--dry-run) ;;
'' | false) ;;
*) fail "reading the input dry-run: \"$INPUT_DRY_RUN\" is neither true nor false" 'write true or false' ;;
esac

# xargs knows a shell's quotes and backslashes, and nothing else of a shell.
words() { printf '%s\n' "$INPUT_ARGS" | xargs printf '%s\0' 2>/dev/null; }
if [[ $INPUT_ARGS =~ [^[:space:]] ]]; then
  words >/dev/null ||
    fail 'splitting the input args into words: a quote is not closed on its line' 'close it, or write a backslash before it'
  while IFS= read -r -d '' word; do arguments+=("$word"); done < <(words)
fi

# A token that is given goes before those of the step's environment, these before the job's.
if [ -n "$INPUT_TOKEN" ]; then
  unset GH_TOKEN
  export GITHUB_TOKEN=$INPUT_TOKEN
elif [ -z "${GH_TOKEN:-}${GITHUB_TOKEN:-}" ]; then
  export GITHUB_TOKEN=$JOB_TOKEN
fi
binary=$INPUT_BINARY

# The bash of a Windows runner would else take an argument like /x for a path.
export MSYS_NO_PATHCONV=1 MSYS2_ARG_CONV_EXCL='*'

# The log of a runner obeys some texts. These commands tell it things of their own, and take out what commits say to it; but what
# programs are to read is written as it is.
own=
case $INPUT_COMMAND in release | check | lint | preview) own=yes ;; esac
for word in "${arguments[@]}"; do
  case ${word#--format=} in --json | json | sarif | junit) own= ;; esac
done
unset INPUT_BINARY INPUT_COMMAND INPUT_ARGS INPUT_DRY_RUN INPUT_CONFIG INPUT_DIRECTORY INPUT_TOKEN JOB_TOKEN
[ -z "$own" ] || exec "$binary" "${arguments[@]}" </dev/null

until=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '::stop-commands::%s\n' "$until"
status=0
"$binary" "${arguments[@]}" </dev/null || status=$?
printf '\n::%s::\n' "$until"
exit "$status"
