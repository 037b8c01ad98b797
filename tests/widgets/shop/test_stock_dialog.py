import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.entries import entry, sku
from tests.widgets.orders import NOON_MS
from widgets.shop.products_acts import CountStock, MoveStock
from widgets.shop.products_entry import Movement
from widgets.shop.stock_dialog import StockDialog, StockMode


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(parent: QWidget) -> StockDialog:
    return StockDialog(parent, entry(1), NOON_MS)


def fill(dialog: StockDialog, amount: str, reason: str) -> None:
    dialog.amount.setText(amount)
    dialog.amount.textEdited.emit(amount)
    dialog.reason.setText(reason)


@pytest.mark.parametrize(
    ("typed", "delta"), [("+20", 20), ("20", 20), ("-3", -3), ("−3", -3), ("1,000", 1000)]
)
def test_a_difference_moves_the_stock(dialog: StockDialog, record: Record, typed: str, delta: int) -> None:
    actions = record(dialog.action)
    fill(dialog, typed, " delivery ")
    assert dialog.effect.text() == f"20 → {20 + delta:,}"
    dialog.accept_button.click()
    assert actions == [(MoveStock("p1", "s1", delta, "delivery"),)]
    assert not dialog.accept_button.isEnabled()


def test_a_count_says_what_is_there(dialog: StockDialog, record: Record) -> None:
    actions = record(dialog.action)
    dialog.set_mode(StockMode.COUNT)
    fill(dialog, "17", "stock-taking")
    dialog.accept_button.click()
    assert actions == [(CountStock("p1", "s1", 17, "stock-taking"),)]


@pytest.mark.parametrize("typed", ["", "0", "--3", "+-3", "1.5", "x"])
def test_what_is_no_difference_is_explained(dialog: StockDialog, record: Record, typed: str) -> None:
    actions = record(dialog.action)
    fill(dialog, typed, "why")
    dialog.accept_button.click()
    assert dialog.problem.text() == "Write how many came or went, such as +20 or -3."
    assert actions == []


def test_more_than_is_left_cannot_be_taken_out(dialog: StockDialog) -> None:
    fill(dialog, "-21", "why")
    dialog.accept_button.click()
    assert dialog.problem.text() == "Only 20 are left that could be taken out."


def test_a_movement_needs_its_reason(dialog: StockDialog, record: Record) -> None:
    actions = record(dialog.action)
    fill(dialog, "+1", "  ")
    dialog.accept_button.click()
    assert dialog.problem.text() == "Give a reason: the ledger keeps it."
    assert actions == []


def test_a_refused_movement_keeps_what_was_typed(dialog: StockDialog) -> None:
    fill(dialog, "-20", "broken")
    dialog.accept_button.click()
    waiting = dialog.waiting_for
    dialog.give_back(waiting, "Somebody bought meanwhile.")
    assert (dialog.amount.text(), dialog.reason.text()) == ("-20", "broken")
    assert dialog.problem.text() == "Somebody bought meanwhile."
    assert dialog.accept_button.isEnabled()


def test_what_sells_meanwhile_is_seen_in_the_sum(dialog: StockDialog) -> None:
    fill(dialog, "+5", "delivery")
    dialog.show_entry(entry(1, skus=[sku(1, left=18)]))
    assert dialog.effect.text() == "18 → 23"


def test_the_ledger_of_the_chosen_sku_stands_below(parent: QWidget, record: Record) -> None:
    dialog = StockDialog(parent, entry(1, skus=[sku(1), sku(2)]), NOON_MS)
    wanted = record(dialog.movements_wanted)
    dialog.show_movements([Movement("sale", -2, "", NOON_MS)])
    assert dialog.list.count() == 1
    assert dialog.list.item(0).text().endswith("Sold −2")
    dialog.skus.setCurrentIndex(1)
    assert wanted == [("s2",)]
    assert dialog.list.count() == 0


@pytest.mark.parametrize(
    ("move", "text"),
    [
        (Movement("opening", 20, "opening", NOON_MS), "Opening stock +20"),
        (Movement("reserve", -1, "placed", NOON_MS), "Held for an order −1"),
        (Movement("sale", -1, "attempt-7", NOON_MS), "Sold −1"),
        (Movement("replacement", -1, "case", NOON_MS), "Sent in exchange −1"),
        (Movement("release", 1, "not_paid_in_time", NOON_MS), "Given up by an order +1 · not paid in time"),
        (Movement("adjust", 5, "delivery", NOON_MS), "Moved by hand +5 · delivery"),
    ],
)
def test_the_ledger_gives_reasons_that_say_more_than_what_moved(
    dialog: StockDialog, move: Movement, text: str
) -> None:
    dialog.show_movements([move])
    assert dialog.list.item(0).text().partition(" · ")[2] == text


def test_a_count_is_of_what_the_house_has_with_what_is_held(parent: QWidget) -> None:
    dialog = StockDialog(parent, entry(1, skus=[sku(1, left=14, reserved=6)]), NOON_MS)
    dialog.set_mode(StockMode.COUNT)
    assert dialog.effect.text() == "20 by the books, 6 held"
    fill(dialog, "19", "stock-taking")
    assert dialog.effect.text() == "20 → 19"
