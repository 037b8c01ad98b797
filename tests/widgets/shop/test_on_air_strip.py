"""Tests for the head of the products panel: the card on air."""

import pytest
from pytestqt.qtbot import QtBot

from backend.contract.cards import Card
from tests.widgets.products import SHELF
from widgets.shop.on_air_strip import OnAirStrip


@pytest.fixture
def strip(qtbot: QtBot) -> OnAirStrip:
    made = OnAirStrip()
    qtbot.addWidget(made)
    made.retranslate()
    return made


def test_the_strip_without_a_card_says_what_shows_one(strip: OnAirStrip) -> None:
    assert strip.title.text() == "No card on air"
    assert strip.time.text() == "Press Explain to show a card to everybody"


def test_the_strip_counts_the_hours_of_a_card(strip: OnAirStrip) -> None:
    strip.show_card(Card(SHELF[1], shown_at_ms=0))
    strip.show_time(3_600_000)
    assert strip.time.text() == "On air for 01:00:00"


def test_the_strip_names_the_right_that_is_missing(strip: OnAirStrip) -> None:
    strip.show_rights(may_show_cards=False)
    assert not strip.take_off_button.isEnabled()
    assert "right to products" in strip.time.text()
