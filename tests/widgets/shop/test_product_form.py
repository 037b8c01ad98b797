import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from backend.contract.products import ChangeProduct, ChangeSku, NewProduct, NewSku
from tests.widgets.common.test_picture_well import png
from tests.widgets.conftest import Record
from tests.widgets.staff_products import TEA
from widgets.shop.product_form import EditProductForm, NewProductForm
from widgets.shop.products_acts import AddProduct, ChangeDetails

ALL = frozenset(AssistantRight)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def new(parent: QWidget) -> NewProductForm:
    return NewProductForm(parent, "CNY", ALL)


@pytest.fixture
def edit(parent: QWidget) -> EditProductForm:
    return EditProductForm(parent, TEA, "CNY", ALL, {})


def sent(actions: list[tuple[object, ...]]) -> AddProduct:
    act = actions[-1][0]
    assert isinstance(act, AddProduct)
    return act


def type_price(form: NewProductForm | EditProductForm, text: str) -> None:
    item = form.matrix.table.item(0, 1)
    assert item is not None
    item.setText(text)


def test_a_title_and_a_price_are_enough(new: NewProductForm, record: Record) -> None:
    actions = record(new.action)
    new.title.setText("Green tea")
    type_price(new, "59.90")
    new.accept_button.click()
    act = sent(actions)
    assert act.product == NewProduct("Green tea", [NewSku(5990)], is_in_room=True)
    assert act.pictures == ()


def test_what_is_missing_is_said_one_after_the_other(new: NewProductForm, record: Record) -> None:
    actions = record(new.action)
    new.accept_button.click()
    assert new.problem.text() == "A product needs a title"
    new.title.setText("Green tea")
    new.accept_button.click()
    assert new.problem.text() == "Price: Write a price such as 59.90"
    assert actions == []


def test_a_refused_product_is_tried_again_under_its_key_and_a_changed_one_under_another(
    new: NewProductForm, record: Record
) -> None:
    actions = record(new.action)
    new.title.setText("Green tea")
    type_price(new, "59")
    new.gallery.well.take(png())
    new.accept_button.click()
    first = sent(actions)
    assert first.pictures == (png(),)
    new.give_back(first, "No answer came.")
    assert new.problem.text() == "No answer came."
    new.accept_button.click()
    assert sent(actions).key == first.key
    new.give_back(first, "The code is taken.")
    new.title.setText("Black tea")
    new.accept_button.click()
    assert sent(actions).key != first.key


def test_only_what_was_touched_is_sent(edit: EditProductForm, record: Record) -> None:
    actions = record(edit.action)
    edit.tags.setText("new, hot")
    type_price(edit, "88")
    edit.accept_button.click()
    (act,) = actions[0]
    assert isinstance(act, ChangeDetails)
    assert act.change == ChangeProduct(3, tags=["new", "hot"], skus=[ChangeSku("s1", price_minor=8800)])
    assert act.pictures is None


def test_pictures_are_sent_in_their_order_with_the_new_one_as_bytes(
    edit: EditProductForm, record: Record
) -> None:
    actions = record(edit.action)
    edit.gallery.well.take(png())
    edit.gallery.list.setCurrentRow(1)
    edit.gallery.list.move_current(-1)
    edit.accept_button.click()
    (act,) = actions[0]
    assert isinstance(act, ChangeDetails)
    assert act.pictures == (png(), "a.webp")


def test_a_form_that_was_not_touched_just_closes(edit: EditProductForm, record: Record) -> None:
    actions, closed = record(edit.action), record(edit.finished)
    edit.accept_button.click()
    assert actions == []
    assert len(closed) == 1


def test_who_has_the_right_to_prices_alone_changes_prices_alone(parent: QWidget) -> None:
    form = EditProductForm(parent, TEA, "CNY", {AssistantRight.PRICES}, {})
    assert not form.title.isEnabled()
    assert not form.on_shelf.isEnabled()
    type_price(form, "88")
    wanted = form.wanted()
    assert wanted is not None
    assert wanted.change == ChangeProduct(3, skus=[ChangeSku("s1", price_minor=8800)])
