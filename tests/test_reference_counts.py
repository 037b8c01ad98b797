"""A canary: PySide6 6.12.0 on Python 3.11 loses references of None and True until it aborts (PYSIDE-3474)."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 500
SLACK = 100  # what else happens meanwhile; the fault would lose one reference a call


class Sender(QObject):
    told = Signal(bool)


def lost(counted: object, call: Callable[[], object]) -> int:
    """How many references of a singleton so many calls lose."""
    before = sys.getrefcount(counted)
    for _ in range(CALLS):
        call()
    return before - sys.getrefcount(counted)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="singletons are immortal since 3.12 (PEP 683)")
def test_calls_into_qt_lose_no_references(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    sender = Sender()

    assert lost(None, lambda: label.setText("x")) < SLACK
    assert lost(None, label.update) < SLACK
    yes, no = True, False
    assert lost(yes, lambda: sender.told.emit(yes)) < SLACK
    assert lost(no, label.isVisible) < SLACK
