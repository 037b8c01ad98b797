#!/usr/bin/env bash
# Run the tests: all but the journeys on all processors, then the journeys one by one. These count frames a second, so
# they have the machine to themselves.
set -uo pipefail
cd "$(dirname "$0")/.."
# Tests wait as long as they compute: one more at a time than there are processors.
jobs=${JOBS:-$(($(nproc) + 1))}
python=.venv/bin/python
nothing_found=5
# Hundreds of backends and studios start: each module is compiled once, whatever the caller's environment says.
unset PYTHONDONTWRITEBYTECODE

# Failures are told once more at the end: the journeys' output hides them, and a broken pytest tells none.
LIVESTALL_FAILURE_LOG=$(mktemp)
export LIVESTALL_FAILURE_LOG
trap 'rm -f "$LIVESTALL_FAILURE_LOG"' EXIT

# What failed beside others runs once more alone: a machine that stood still fails no run. What passes then stays in the
# list of failures at the end: it is flaky, and its cause is to be found.
again() {
  local mark=$1
  shift
  echo "Once more, alone: what failed" >&2
  "$python" -m pytest --last-failed --last-failed-no-failures none -m "$mark" "$@"
}

"$python" -m pytest --numprocesses "$jobs" --dist loadfile --no-loadscope-reorder --durations 40 -m "not journey" "$@"
first=$?
[ "$first" = 1 ] && again "not journey" "$@" && first=0
"$python" -m pytest -m journey "$@"
second=$?
[ "$second" = 1 ] && again journey "$@" && second=0
cat "$LIVESTALL_FAILURE_LOG"

[ "$first" = "$nothing_found" ] && exit "$second"
[ "$second" = "$nothing_found" ] && exit "$first"
exit $((first > second ? first : second))
