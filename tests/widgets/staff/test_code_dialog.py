import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.common.test_qr import read
from widgets.staff.code_dialog import CodeDialog, MadeCode

LINK = "http://192.168.1.20:8787/r/main#assist=7KQ2M-04XRT"
MADE = MadeCode("7KQ2M-04XRT", LINK, "1 day", is_local=False)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_code_link_and_command_can_be_copied(host: QWidget) -> None:
    dialog = CodeDialog(host, MADE)
    dialog.open()
    copied = []
    for part in (dialog.code, dialog.link, dialog.command):
        part.copy_button.click()
        copied.append(QGuiApplication.clipboard().text())

    assert copied == ["7KQ2M-04XRT", LINK, "make run ARGS=assist"]
    assert dialog.link.copy_button.text() == "Copied"


def test_a_phone_reads_the_link(host: QWidget) -> None:
    dialog = CodeDialog(host, MADE)
    assert read(dialog.qr.grab().toImage()) == LINK


def test_the_code_dialog_says_that_the_code_is_shown_only_once(host: QWidget) -> None:
    dialog = CodeDialog(host, MADE)
    assert "only once" in dialog.once.text()
    assert "within 1 day" in dialog.once.text()


@pytest.mark.parametrize("is_local", [True, False])
def test_a_link_that_leads_nowhere_else_is_told(host: QWidget, is_local: bool) -> None:  # noqa: FBT001
    dialog = CodeDialog(host, MadeCode("7KQ2M-04XRT", LINK, "1 day", is_local=is_local))
    assert dialog.local_note.isVisibleTo(dialog) is is_local
