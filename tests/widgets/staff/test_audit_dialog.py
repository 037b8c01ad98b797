from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from backend.contract.audit import AuditKind, AuditPage
from tests.widgets.audit import audit_line
from tests.widgets.conftest import Record
from widgets.staff.audit_dialog import AuditDialog

ALL = list(AuditKind)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(host: QWidget) -> AuditDialog:
    made = AuditDialog(host)
    made.open()
    return made


def cells(dialog: AuditDialog, row: int) -> list[str]:
    items = [dialog.table.item(row, column) for column in range(1, dialog.table.columnCount())]
    return [item.text() if item else "" for item in items]


def test_a_line_tells_who_changed_what_from_what_to_what_and_why(dialog: AuditDialog) -> None:
    dialog.reload()
    dialog.show_page(AuditPage([audit_line("price", "16800", "100", reason="sale")], None))

    assert cells(dialog, 0) == ["Host", "Products", "Price: 1 tea", "¥168 → ¥1", "sale"]
    assert dialog.more_button.isHidden()
    assert not dialog.busy.isVisible()


def test_the_keyboard_comes_out_of_the_table_again(dialog: AuditDialog) -> None:
    dialog.reload()
    dialog.show_page(AuditPage([audit_line("price"), audit_line("stock")], None))
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Tab)

    assert dialog.focusWidget() is dialog.save_button


def test_older_lines_come_below_and_are_asked_for_by_number(dialog: AuditDialog, record: Record) -> None:
    asked = record(dialog.page_wanted)
    dialog.reload()
    assert dialog.busy.isVisible()
    dialog.show_page(AuditPage([audit_line("price", number=9)], 9))
    dialog.more_button.click()
    assert not dialog.more_button.isEnabled()
    dialog.show_page(AuditPage([audit_line("stock", number=3)], None))

    assert asked == [(ALL, None), (ALL, 9)]
    assert [cells(dialog, row)[2] for row in range(2)] == ["Price: 1 tea", "Stock: 1 tea"]


def test_another_kind_begins_anew(dialog: AuditDialog, record: Record) -> None:
    dialog.reload()
    dialog.show_page(AuditPage([audit_line("price", number=9)], 9))
    asked = record(dialog.page_wanted)
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(AuditKind.RIGHTS))

    assert asked == [([AuditKind.RIGHTS], None)]
    assert dialog.table.rowCount() == 0
    assert dialog.empty.text() == "Reading…"


def test_an_empty_log_says_what_will_stand_there(dialog: AuditDialog) -> None:
    dialog.reload()
    dialog.show_page(AuditPage([], None))
    assert dialog.empty.isVisible()
    assert dialog.empty.text().startswith("Nothing yet")


def test_what_failed_is_told_and_tried_again_where_it_stopped(dialog: AuditDialog, record: Record) -> None:
    asked = record(dialog.page_wanted)
    dialog.reload()
    dialog.show_page(AuditPage([audit_line("price", number=9)], 9))
    dialog.more_button.click()
    dialog.show_failure("Not reached.")
    assert (dialog.note.text(), dialog.note.property("tone")) == ("Not reached.", "bad")
    assert dialog.table.isVisible()
    assert dialog.more_button.isHidden()
    dialog.again_button.click()

    assert asked == [(ALL, None), (ALL, 9), (ALL, 9)]
    assert dialog.note.isHidden()
    assert dialog.again_button.isHidden()


def test_a_failure_at_the_start_is_no_empty_log(dialog: AuditDialog) -> None:
    dialog.reload()
    dialog.show_failure("Not reached.")
    assert dialog.empty.text() == "Not read."
    assert dialog.again_button.isVisible()


def test_the_table_goes_where_the_host_says(dialog: AuditDialog, record: Record, tmp_path: Path) -> None:
    wanted = record(dialog.csv_wanted)
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(AuditKind.MONEY))
    dialog.ask_for_file()
    (asked,) = dialog.findChildren(QFileDialog)
    assert asked.defaultSuffix() == "csv"
    asked.fileSelected.emit(str(tmp_path / "a.csv"))
    dialog.show_saving()
    assert not dialog.save_button.isEnabled()
    dialog.show_saved("Saved", "ok")

    assert wanted == [([AuditKind.MONEY], tmp_path / "a.csv")]
    assert dialog.save_button.isEnabled()
    assert (dialog.note.text(), dialog.note.property("tone")) == ("Saved", "ok")
