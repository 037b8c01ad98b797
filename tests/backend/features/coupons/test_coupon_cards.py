"""Coupons in a room, without a database: who may show and claim them, and when a card goes."""

import pytest

from backend.contract.audience import Follow
from backend.contract.base import AssistantRight, RejectReason, Role
from backend.contract.chat import BlockUser, SendDanmu
from backend.contract.coupons import MOST_SHOWN, ClaimCoupon, CouponsChanged, HideCoupon, ShowCoupon
from backend.contract.live import EndLive, GoLive
from backend.features.actor import Actor
from backend.features.coupons.coupon_cards import AT_ONCE, NONE_LEFT_MS
from backend.features.deliveries import Rejection, ToAll
from backend.log.coupon_entries import CouponCounted, CouponHidden, CouponShown
from backend.log.entries import Joined
from backend.shop.coupons.claiming import NotClaimed, Standing
from tests.backend.room.talk import ANNA, HELPER, HOST, Talk, make_features
from tests.support.memory_shop import shown_coupon

MEMBER = Actor("anna", Role.VIEWER, version=1)
CLAIM = ClaimCoupon("c1", "key-00000001")


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    assert talk.do(GoLive(), HOST) is None
    return talk


def ids(talk: Talk) -> list[str]:
    return [one.coupon_id for one in talk.features.show().coupons]


def test_a_coupon_that_staff_show_is_seen_by_all_and_by_who_comes_later(talk: Talk) -> None:
    assert talk.do(ShowCoupon("c1", 60), HELPER) is None
    assert talk.do(ShowCoupon("c2", 60), HOST) is None
    assert [one.coupon_id for one in talk.heard(CouponsChanged).coupons] == ["c2", "c1"]
    assert ids(talk) == ["c2", "c1"]
    again = make_features(encoded=talk.features.encode())
    assert [one.coupon_id for one in again.show().coupons] == ["c2", "c1"]


def test_a_coupon_is_shown_by_who_has_the_right_to_campaigns(talk: Talk) -> None:
    other = Actor("helper", Role.ASSISTANT, frozenset(AssistantRight) - {AssistantRight.CAMPAIGNS})
    for command in (ShowCoupon("c1", 60), HideCoupon("c1")):
        assert talk.do(command, other) is RejectReason.FORBIDDEN
        assert talk.do(command, ANNA) is RejectReason.FORBIDDEN


@pytest.mark.parametrize("seconds", [9, 4 * 3600 + 1, -1])
def test_a_coupon_is_shown_for_a_time_within_bounds(talk: Talk, seconds: int) -> None:
    assert talk.do(ShowCoupon("c1", seconds), HOST) is RejectReason.MALFORMED


def test_a_coupon_is_shown_in_a_live_session_alone() -> None:
    assert Talk().do(ShowCoupon("c1", 60), HOST) is RejectReason.NOT_LIVE


def test_a_room_shows_no_more_coupons_than_fit(talk: Talk) -> None:
    for number in range(MOST_SHOWN):
        assert talk.do(ShowCoupon(f"c{number}", 60), HOST) is None
    assert talk.do(ShowCoupon("more", 60), HOST) is RejectReason.TOO_MANY
    assert talk.do(ShowCoupon("c0", 120), HOST) is None
    assert ids(talk)[0] == "c0"


def test_a_coupons_card_goes_when_its_time_is_over(talk: Talk) -> None:
    talk.shop.now_ms = talk.now_ms
    talk.do(ShowCoupon("c1", 60), HOST)
    talk.passes(59)
    assert ids(talk) == ["c1"]
    talk.passes(1)
    assert talk.heard(CouponsChanged).coupons == []


def test_a_coupons_card_goes_when_staff_take_it_off_or_the_session_ends(talk: Talk) -> None:
    talk.do(ShowCoupon("c1", 60), HOST)
    assert talk.do(HideCoupon("c1"), HELPER) is None
    assert talk.heard(CouponsChanged).coupons == []
    assert talk.do(HideCoupon("c1"), HELPER) is None
    talk.do(ShowCoupon("c1", 60), HOST)
    talk.do(EndLive(), HOST)
    assert talk.heard(CouponsChanged).coupons == []


