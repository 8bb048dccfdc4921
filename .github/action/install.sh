#!/usr/bin/env bash
# Puts semcut on the runner and tells later steps where. Nothing runs that was not verified: what the tool cache holds is verified
# like what was just downloaded, and where something doesn't fit nothing else is tried.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=.github/action/fail.sh
. "$here/fail.sh"

# A token that some earlier step made is no secret to the runner yet: from here on it hides it, in later steps, too.
token=${INPUT_TOKEN//%/%25}
[ -z "$token" ] || printf '::add-mask::%s\n' "${token//$'\n'/%0A}"

releases=${GITHUB_SERVER_URL%/}/semcut/semcut/releases

# unix PATH: as the bash of a Windows runner has it.
unix() { if command -v cygpath >/dev/null; then cygpath -u "$1"; else printf '%s\n' "$1"; fi; }

# native PATH: as later steps have it.
native() { if command -v cygpath >/dev/null; then cygpath -w "$1"; else printf '%s\n' "$1"; fi; }

temp=$(unix "$RUNNER_TEMP")
cache=$(unix "${RUNNER_TOOL_CACHE:-$RUNNER_TEMP}")/semcut
program=semcut
[ "$RUNNER_OS" != Windows ] || program=semcut.exe

fetch() { # fetch NAME VERSION: a file of a release, into the current folder
  curl -fsSL --proto-redir '=https' --retry 3 --connect-timeout 20 -o "$1" "$releases/download/v$2/$1" ||
    fail "downloading $releases/download/v$2/$1 failed" \
      'see that the release is there (its files come a few minutes after its tag), or build the checkout with "version: source"'
}

latest() {
  local page
  page=$(curl -fsS --retry 3 --connect-timeout 20 -o /dev/null -w '%{redirect_url}' "$releases/latest") || page=
  case $page in
  */tag/v*) printf '%s\n' "${page##*/tag/v}" ;;
  *) fail "asking $releases/latest for the newest release: it names none" 'name one, as in "version: 1.2.3"' ;;
  esac
}

# wanted: the version to install. Without a wish it is the release that this checkout of the action is of, so that v1, v1.2.3 and
# a pinned commit all mean one exact version.
wanted() {
  local version=$INPUT_VERSION
  [ -n "$version" ] || read -r version <"$here/VERSION"
  [ "$version" != latest ] || version=$(latest) || exit 1
  version=${version#v}
  [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] ||
    fail "choosing the version of semcut: \"$version\" is none" 'write one like 1.2.3, or latest, or source'
  printf '%s\n' "$version"
}

archive() { # archive VERSION: its file for this runner
  local os arch suffix=tar.gz
  case $RUNNER_OS in
  Linux) os=linux ;;
  macOS) os=darwin ;;
  Windows) os=windows suffix=zip ;;
  *) fail "choosing the file for a runner of $RUNNER_OS: there is none" 'build the checkout with "version: source"' ;;
  esac
  case $RUNNER_ARCH in
  X64) arch=amd64 ;;
  ARM64) arch=arm64 ;;
  *) fail "choosing the file for a runner of $RUNNER_ARCH: there is none" 'build the checkout with "version: source"' ;;
  esac
  printf 'semcut_%s_%s_%s.%s\n' "$1" "$os" "$arch" "$suffix"
}

digest() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1; }

fits() { # fits FILE FROM: its checksum is that of checksums.txt
  local want found
  want=$(awk -v name="$1" '$2 == name { print $1 }' checksums.txt)
  found=$(digest "$1")
  [ "$want" = "$found" ] ||
    fail "verifying $1 from $2: its SHA-256 is $found, the release says ${want:-nothing of it}" \
      'nothing of it was run; if it is the tool cache delete that folder, else tell the maintainers'
}

attested() { # attested FILE: it was built by the release workflow of semcut's repository
  case $INPUT_ATTESTATION in
  never) return ;;
  always) ;;
  auto)
    [ "${GITHUB_SERVER_URL%/}" = https://github.com ] && gh attestation verify --help >/dev/null 2>&1 || return 0
    ;;
  *) fail "reading the input attestation: \"$INPUT_ATTESTATION\" is none of auto, always, never" 'choose one of them' ;;
  esac
  GH_TOKEN=${INPUT_TOKEN:-${GH_TOKEN:-${GITHUB_TOKEN:-$JOB_TOKEN}}} gh attestation verify "$1" --repo semcut/semcut \
    --signer-workflow semcut/semcut/.github/workflows/release.yml >/dev/null ||
    fail "verifying the attestation of $1 failed; gh says above why" \
      'nothing of it was run; where it is the network that is at fault "attestation: never" leaves the checksum'
}

keep() { # keep FILE FOLDER: for the next job. A cache that can't be written is no harm.
  mkdir -p "$2" && cp "$1" "$2/$1.$$" && mv -f "$2/$1.$$" "$2/$1" || printf 'the tool cache %s could not be written\n' "$2"
}

from_release() { # from_release VERSION
  local file from
  file=$(archive "$1")
  from=$cache/$1/$RUNNER_ARCH
  fetch checksums.txt "$1"
  if [ -f "$from/$file" ]; then cp "$from/$file" "$file"; else fetch "$file" "$1" && from=$releases; fi
  fits "$file" "$from"
  attested "$file"
  [ "$from" != "$releases" ] || keep "$file" "$cache/$1/$RUNNER_ARCH"
  case $file in
  *.zip) unzip -q "$file" "$program" ;;
  *) tar -xzf "$file" "$program" ;;
  esac
}

from_source() { # from_source FOLDER: of this checkout
  command -v go >/dev/null || fail "building semcut's source: there is no Go" 'put a step with actions/setup-go before this one'
  (cd "$here/../.." && CGO_ENABLED=0 go build -trimpath -o "$1/$program" ./cmd/semcut) || fail "building semcut's source failed" 'see above'
}

folder=$(mktemp -d "$temp/semcut-XXXXXX")
cd "$folder"
if [ "$INPUT_VERSION" = source ]; then
  from_source "$folder"
else
  version=$(wanted)
  from_release "$version"
fi
native "$folder" >>"$GITHUB_PATH"
printf 'binary=%s\n' "$(native "$folder/$program")" >>"$GITHUB_OUTPUT"
"./$program" version
