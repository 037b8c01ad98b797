import time
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.coupons import ClaimCondition, Coupon, CouponKind, CouponsPage, NewCoupon
from widgets.campaigns.coupons.coupon_row import CouponRow
from widgets.campaigns.coupons.coupons_dialog import CouponsDialog
from widgets.common.confirm import ConfirmDialog

NOW_MS = int(time.time() * 1000)
DAY_MS = 24 * 3_600_000
WISH = NewCoupon(
    "<b>关注礼</b>",
    CouponKind.FIXED,
    NOW_MS - DAY_MS,
    NOW_MS + DAY_MS,
    quota=1_000,
    amount_minor=1_500,
    condition=ClaimCondition.FOLLOW,
)
COUPON = Coupon("c1", WISH, 250, 3, is_stopped=False, created_at_ms=0)


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[CouponsDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = CouponsDialog(parent)
    made.open()
    yield made
    made.reject()


def row_of(dialog: CouponsDialog, coupon: Coupon = COUPON) -> CouponRow:
    dialog.show_page(CouponsPage([coupon], "CNY"))
    return dialog.rows.rows[coupon.coupon_id]


def test_the_list_of_coupons_says_while_it_is_read_when_it_is_empty_and_what_is_wrong(
    dialog: CouponsDialog,
) -> None:
    assert "being read" in dialog.rows.empty.text()
    assert not dialog.add_button.isEnabled()
    dialog.show_page(CouponsPage([], "CNY"))
    assert "no coupon yet" in dialog.rows.empty.text()
    assert dialog.add_button.isEnabled()
    dialog.show_problem("no line")
    assert dialog.rows.empty.text() == "no line"


def test_a_row_says_what_a_coupon_is_and_how_it_goes(dialog: CouponsDialog) -> None:
    shown = row_of(dialog)
    assert (shown.title.text(), shown.worth.text()) == ("<b>关注礼</b>", "¥15 off")
    assert (shown.state.text(), shown.how.text()) == ("Given out", "For followers")
    assert "250 of 1,000 claimed · 3 used · until" in shown.numbers.text()
    assert shown.bar.value() == 250


def test_a_coupon_is_put_into_the_room_and_taken_off(dialog: CouponsDialog) -> None:
    asked: list[tuple[str, int]] = []
    hidden: list[str] = []
    dialog.show_wanted.connect(lambda coupon_id, seconds: asked.append((coupon_id, seconds)))
    dialog.hide_wanted.connect(hidden.append)
    shown = row_of(dialog)
    shown.menu.actions()[1].trigger()
    assert asked == [("c1", 600)]
    dialog.show_in_room({"c1"})
    assert (shown.show_button.isVisible(), shown.hide_button.isVisible()) == (False, True)
    shown.hide_button.click()
    assert hidden == ["c1"]


@pytest.mark.parametrize(
    ("coupon", "state"),
    [
        (replace(COUPON, is_stopped=True), "Stopped"),
        (replace(COUPON, claimed=1_000), "All given out"),
        (replace(COUPON, wish=replace(WISH, ends_at_ms=NOW_MS - 1)), "Ended"),
        (replace(COUPON, wish=replace(WISH, begins_at_ms=NOW_MS + DAY_MS // 2)), "Later"),
        (replace(COUPON, wish=replace(WISH, code="LIVE-2026")), "Given out"),
    ],
)
def test_what_nobody_could_claim_in_the_room_cannot_be_shown_there(
    dialog: CouponsDialog, coupon: Coupon, state: str
) -> None:
    shown = row_of(dialog, coupon)
    assert shown.state.text() == state
    assert not shown.show_button.isEnabled()


def test_a_coupon_is_stopped_after_a_question(dialog: CouponsDialog) -> None:
    stopped: list[str] = []
    dialog.stop_wanted.connect(stopped.append)
    row_of(dialog).stop_button.click()
    [question] = dialog.findChildren(ConfirmDialog)
    assert stopped == []
    question.accept_button.click()
    assert stopped == ["c1"]
