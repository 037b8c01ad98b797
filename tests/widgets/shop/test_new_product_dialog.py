import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.shop.test_picture_well import png
from widgets.shop.new_product_dialog import NewProductDialog
from widgets.shop.products_acts import AddProduct


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(parent: QWidget) -> NewProductDialog:
    return NewProductDialog(parent, "CNY")


def sent(actions: list[tuple[object, ...]]) -> AddProduct:
    act = actions[-1][0]
    assert isinstance(act, AddProduct)
    return act


def test_a_title_a_price_and_a_stock_are_enough(dialog: NewProductDialog, record: Record) -> None:
    actions = record(dialog.action)
    dialog.title.setText("Green tea")
    dialog.price.setText("59.90")
    dialog.stock.setText("12")
    dialog.accept_button.click()
    act = sent(actions)
    assert (act.title, act.price_minor, act.stock, act.picture) == ("Green tea", 5990, 12, b"")


def test_what_is_missing_is_said_one_after_the_other(dialog: NewProductDialog, record: Record) -> None:
    actions = record(dialog.action)
    dialog.accept_button.click()
    assert dialog.problem.text() == "A product needs a title"
    dialog.title.setText("Green tea")
    dialog.accept_button.click()
    assert dialog.problem.text() == "Write a price such as 59.90"
    dialog.price.setText("1")
    dialog.stock.setText("x")
    dialog.accept_button.click()
    assert dialog.problem.text() == "Write a whole number, such as 120"
    assert actions == []


def test_a_refused_product_is_tried_again_under_its_key(dialog: NewProductDialog, record: Record) -> None:
    actions = record(dialog.action)
    dialog.title.setText("Green tea")
    dialog.price.setText("59")
    dialog.picture.take(png())
    dialog.accept_button.click()
    first = sent(actions)
    assert first.picture == png()
    dialog.give_back(first, "No answer came.")
    assert dialog.problem.text() == "No answer came."
    dialog.accept_button.click()
    assert sent(actions) == first
