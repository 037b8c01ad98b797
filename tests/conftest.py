"""What every test stands on: Qt without a screen unless a test brings one, and a home of its own."""

import gc
import os
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path
from typing import Final

import av  # noqa: F401 - before OpenCV, as in the engine (see studio/engine/launch.py)
import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

from effects.models.registry import FOLDER_VARIABLE, default_folder
from tests.support.failure_log import failure_log
from tests.support.skips import fail_what_may_not_be_skipped, must_run_all

# Tests have a home of their own, but no networks of their own: they use those that `make test` fetched.
os.environ.setdefault(FOLDER_VARIABLE, str(default_folder()))
# Set before anything imports Qt; tests that need a real window start a program on a display of its own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")

# A machine that stands still for a moment is no fault of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

JOURNEYS: Final = Path(__file__).parent / "journeys"
QT_PATIENCE_MS: Final = 20_000
"""How long a test waits for Qt where it names no time: pytest-qt's 5 s are short on a busy machine."""


def pytest_configure(config: pytest.Config) -> None:
    """Log failures where that is asked for, and let tests be patient."""
    log = failure_log()
    if log is not None:
        config.pluginmanager.register(log)
    for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals):
        wait.__kwdefaults__ = {**(wait.__kwdefaults__ or {}), "timeout": QT_PATIENCE_MS}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Read no modules of which `scripts/test.sh` wants no tests: journeys have a folder of their own."""
    is_journey = JOURNEYS in (collection_path, *collection_path.parents)
    match config.option.markexpr:
        case "journey" if not is_journey and collection_path not in JOURNEYS.parents:
            return True
        case "not journey" if is_journey:
            return True
    return None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """See `tests.support.skips`.

    No garbage is collected meanwhile. Where a task that failed unheard is collected, its traceback is logged,
    which parses its source; if pytest is just parsing the source of a test, Python 3.11 raises SystemError
    ("AST constructor recursion depth mismatch"), and that ends the whole run.
    """
    gc.disable()
    try:
        report = yield
    finally:
        gc.enable()
    if must_run_all():
        fail_what_may_not_be_skipped(report)
    return report


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders to be made: pytest's own numbers look through all that thousands of tests before have made."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, so that no test reads or writes the developer's."""
    path = next(homes)
    path.mkdir(0o700)
    for name, folder in (
        ("HOME", "."),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"),
        ("XDG_CACHE_HOME", ".cache"),
    ):
        monkeypatch.setenv(name, str(path / folder))
    return path