def test_a_coupon_that_was_for_another_session_is_not_shown(talk: Talk) -> None:
    talk.happens(CouponShown(7, "an older one", shown_coupon("c1", until_ms=talk.now_ms + 60_000)))
    assert ids(talk) == []


def test_what_is_left_never_grows_and_the_card_goes_soon_after_the_last(talk: Talk) -> None:
    talk.do(ShowCoupon("c1", 600), HOST)
    talk.happens(CouponCounted(8, "c1", 5))
    talk.happens(CouponCounted(7, "c1", 9))
    assert talk.features.show().coupons[0].left == 5
    talk.happens(CouponCounted(9, "c1", 0))
    assert talk.heard(CouponsChanged).coupons[0].left == 0
    talk.passes(NONE_LEFT_MS / 1000)
    assert ids(talk) == []
    talk.happens(CouponCounted(10, "c1", 0))


def test_there_are_more_of_a_coupon_again_where_a_campaign_put_some_back(talk: Talk) -> None:
    talk.do(ShowCoupon("c1", 600), HOST)
    talk.happens(CouponCounted(8, "c1", 2))
    talk.happens(CouponCounted(9, "c1", 4, is_put_back=True))
    assert talk.heard(CouponsChanged).coupons[0].left == 4


def test_a_stopped_coupon_is_taken_off(talk: Talk) -> None:
    talk.do(ShowCoupon("c1", 600), HOST)
    talk.happens(CouponHidden("c1", 9))
    assert ids(talk) == []


def test_many_counts_of_one_transaction_are_said_once(talk: Talk) -> None:
    talk.do(ShowCoupon("c1", 600), HOST)
    talk.told = []
    for left in (5, 4, 3):
        talk.happens(CouponCounted(left, "c1", left))
    gathered = talk.features.gather(talk.told)
    assert [one.event.coupons[0].left for one in gathered if isinstance(one, ToAll)] == [3]  # type: ignore[union-attr]


def test_the_shop_hears_what_only_the_room_knows_of_who_claims(talk: Talk) -> None:
    assert talk.do(CLAIM, ANNA) is None
    assert talk.shop.claims[-1].standing == Standing()
    talk.do(Follow(), ANNA)
    talk.happens(Joined("anna"))
    talk.passes(90)
    assert talk.do(CLAIM, MEMBER) is None
    assert talk.shop.claims[-1].standing == Standing(is_follower=True, watched_s=90, has_account=True)
    talk.do(EndLive(), HOST)
    talk.do(CLAIM, MEMBER)
    assert talk.shop.claims[-1].standing.watched_s == 0


def test_who_claims_in_vain_hears_why_and_when_to_come_again(talk: Talk) -> None:
    talk.shop.refusals["c1"] = NotClaimed(RejectReason.NOT_WATCHED, 30_000)
    assert talk.rejection(CLAIM, ANNA) == Rejection(RejectReason.NOT_WATCHED, 30_000)


def test_staff_the_blocked_and_the_hasty_claim_nothing(talk: Talk) -> None:
    assert talk.do(CLAIM, HOST) is RejectReason.FORBIDDEN
    assert talk.do(CLAIM, HELPER) is RejectReason.FORBIDDEN
    assert talk.do(ClaimCoupon("c1", "short"), ANNA) is RejectReason.MALFORMED
    for _ in range(AT_ONCE):
        talk.do(CLAIM, ANNA)
    assert talk.do(CLAIM, ANNA) is RejectReason.TOO_FAST
    talk.do(SendDanmu("加我"), ANNA)
    talk.do(BlockUser("anna"), HOST)
    asked = len(talk.shop.claims)
    assert talk.do(CLAIM, ANNA) is RejectReason.BLOCKED
    assert len(talk.shop.claims) == asked
