"""Run the benchmarks one after the other and write what they measured to `benchmarks/RESULTS.md`.

Each script prints a readable table and, as its last line, one JSON object `{"figures": {name: value, …}}`.
"""

import argparse
import json
import operator
import os
import platform
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import psutil

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
PROMISES = HERE / "promises.toml"

RELATIONS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

Row = tuple[str, str, str, str, str]


def main() -> int:
    """Run the named scripts, or all, and return 1 when one of them failed or missed a promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="scripts to run, without .py (default: all with a promise)")
    names = parser.parse_args().names
    promises: dict[str, dict[str, str]] = tomllib.loads(PROMISES.read_text())
    rows, is_good = [], True
    for number, name in enumerate(names or promises, start=1):
        print(f"\n=== {name} ({number} of {len(names or promises)})", flush=True)
        figures = _run(name)
        is_good = is_good and figures is not None
        for figure, value in (figures or {}).items():
            promise = promises.get(name, {}).get(figure, "")
            verdict = verdict_on(value, promise)
            is_good = is_good and verdict != "missed"
            rows.append((name, figure, f"{value:g}", promise, verdict))
    _write(rows)
    return 0 if is_good else 1


def _run(name: str) -> dict[str, float] | None:
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    script = subprocess.Popen(
        [sys.executable, str(HERE / f"{name}.py")],
        stdout=subprocess.PIPE,
        text=True,
        cwd=HERE.parent,
        env=environment,
    )
    last = ""
    assert script.stdout is not None
    for line in script.stdout:
        print(line, end="", flush=True)
        last = line if line.strip() else last
    if script.wait() != 0 or not last.startswith("{"):
        print(f"{name} failed with exit code {script.returncode}", file=sys.stderr)
        return None
    figures: dict[str, float] = json.loads(last)["figures"]
    return figures


def verdict_on(value: float, promise: str) -> str:
    """Return "kept" or "missed"; nothing where nothing is promised.

    Args:
        value: what was measured.
        promise: a relation and a bound, as in "<= 0.125", or nothing.

    Raises:
        KeyError: the relation is none of <, <=, > and >=.
    """
    if not promise:
        return ""
    relation, bound = promise.split()
    return "kept" if RELATIONS[relation](value, float(bound)) else "missed"


def _write(rows: list[Row]) -> None:
    """Replace the rows of what was measured now; what was not run this time keeps its old ones."""
    today = date.today().isoformat()  # noqa: DTZ011 - the day on the wall is meant
    cores = psutil.cpu_count() or 0
    machine = f"{cores} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    fresh = {
        (name, figure): f"| {name} | {figure} | {value} | {promise} | {verdict} | {today} | {machine} |"
        for name, figure, value, promise, verdict in rows
    }
    kept = {}
    if RESULTS.exists():
        for line in RESULTS.read_text().splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if len(cells) == 7 and cells[0] not in {"script", "---"} and not cells[0].startswith("--"):
                kept[(cells[0], cells[1])] = line
    head = [
        "# Results",
        "",
        "Written by `make bench`. A script runs both sides in one run: trust ratios before absolute figures.",
        "",
        "| script | figure | value | promise | verdict | day | machine |",
        "|---|---|---|---|---|---|---|",
    ]
    lines = {**kept, **fresh}
    RESULTS.write_text("\n".join([*head, *(lines[key] for key in sorted(lines))]) + "\n")
    print(f"\nwritten to {RESULTS.relative_to(HERE.parent)}")


if __name__ == "__main__":
    sys.exit(main())
