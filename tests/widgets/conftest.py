"""Panels in their look, and what they emit."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QApplication

from tests.support.qt_log import fail_on_qt_warnings
from widgets.common.theme import apply_theme

Record = Callable[[SignalInstance], list[tuple[object, ...]]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    fail_on_qt_warnings(items, Path(__file__).parent)


@pytest.fixture(scope="session")
def _themed(qapp: QApplication) -> QApplication:
    apply_theme(qapp)
    return qapp


@pytest.fixture(autouse=True)
def application(_themed: QApplication) -> QApplication:
    """The application, in the studio's look."""
    return _themed


@pytest.fixture
def record() -> Record:
    """Keep the arguments of every emission of a signal."""

    def start(signal: SignalInstance) -> list[tuple[object, ...]]:
        emitted: list[tuple[object, ...]] = []
        signal.connect(lambda *arguments: emitted.append(arguments))
        return emitted

    return start
