#!/usr/bin/env bash
# Run the tests: all but the journeys on all processors, then the journeys one by one. These count frames a second, so
# they have the machine to themselves.
set -uo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-logical}
python=.venv/bin/python
nothing_found=5

# Failures are told once more at the end: the journeys' output hides them, and a broken pytest tells none.
LIVESTALL_FAILURE_LOG=$(mktemp)
export LIVESTALL_FAILURE_LOG
trap 'rm -f "$LIVESTALL_FAILURE_LOG"' EXIT

"$python" -m pytest --numprocesses "$jobs" --dist loadfile --no-loadscope-reorder -m "not journey" "$@"
first=$?
"$python" -m pytest -m journey "$@"
second=$?
cat "$LIVESTALL_FAILURE_LOG"

[ "$first" = "$nothing_found" ] && exit "$second"
[ "$second" = "$nothing_found" ] && exit "$first"
exit $((first > second ? first : second))
