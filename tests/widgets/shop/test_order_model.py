import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap

from backend.contract.orders import PaymentState
from tests.widgets.conftest import Record
from tests.widgets.orders import NOON_MS, cancelled, many, order, paid, shipped
from widgets.shop.order_model import Column, OrderFilter, OrderModel, OrderRole
from widgets.shop.order_states import Stage


@pytest.fixture
def model() -> OrderModel:
    return OrderModel()


def ids(model: OrderModel) -> list[str]:
    return [each.order_id for each in model.orders]


def test_the_newest_order_stands_first_however_they_come(model: OrderModel) -> None:
    model.put([order(2)])
    model.put([order(1), order(3)])
    assert ids(model) == ["o3", "o2", "o1"]


def test_orders_of_one_moment_stand_by_their_ids(model: OrderModel) -> None:
    at_ms = NOON_MS
    model.put([order(1, created_at_ms=at_ms)])
    model.put([order(3, created_at_ms=at_ms), order(2, created_at_ms=at_ms)])
    assert ids(model) == ["o3", "o2", "o1"]


def test_an_older_version_of_an_order_changes_nothing(model: OrderModel, record: Record) -> None:
    model.put([paid(1)])
    changed = record(model.dataChanged)
    model.put([order(1)])
    model.put([paid(1)])

    assert model.orders == (paid(1),)
    assert changed == []


def test_a_newer_version_changes_its_row_alone(model: OrderModel, record: Record) -> None:
    model.put(many(5))
    changed = record(model.dataChanged)
    reset = record(model.modelReset)
    model.put([msgspec.structs.replace(model.orders[2], version=9, note="gift")])

    assert model.orders[2].note == "gift"
    assert len(changed) == 1
    assert reset == []


def test_cells_say_what_their_columns_are_called(model: OrderModel) -> None:
    model.put([paid(1, note="fragile")])
    texts = {column: model.index(0, column).data() for column in Column}

    assert model.headerData(Column.TOTAL, Qt.Orientation.Horizontal) == "Total"
    assert texts[Column.BUYER] == "小雨 1****2107"
    assert texts[Column.TOTAL] == "¥168.00"
    assert texts[Column.PAYMENT] == "paid"
    assert texts[Column.NOTE] == "fragile"


def test_a_note_that_looks_like_html_is_a_plain_tooltip(model: OrderModel) -> None:
    model.put([paid(1, note="<img src=file:///etc/passwd>")])
    shown = model.index(0, Column.NOTE).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img" in shown


def test_a_picture_comes_to_the_orders_whose_first_line_has_it(model: OrderModel) -> None:
    model.put([paid(1)])
    assert model.index(0, 0).data(OrderRole.PICTURE) is None
    picture = QPixmap(4, 4)
    model.set_picture("/media/products/tea.svg", picture)
    assert model.index(0, 0).data(OrderRole.PICTURE).cacheKey() == picture.cacheKey()


def test_only_what_must_be_paid_in_time_is_counted_down(model: OrderModel, record: Record) -> None:
    model.put([order(3), paid(2), cancelled(1)])
    changed = record(model.dataChanged)
    model.set_now(NOON_MS)
    assert [index.row() for index, *_ in changed] == [0]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {"o1", "o2", "o3"}),
        ("小雨", {"o1", "o2", "o3"}),
        ("2107 口红", {"o2"}),
        (shipped(3).parcels[0].tracking[-6:], {"o3"}),
        (order(1).number[6:], {"o1"}),
        ("FRAGILE", {"o1"}),
        ("nobody", set()),
    ],
)
def test_orders_are_found_by_all_that_people_name_them_by(
    model: OrderModel, text: str, found: set[str]
) -> None:
    lipstick = many(2)[1].lines
    model.put([shipped(3), paid(2, lines=lipstick), order(1, note="fragile")])
    shown = OrderFilter()
    shown.setSourceModel(model)
    shown.set_text(text)
    rows = range(shown.rowCount())
    assert {shown.index(row, 0).data(OrderRole.ORDER).order_id for row in rows} == found


def test_an_order_leaves_the_filter_when_its_stage_changes(model: OrderModel) -> None:
    model.put([order(1)])
    shown = OrderFilter()
    shown.setSourceModel(model)
    shown.set_stage(Stage.TO_PAY)
    assert shown.rowCount() == 1
    model.put([msgspec.structs.replace(order(1), version=2, payment_state=PaymentState.PAID)])
    assert shown.rowCount() == 0
