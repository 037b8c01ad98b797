import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from tests.widgets.entries import room
from widgets.shop.prices_dialog import PriceMode, PricesDialog
from widgets.shop.products_acts import ChangePrices

IDS = ("p1", "p2")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(parent: QWidget) -> PricesDialog:
    return PricesDialog(parent, room(2))


@pytest.mark.parametrize(
    ("mode", "typed", "act"),
    [
        (PriceMode.PERCENT, "-15", ChangePrices(IDS, change_bp=-1500)),
        (PriceMode.PERCENT, "+2.5%", ChangePrices(IDS, change_bp=250)),
        (PriceMode.PERCENT, "−100", ChangePrices(IDS, change_bp=-10_000)),
        (PriceMode.AMOUNT, "-10", ChangePrices(IDS, change_minor=-1000)),
        (PriceMode.AMOUNT, "0.5", ChangePrices(IDS, change_minor=50)),
    ],
)
def test_prices_change_by_a_part_or_an_amount(
    dialog: PricesDialog, record: Record, mode: PriceMode, typed: str, act: ChangePrices
) -> None:
    actions = record(dialog.action)
    dialog.set_mode(mode)
    dialog.change.setText(typed)
    dialog.accept_button.click()
    assert actions == [(act,)]


@pytest.mark.parametrize("typed", ["", "0", "-101", "--5", "1e3", "half"])
def test_what_is_no_percentage_is_explained(dialog: PricesDialog, record: Record, typed: str) -> None:
    actions = record(dialog.action)
    dialog.change.setText(typed)
    dialog.accept_button.click()
    assert dialog.problem.text() == "Write by how many percent, such as -15 or +5."
    assert actions == []


def test_the_new_prices_are_shown_rounded_half_up(dialog: PricesDialog) -> None:
    dialog.change.setText("-12.55")
    dialog.change.textEdited.emit("-12.55")
    assert dialog.preview.text().splitlines()[0] == "Tea 1: ¥89.00 → ¥77.83"
