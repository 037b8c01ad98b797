from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.tooltips import gaudy_picture, is_gaudy
from widgets.common.confirm import ConfirmDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[ConfirmDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ConfirmDialog(parent, title="End?", text="For everybody.", accept="End it", reject="Go on")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.open()
    yield made
    parent.close()


def test_accepting_is_told(dialog: ConfirmDialog, record: Record) -> None:
    accepted = record(dialog.accepted)
    dialog.accept_button.click()

    assert accepted == [()]


def test_enter_by_mistake_changes_nothing(qtbot: QtBot, dialog: ConfirmDialog, record: Record) -> None:
    accepted = record(dialog.accepted)
    QTest.keyClick(dialog, Qt.Key.Key_Return)

    assert accepted == []
    assert not dialog.isVisible()


def test_a_name_in_a_question_stays_text(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    name = f"<img src='{gaudy_picture(tmp_path)}'>[*]"
    made = ConfirmDialog(parent, title=name, text=f"Delete {name}?", accept=f"Delete {name}", reject="No")
    made.open()

    assert {shown.text() for shown in made.findChildren(QLabel)} == {name, f"Delete {name}?"}
    assert made.windowHandle().title() == name
    assert not is_gaudy(made)
    made.reject()
