"""The studio's parts without a real engine or backend."""

import gc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.window.main_window import MainWindow
from tests.studio.fakes import FakeEngine, FakeRoom
from tests.support.qt_log import fail_on_qt_warnings
from widgets.common.theme import apply_theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    fail_on_qt_warnings(items, Path(__file__).parent, besides=("engine",))


@pytest.fixture(autouse=True)
def _collects_here() -> Iterator[None]:
    """Let what tests leave of Qt be collected here: in a worker's thread it would take its timers with it."""
    gc.collect(1)  # all of it: while it is off, nothing grows old
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody hear the faults that tests bring about."""
    monkeypatch.setattr("studio.chime.VOLUME", 0.0)


@pytest.fixture(scope="session")
def themed(qapp: QApplication) -> QApplication:
    """The application, in the studio's look."""
    apply_theme(qapp)
    qapp.setQuitOnLastWindowClosed(False)  # as in the studio: the loop outlives its window
    return qapp


@pytest.fixture
def window(qtbot: QtBot, themed: QApplication) -> MainWindow:
    """The studio's window, shown."""
    made = MainWindow(QIcon())
    qtbot.addWidget(made, before_close_func=lambda _widget: made.close_for_good())
    made.show()
    return made


@pytest.fixture
def engine() -> FakeEngine:
    """An engine that only remembers."""
    return FakeEngine()


@pytest.fixture
async def room() -> AsyncIterator[FakeRoom]:
    """A backend with one room, played by the test."""
    made = FakeRoom()
    async with made.serve():
        yield made
