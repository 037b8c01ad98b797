"""A file of what failed, written at once: a run's own summary is lost where pytest itself breaks."""

import os
from pathlib import Path
from typing import Final

import pytest

VARIABLE: Final = "LIVESTALL_FAILURE_LOG"
"""The file's path, in the environment; without it nothing is written."""

MOST_CHARACTERS: Final = 3_000
"""Of a failure, its end: a traceback's cause stands there."""


class FailureLog:
    """A pytest plugin of each process of a run: all of them append to one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that failed, where its report arrives: in the process that shows them."""
        if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
            self._add(f"{report.nodeid} ({report.when}, after {report.duration:.0f} s)", report.longreprtext)

    def pytest_internalerror(self, excrepr: object) -> None:
        """Note that pytest itself broke, where it did: a worker's report may never reach the main process."""
        process = os.environ.get("PYTEST_XDIST_WORKER", "the main process")
        self._add(f"pytest broke in {process}", str(excrepr))

    def _add(self, title: str, text: str) -> None:
        with self._path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"--- {title}\n{text[-MOST_CHARACTERS:]}\n")


def failure_log() -> FailureLog | None:
    """Return the log that the environment asks for."""
    path = os.environ.get(VARIABLE)
    return FailureLog(Path(path)) if path else None
