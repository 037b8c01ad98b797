#!/usr/bin/env bash
# Install what is missing for `run`, `test` or `bench`: Debian packages, uv, the locked environment. Quick when nothing is.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:?usage: scripts/setup.sh run|test|bench}

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }

lists=(run)
[ "$purpose" = run ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && lists+=(headless)
[ "$purpose" != run ] && lists+=(test)
[ "$purpose" = bench ] && lists+=(bench)

install_debian_packages() {
  command -v dpkg-query >/dev/null || { say "Not Debian: see README.md for what to install by hand"; return; }
  local wanted installed missing
  wanted=$(for list in "${lists[@]}"; do sed -e 's/#.*//' "scripts/apt/$list.txt"; done | tr -s ' \n' '\n' | sort -u)
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u)
  missing=$(comm -23 <(echo "$wanted" | sed '/^$/d') <(echo "$installed"))
  [ -z "$missing" ] && return
  say "Installing Debian packages:" $missing
  local root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { say "Root is needed. As root, run: apt-get install" $missing; exit 1; }
    root=(sudo)
  fi
  "${root[@]}" apt-get update -qq
  # shellcheck disable=SC2086  # one argument a package
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
}

install_uv() {
  local version
  version=$(cat scripts/uv-version.txt)
  [ -x .tools/bin/uv ] && [ "$(.tools/bin/uv --version | cut -d' ' -f2)" = "$version" ] && return
  say "Installing uv $version"
  python3 -m venv .tools
  .tools/bin/pip install --quiet --disable-pip-version-check "uv==$version"
}

install_environment() {
  export UV_PYTHON_DOWNLOADS=never
  local groups=(--no-dev)
  [ "$purpose" != run ] && groups=()
  # --inexact: a `make run` after a `make test` leaves the test tools in place. Compiled once here: a backend's start
  # compiled for 2 of its 3 seconds, at each start where Python may not write beside the packages.
  .tools/bin/uv sync --locked --inexact --compile-bytecode --quiet "${groups[@]}"
}

install_debian_packages
install_uv
install_environment
