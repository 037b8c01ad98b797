"""Spinning a wheel, as the room looks at it: what it refuses by itself, and what it asks the shop."""

import asyncio

import msgspec
import pytest

from backend.contract.base import RejectReason, Role
from backend.contract.campaigns import Campaign, CampaignDetail, CampaignPhase
from backend.contract.flash_sale import FlashSaleShown
from backend.contract.wheels import SpinWheel, WheelPrize, WheelShown, WheelWinner
from backend.features.actor import Actor
from backend.features.campaigns.acts import Onlooker
from backend.features.campaigns.campaigns import CampaignsFeature
from backend.features.deliveries import Delegated, Rejection
from backend.log.entries import Record
from backend.log.shop_entries import ShopCampaignMoved
from backend.shop.campaigns.wheel.spinning import Spinning
from tests.backend.features.campaigns.test_campaigns import author
from tests.backend.features.campaigns.test_packet_acts import ANNA, CLOSES, OPENS, AskedShop
from tests.backend.kinds import as_type

WHEEL = WheelShown([WheelPrize("杯", 1)], blanks=2, spins_each=1, left=3, prizes_left=[1])


class Spins:
    """A room that shows one wheel."""

    def __init__(self, detail: CampaignDetail = WHEEL, phase: CampaignPhase = CampaignPhase.OPEN) -> None:
        self.shop = AskedShop()
        self.feature = CampaignsFeature(
            onlooker=Onlooker(
                is_follower=lambda user_id: user_id == "fan",
                is_muted=lambda user_id, _: user_id == "rude",
                watched_s=lambda _user, _now: 0,
                is_present=lambda _user: True,
            ),
            author=author,
            shop=self.shop,
            room_id="main",
        )
        campaign = Campaign("c-1", 1, "", phase, OPENS, CLOSES, None, "", detail)
        self.feature.apply(Record(1, 1, "s", ShopCampaignMoved([1], campaign), None))

    def spin(self, actor: Actor = ANNA, at_ms: int = OPENS) -> RejectReason | None:
        decided = self.feature.decide(SpinWheel("c-1", "k"), actor, at_ms)
        if isinstance(decided, Rejection):
            return decided.reason
        asked = as_type(Delegated, decided)
        rejection = asked.answer(asyncio.run(asked.ask()))  # type: ignore[arg-type]
        return None if rejection is None else rejection.reason


def test_the_shop_is_asked_with_when_the_spin_came_and_its_key() -> None:
    spins = Spins()
    assert spins.spin(at_ms=OPENS + 7) is None
    assert spins.shop.acts == [Spinning("c-1", "main", "anna", OPENS + 7, "k", "home")]


@pytest.mark.parametrize(
    ("spins", "actor", "at_ms", "reason"),
    [
        (Spins(), ANNA, OPENS - 1, RejectReason.NOT_OPEN),
        (Spins(), Actor("rude", Role.VIEWER), OPENS, RejectReason.MUTED),
        (Spins(), Actor("host", Role.HOST), OPENS, RejectReason.IS_STAFF),
        (Spins(msgspec.structs.replace(WHEEL, needs_follow=True)), ANNA, OPENS, RejectReason.NOT_FOLLOWING),
    ],
)
def test_a_spin_that_the_room_refuses_by_itself_is_counted(
    spins: Spins, actor: Actor, at_ms: int, reason: RejectReason
) -> None:
    assert spins.spin(actor, at_ms) is reason
    assert spins.shop.refused == [reason]
    assert spins.shop.acts == []


def test_a_spin_of_what_is_no_wheel_is_no_request_of_it() -> None:
    spins = Spins(FlashSaleShown("", [], None))
    assert spins.spin() is RejectReason.UNKNOWN_CAMPAIGN
    assert spins.shop.refused == []


def test_who_follows_the_host_spins_what_asks_for_it() -> None:
    spins = Spins(msgspec.structs.replace(WHEEL, needs_follow=True))
    assert spins.spin(Actor("fan", Role.VIEWER)) is None


def test_a_lost_answer_is_asked_for_again_after_the_last_slot_and_the_end() -> None:
    spins = Spins(msgspec.structs.replace(WHEEL, left=0), CampaignPhase.ENDED)
    assert spins.spin(at_ms=CLOSES + 1) is None


def test_who_won_what_staff_hand_over_is_shown_by_name() -> None:
    winners = [WheelWinner("anna", 0, 0), WheelWinner("anna", 0, 2)]
    spins = Spins(msgspec.structs.replace(WHEEL, winners=winners))
    [shown] = spins.feature.show()["campaigns"]
    assert shown.people == [author(Actor("anna", Role.VIEWER))]
