import pytest
from pytestqt.qtbot import QtBot

from backend.contract.gifts import GiftsSent
from tests.widgets.gifts.test_gift_box import GIFTS, sent
from tests.widgets.people import ANN, BOB
from widgets.gifts.gift_bar import GiftBar


@pytest.fixture
def bar(qtbot: QtBot) -> GiftBar:
    made = GiftBar()
    qtbot.addWidget(made)
    made.show_gifts(GIFTS)
    return made


def test_the_gift_bar_is_hidden_until_a_gift_comes_and_again_after_a_while(bar: GiftBar) -> None:
    assert not bar.isVisible()
    bar.apply(GiftsSent([sent(1, author=ANN)]))
    assert bar.isVisible()
    assert bar.text.text() == "Ann sent Rose ×1"
    bar.end()
    assert not bar.isVisible()


def test_a_small_gift_does_not_push_a_large_one_away(bar: GiftBar) -> None:
    bar.apply(GiftsSent([sent(1), sent(2, "rocket", BOB), sent(3)]))
    assert bar.text.text() == "Bob sent Rocket ×1"
    bar.apply(GiftsSent([sent(4, "rocket", ANN)]))
    assert bar.text.text() == "Ann sent Rocket ×1"


def test_a_combo_counts_up(bar: GiftBar) -> None:
    bar.apply(GiftsSent([sent(1)]))
    bar.apply(GiftsSent([sent(2, combo_id=1, combo=7)]))
    assert bar.text.text() == "Ann sent Rose ×7"
