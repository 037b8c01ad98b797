import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.entries import entry
from widgets.shop.labels_dialog import LabelsDialog
from widgets.shop.products_acts import ChangeLabels
from widgets.shop.products_entry import ProductEntry

IDS = ("p1", "p2")
BOTH = [entry(1, category="tea", tags=("green", "new")), entry(2, category="cups", tags=("new",))]


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def dialog_of(parent: QWidget, entries: list[ProductEntry] = BOTH) -> LabelsDialog:
    return LabelsDialog(parent, entries)


def type_category(dialog: LabelsDialog, text: str) -> None:
    dialog.category.setText(text)
    dialog.category.setModified(True)


def test_tags_are_ticked_as_far_as_the_products_have_them(parent: QWidget) -> None:
    tags = dialog_of(parent).tags
    shown = [(tags.item(place).text(), tags.item(place).checkState()) for place in range(tags.count())]
    assert shown == [
        ("green · 1 of 2", Qt.CheckState.PartiallyChecked),
        ("new", Qt.CheckState.Checked),
    ]


def test_what_is_not_touched_is_not_sent(parent: QWidget, record: Record) -> None:
    dialog = dialog_of(parent)
    actions = record(dialog.action)
    assert dialog.category.text() == ""
    dialog.accept_button.click()
    assert actions == []
    assert not dialog.isVisible()


def test_a_category_and_tags_are_given_to_all_products_and_others_taken(
    parent: QWidget, record: Record
) -> None:
    dialog = dialog_of(parent)
    actions = record(dialog.action)
    type_category(dialog, " gifts ")
    dialog.tags.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.tags.item(1).setCheckState(Qt.CheckState.Unchecked)
    dialog.more.setText("spring，sale")
    dialog.accept_button.click()
    assert actions == [(ChangeLabels(IDS, "gifts", ("green", "spring", "sale"), ("new",)),)]


def test_a_category_that_is_emptied_is_taken_away(parent: QWidget, record: Record) -> None:
    dialog = dialog_of(parent, BOTH[:1])
    actions = record(dialog.action)
    assert dialog.category.text() == "tea"
    type_category(dialog, "")
    dialog.accept_button.click()
    assert actions == [(ChangeLabels(("p1",), ""),)]


def test_more_tags_than_a_product_may_have_are_not_sent(parent: QWidget, record: Record) -> None:
    dialog = dialog_of(parent)
    actions = record(dialog.action)
    dialog.more.setText(", ".join(f"t{number}" for number in range(21)))
    dialog.accept_button.click()
    assert dialog.problem.text() == "A product has at most 20 tags."
    assert actions == []
