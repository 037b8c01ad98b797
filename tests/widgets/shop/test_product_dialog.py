from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from backend.contract.shop import EditProduct
from tests.widgets.conftest import Record
from tests.widgets.products import product
from widgets.shop.product_dialog import ProductDialog
from widgets.shop.product_draft import ProductField

TITLE, PRICE, STOCK = ProductField
TEA = product(1)
CHEAPER = msgspec.structs.replace(TEA, price_minor=8800, version=2)


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[ProductDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    made = ProductDialog(parent, TEA, list(AssistantRight))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.open()
    yield made
    parent.close()


def write(dialog: ProductDialog, field: ProductField, text: str) -> None:
    dialog.edits[field].selectAll()
    QTest.keyClick(dialog.edits[field], Qt.Key.Key_Backspace)
    QTest.keyClicks(dialog.edits[field], text)


def note(dialog: ProductDialog, field: ProductField) -> tuple[str, str]:
    return dialog.notes[field].text(), dialog.notes[field].property("tone")


def is_over(dialog: ProductDialog) -> bool:
    return not dialog.isVisible()


def test_the_product_dialog_shows_the_product_and_saves_nothing_unchanged(
    dialog: ProductDialog, record: Record
) -> None:
    commands = record(dialog.command)
    QTest.keyClick(dialog, Qt.Key.Key_Return)

    assert [edit.text() for edit in dialog.edits.values()] == ["Green tea", "129.00", "5"]
    assert not dialog.save_button.isEnabled()
    assert commands == []


def test_enter_saves_what_was_changed(dialog: ProductDialog, record: Record) -> None:
    commands = record(dialog.command)
    write(dialog, PRICE, "12.30")
    QTest.keyClick(dialog.edits[PRICE], Qt.Key.Key_Return)

    assert commands == [(EditProduct("p1", 1, price_minor=1230),)]


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        (TITLE, "", "needs a title"),
        (TITLE, "x" * 101, "101 characters: only 100"),
        (PRICE, "12.345", "59.90"),
        (PRICE, "1000000", "¥999,999.99"),
        (STOCK, "1.5", "whole number"),
        (STOCK, "10000000", "9,999,999"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    dialog: ProductDialog, field: ProductField, text: str, words: str
) -> None:
    write(dialog, STOCK, "6")
    write(dialog, field, text)

    said, tone = note(dialog, field)
    assert words in said
    assert dialog.edits[field].accessibleDescription() == said
    assert tone == "bad"
    assert not dialog.save_button.isEnabled()
    write(dialog, field, "7")
    assert note(dialog, field)[1] == ""
    assert dialog.save_button.isEnabled()


def test_escape_saves_nothing(dialog: ProductDialog, record: Record) -> None:
    commands = record(dialog.command)
    write(dialog, PRICE, "1")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)

    assert is_over(dialog)
    assert commands == []


def test_the_product_dialog_stays_until_the_room_has_saved_the_change(
    dialog: ProductDialog, record: Record
) -> None:
    commands = record(dialog.command)
    write(dialog, PRICE, "1")
    dialog.save_button.click()
    QTest.keyClick(dialog.edits[PRICE], Qt.Key.Key_Return)
    assert commands == [(EditProduct("p1", 1, price_minor=100),)]
    assert dialog.edits[PRICE].isReadOnly()

    dialog.show_product(msgspec.structs.replace(TEA, price_minor=100, version=2))
    assert note(dialog, PRICE)[1] == ""
    dialog.close_for(EditProduct("p1", 1, price_minor=200))
    assert not is_over(dialog)
    dialog.close_for(EditProduct("p1", 1, price_minor=100))
    assert is_over(dialog)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_what_was_typed_stays_when_the_room_refuses(dialog: ProductDialog, record: Record) -> None:
    commands = record(dialog.command)
    write(dialog, PRICE, "1")
    dialog.save_button.click()
    dialog.give_back("The disk is full.")

    assert dialog.problem.text() == "The disk is full."
    assert dialog.problem.isVisible()
    assert dialog.edits[PRICE].text() == "1"
    dialog.save_button.click()
    assert not dialog.problem.isVisible()
    assert len(commands) == 2


def test_a_lost_answer_is_found_in_the_product(dialog: ProductDialog) -> None:
    write(dialog, PRICE, "1")
    dialog.save_button.click()
    dialog.give_back_unsure("Not connected")
    dialog.show_product(TEA)
    assert not is_over(dialog)
    assert dialog.save_button.isEnabled()

    dialog.show_product(msgspec.structs.replace(TEA, price_minor=100, version=2))
    assert is_over(dialog)


def test_a_field_that_nobody_touched_follows(dialog: ProductDialog) -> None:
    write(dialog, STOCK, "9")
    dialog.show_product(CHEAPER)

    assert dialog.edits[PRICE].text() == "88.00"
    assert dialog.edits[STOCK].text() == "9"
    assert note(dialog, PRICE) == ("Somebody else changed this meanwhile", "warn")
    assert note(dialog, STOCK)[1] == ""


def test_what_was_typed_stays_and_a_line_says_what_somebody_changed(
    dialog: ProductDialog, record: Record
) -> None:
    commands = record(dialog.command)
    write(dialog, PRICE, "77")
    dialog.show_product(CHEAPER)

    assert dialog.edits[PRICE].text() == "77"
    assert note(dialog, PRICE) == ("Somebody else changed this meanwhile, to ¥88", "warn")
    dialog.save_button.click()
    assert commands == [(EditProduct("p1", 1, price_minor=7700),)]


def test_taking_theirs_lets_go_of_what_was_typed(dialog: ProductDialog) -> None:
    write(dialog, PRICE, "77")
    write(dialog, TITLE, "Tea")
    dialog.show_product(CHEAPER)
    dialog.take_theirs()

    assert [edit.text() for edit in dialog.edits.values()] == ["Green tea", "88.00", "5"]
    assert {note(dialog, field)[1] for field in ProductField} == {""}
    assert not dialog.save_button.isEnabled()


def test_what_a_right_is_missing_for_cannot_be_changed_and_says_why(dialog: ProductDialog) -> None:
    write(dialog, PRICE, "77")
    dialog.show_rights([AssistantRight.PRODUCTS])

    assert [dialog.edits[field].isEnabled() for field in ProductField] == [True, False, True]
    assert "right to prices" in dialog.edits[PRICE].toolTip()
    assert dialog.edits[PRICE].text() == "129.00"
    dialog.show_rights([AssistantRight.PRICES])
    assert [dialog.edits[field].isEnabled() for field in ProductField] == [False, True, False]
    assert "right to products" in dialog.edits[TITLE].toolTip()
    assert dialog.edits[PRICE].toolTip() == ""


def test_a_long_text_gets_its_lines(dialog: ProductDialog) -> None:
    write(dialog, TITLE, "Tea")
    dialog.show_product(msgspec.structs.replace(TEA, title="茶" * 100, version=2))
    dialog.give_back("The disk is full. " * 20)
    QApplication.processEvents()

    for text in (*dialog.notes.values(), dialog.problem):
        assert text.height() >= text.heightForWidth(text.width())
