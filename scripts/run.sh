#!/usr/bin/env bash
# Start the studio; on a machine without a display, inside a virtual one, live at once with the demo source.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec .venv/bin/python main.py "$@"
fi
echo "No display here: the studio starts inside a virtual one and goes live with the demo source." >&2
exec 3<><(:)
# Out of reach of Ctrl+C: the studio says goodbye on this screen first.
setsid Xvfb -displayfd 3 -screen 0 1600x900x24 -nolisten tcp >/dev/null 2>&1 &
display_server=$!
trap 'kill "$display_server" 2>/dev/null || true' EXIT
read -r -t 20 number <&3 || { echo "Xvfb did not start. Is the package xvfb installed?" >&2; exit 1; }
studio=
trap 'kill -INT "$studio" 2>/dev/null || true' INT TERM
DISPLAY=":$number" XDG_SESSION_TYPE=x11 .venv/bin/python main.py --demo --go-live "$@" 3<&- &
studio=$!
status=0
wait "$studio" || status=$?
# The first wait ends when a signal comes in; the second lets the studio say goodbye.
if kill -0 "$studio" 2>/dev/null; then status=0; wait "$studio" || status=$?; fi
exit "$status"
