"""The form of a red packet."""

import pytest
from pytestqt.qtbot import QtBot

from backend.contract.red_packets import RedPacketTerms
from tests.widgets.campaigns.sample_coupon import coupon
from widgets.campaigns.red_packet.packet_form import PacketForm


@pytest.fixture
def packet_form(qtbot: QtBot) -> PacketForm:
    made = PacketForm()
    qtbot.addWidget(made)
    return made


def test_a_packet_begins_with_usual_values_that_the_shop_takes(packet_form: PacketForm) -> None:
    assert packet_form.terms() == RedPacketTerms(50, 1000)


def test_what_was_chosen_once_is_chosen_again(packet_form: PacketForm) -> None:
    chosen = RedPacketTerms(
        shares=7,
        coins=70,
        countdown_s=3,
        duration_s=10,
        needs_follow=True,
        account_minutes=0,
        per_network=2,
        one_a_phone=True,
    )
    packet_form.show_terms(chosen)
    assert packet_form.terms() == chosen


def test_a_template_that_gives_coupons_stays_one(packet_form: PacketForm) -> None:
    chosen = RedPacketTerms(shares=7, coupon_id="c-1")
    packet_form.show_terms(chosen)
    assert packet_form.terms() == chosen
    assert not packet_form.coins.isEnabled()


def test_a_packet_gives_a_coupon_that_is_chosen_by_its_name(packet_form: PacketForm) -> None:
    packet_form.show_coupons([coupon("c-1", "满减"), coupon("c-2", "停了", is_stopped=True)], "CNY")
    assert [packet_form.gives.itemText(n) for n in range(packet_form.gives.count())] == [
        "Coins, split by chance",
        "满减 · ¥5 off",
    ]
    packet_form.gives.setCurrentIndex(1)
    assert not packet_form.coins.isEnabled()
    assert packet_form.terms() == RedPacketTerms(50, coupon_id="c-1")
    packet_form.gives.setCurrentIndex(0)
    assert packet_form.terms() == RedPacketTerms(50, 1000)


def test_a_packet_with_fewer_coins_than_packets_says_what_helps(packet_form: PacketForm) -> None:
    packet_form.coins.setValue(49)
    assert packet_form.terms() == ("There must be a coin for each packet: give more coins, or fewer packets.")


def test_what_will_happen_follows_the_numbers(packet_form: PacketForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(packet_form.changed):
        packet_form.shares.setValue(9)
    assert "1000 coins are set aside and split into 9 packets" in packet_form.summary()
