"""The form and the face of the spin wheel in the studio."""

import os

import pytest
from pytestqt.qtbot import QtBot

from backend.contract.campaigns import CampaignKind
from backend.contract.red_packets import RedPacketTerms
from backend.contract.wheels import WheelPrize, WheelShown, WheelTerms
from tests.widgets.campaigns.sample_coupon import coupon
from widgets.campaigns.campaign_dialog import CampaignDialog
from widgets.campaigns.kind_face import Progress
from widgets.campaigns.kind_faces import FACES
from widgets.campaigns.wheel.prize_row import BY_HAND, COUPON
from widgets.campaigns.wheel.wheel_face import WheelFace
from widgets.campaigns.wheel.wheel_form import WheelForm

TERMS = WheelTerms(
    [WheelPrize("金币", 5, coins=20), WheelPrize("券", 2, coupon_id="c-1"), WheelPrize("保温杯", 1)],
    blanks=92,
    spins_each=2,
    needs_follow=True,
    account_minutes=30,
    per_network=3,
    one_a_phone=True,
    countdown_s=15,
    duration_s=90,
)


@pytest.fixture
def wheel(qtbot: QtBot) -> WheelForm:
    form = WheelForm()
    qtbot.addWidget(form)
    return form


def test_a_wheel_that_was_chosen_once_is_shown_and_chosen_again_whole(wheel: WheelForm) -> None:
    wheel.show_terms(TERMS)
    assert wheel.terms() == TERMS
    wheel.minutes.setValue(5)
    terms = wheel.terms()
    assert isinstance(terms, WheelTerms)
    assert terms.duration_s == 300
    wheel.show_terms(RedPacketTerms(1, 1))
    assert wheel.terms() == terms


def test_a_wheel_asks_for_names_coupons_and_what_one_can_hand_over(wheel: WheelForm) -> None:
    assert wheel.terms() == "Give each prize a name."
    for row in wheel.rows:
        row.name.setText("奖")
    assert isinstance(wheel.terms(), WheelTerms)
    last = wheel.rows[-1]
    last.gives.setCurrentIndex(last.gives.findData(COUPON))
    assert wheel.terms() == "Say which coupon can be won."
    wheel.show_coupons([coupon("c-7", "满减")], "CNY")
    last.coupon.setCurrentIndex(1)
    assert (last.coupon.currentText(), last.prize().coupon_id) == ("满减 · ¥5 off", "c-7")
    last.gives.setCurrentIndex(last.gives.findData(BY_HAND))
    last.stock.setValue(101)
    assert wheel.terms() == "You can hand over 100 prizes at most."
    last.stock.setValue(1)
    wheel.blanks.setValue(9_999)
    assert wheel.terms() == "Prizes and blanks together can be 10000 at most."


def test_a_wheel_has_one_to_eight_prizes(wheel: WheelForm, qtbot: QtBot) -> None:
    while wheel.add_button.isEnabled():
        with qtbot.waitSignal(wheel.changed):
            wheel.add_button.click()
    assert len(wheel.rows) == 8
    while wheel.rows[0].remove_button.isEnabled():
        wheel.rows[0].remove_button.click()
    assert len(wheel.rows) == 1


def test_a_wheel_says_how_many_spins_win_and_what_is_set_aside(wheel: WheelForm) -> None:
    wheel.show_terms(TERMS)
    assert wheel.summary() == (
        "8 of 100 spins win something; the order is sealed before it is announced. "
        "100 coins are set aside; what is left comes back."
    )


def test_the_studio_lists_the_wheel_with_its_progress() -> None:
    [face] = [face for face in FACES if face.kind is CampaignKind.WHEEL]
    shown = WheelShown(TERMS.prizes, TERMS.blanks, spins_each=2, left=60, prizes_left=[1, 2, 0])
    assert face.progress(shown) == Progress(40, 100, "40 of 100 spun · 3 prizes left")
    assert face.describe(TERMS) == "金币 ×5 · 券 ×2 · 保温杯 ×1"


def test_the_dialog_of_a_wheel_fits_a_small_screen(qtbot: QtBot) -> None:
    parent = WheelForm()
    qtbot.addWidget(parent)
    dialog = CampaignDialog(parent, WheelFace(), [])
    dialog.show_terms("开播转盘", TERMS)
    dialog.show()
    if folder := os.environ.get("LIVESTALL_LOOK"):
        dialog.grab().save(f"{folder}/wheel-dialog.png")
    assert dialog.sizeHint().height() < 700
    assert dialog.sizeHint().width() < 700
    dialog.reject()
