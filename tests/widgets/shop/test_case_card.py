import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.widgets.cases import case
from tests.widgets.orders import NOON_MS, paid
from widgets.shop.case_card import CaseCard


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("too small", "“too small”"),
        ("shipping_not_needed", "shipping that was kept for other orders of the same parcel"),
    ],
)
def test_a_card_of_a_case_quotes_people_and_says_the_shops_own_reasons(
    qtbot: QtBot, reason: str, shown: str
) -> None:
    card = CaseCard(case(reason=reason), paid(), lambda _path: None, NOON_MS)
    qtbot.addWidget(card)
    assert shown in [each.text() for each in card.findChildren(QLabel)]
