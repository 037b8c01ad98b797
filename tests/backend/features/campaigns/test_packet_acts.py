"""Claiming a red packet, as the room looks at it: what it refuses by itself, and what it asks the shop."""

import asyncio

import msgspec
import pytest
from typing_extensions import override

from backend.contract.base import Message, RejectReason, Role
from backend.contract.campaigns import Campaign, CampaignPhase
from backend.contract.chat import SendDanmu
from backend.contract.draws import DrawShown, DrawTerms
from backend.contract.red_packets import ClaimPacket, LuckyShare, RedPacketShown
from backend.features.actor import Actor
from backend.features.campaigns.acts import Onlooker
from backend.features.campaigns.campaigns import CampaignsFeature
from backend.features.deliveries import Delegated, Rejection, ToAll
from backend.features.feature import Feature
from backend.features.feature_set import FeatureSet
from backend.log.entries import Record
from backend.log.shop_entries import ShopCampaignMoved
from backend.shop.campaigns.kind import ActResult, CampaignAct
from backend.shop.campaigns.red_packet.claiming import ShareClaim
from tests.backend.features.campaigns.test_campaigns import author
from tests.backend.kinds import as_type
from tests.backend.room.talk import make_features

ANNA = Actor("anna", Role.VIEWER, origin="home")
OPENS, CLOSES = 1000, 2000
PACKET = RedPacketShown(shares=3, coins=30, coupon_id="", left=3)


class AskedShop:
    """Remembers what it was asked, and answers as it is told to."""

    def __init__(self, answer: ActResult = None) -> None:
        self.acts: list[CampaignAct] = []
        self.refused: list[RejectReason] = []
        self._answer = answer

    async def act(self, act: CampaignAct) -> ActResult:
        self.acts.append(act)
        return self._answer

    def count_refusal(self, campaign_id: str, reason: RejectReason, at_ms: int) -> None:
        self.refused.append(reason)


class Bouncer(Feature[msgspec.Struct]):
    """Lets nobody do anything."""

    @override
    def forbids(self, command: Message, actor: Actor) -> Rejection | None:
        return Rejection(RejectReason.BLOCKED)


class Claims:
    """A room that shows one packet."""

    def __init__(self, packet: RedPacketShown = PACKET, answer: ActResult = None, **values: object) -> None:
        self.shop = AskedShop(answer)
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
        campaign = Campaign("c-1", 1, "", CampaignPhase.OPEN, OPENS, CLOSES, None, "", packet)
        campaign = msgspec.structs.replace(campaign, **values)
        self.deliveries = self.feature.apply(Record(1, 1, "s", ShopCampaignMoved([1], campaign), None))

    def claim(self, actor: Actor = ANNA, at_ms: int = OPENS, campaign_id: str = "c-1") -> RejectReason | None:
        decided = self.feature.decide(ClaimPacket(campaign_id), actor, at_ms)
        if isinstance(decided, Rejection):
            return decided.reason
        asked = as_type(Delegated, decided)
        rejection = asked.answer(asyncio.run(asked.ask()))  # type: ignore[arg-type]
        return None if rejection is None else rejection.reason


def test_the_shop_is_asked_with_when_the_claim_came_and_from_where() -> None:
    claims = Claims()
    assert claims.claim(at_ms=OPENS + 7) is None
    assert claims.shop.acts == [ShareClaim("c-1", "main", "anna", OPENS + 7, "home")]


def test_what_the_shop_refuses_the_claimer_hears() -> None:
    assert Claims(answer=RejectReason.ALREADY).claim() is RejectReason.ALREADY


@pytest.mark.parametrize(
    ("claims", "actor", "at_ms", "reason"),
    [
        (Claims(), ANNA, OPENS - 1, RejectReason.NOT_OPEN),
        (Claims(phase=CampaignPhase.PREHEAT), ANNA, OPENS - 1, RejectReason.NOT_OPEN),
        (Claims(), ANNA, CLOSES, RejectReason.EXPIRED),
        (Claims(phase=CampaignPhase.ENDED), ANNA, OPENS, RejectReason.EXPIRED),
        (Claims(msgspec.structs.replace(PACKET, left=0)), ANNA, OPENS, RejectReason.NONE_LEFT),
        (Claims(), Actor("rude", Role.VIEWER), OPENS, RejectReason.MUTED),
        (Claims(), Actor("host", Role.HOST), OPENS, RejectReason.IS_STAFF),
        (Claims(), Actor("helper", Role.ASSISTANT), OPENS, RejectReason.IS_STAFF),
        (Claims(msgspec.structs.replace(PACKET, needs_follow=True)), ANNA, OPENS, RejectReason.NOT_FOLLOWING),
    ],
)
def test_what_the_room_refuses_by_itself_is_counted_for_the_report(
    claims: Claims, actor: Actor, at_ms: int, reason: RejectReason
) -> None:
    assert claims.claim(actor, at_ms) is reason
    assert claims.shop.refused == [reason]
    assert claims.shop.acts == []


def test_who_follows_the_host_may_claim_what_asks_for_it() -> None:
    claims = Claims(msgspec.structs.replace(PACKET, needs_follow=True))
    assert claims.claim(Actor("fan", Role.VIEWER)) is None


def test_a_packet_whose_timer_is_late_is_claimed_from_its_instant_on() -> None:
    assert Claims(phase=CampaignPhase.PREHEAT).claim(at_ms=OPENS) is None


def test_there_is_no_share_of_what_is_no_packet() -> None:
    assert Claims().claim(campaign_id="c-2") is RejectReason.UNKNOWN_CAMPAIGN
    drawn = Claims(detail=DrawShown(DrawTerms("保温杯"), "", 0))
    for actor in (ANNA, Actor("host", Role.HOST)):
        assert drawn.claim(actor) is RejectReason.UNKNOWN_CAMPAIGN
    # It is no request of that draw.
    assert drawn.shop.refused == []


def test_what_the_room_refuses_by_itself_takes_no_place_of_what_the_shop_decides() -> None:
    decided = Claims().feature.decide(ClaimPacket("c-1"), ANNA, CLOSES)
    assert decided == Rejection(RejectReason.EXPIRED)


def shown_features(shop: AskedShop) -> FeatureSet:
    """Return a room's features that show the packet."""
    features = make_features()
    features.campaigns._shop = shop
    campaign = Campaign("c-1", 1, "", CampaignPhase.OPEN, OPENS, CLOSES, None, "", PACKET)
    features.campaigns.apply(Record(1, 1, "s", ShopCampaignMoved([1], campaign), None))
    return features


def test_a_claim_that_the_room_has_no_time_for_is_counted() -> None:
    features = shown_features(shop := AskedShop())
    for command in (ClaimPacket("c-1"), ClaimPacket("c-2"), SendDanmu("抢")):
        features.count_refusal(command, RejectReason.TOO_FAST, OPENS)
    assert shop.refused == [RejectReason.TOO_FAST]


def test_a_claim_of_who_is_blocked_is_counted() -> None:
    features = shown_features(shop := AskedShop())
    features._guards = (Bouncer(),)  # type: ignore[assignment]
    assert features.decide(ClaimPacket("c-1"), ANNA, OPENS) == Rejection(RejectReason.BLOCKED)
    assert shop.refused == [RejectReason.BLOCKED]


def test_who_was_lucky_is_shown_by_name() -> None:
    lucky = [LuckyShare("anna", 20, 0, 400)]
    claims = Claims(msgspec.structs.replace(PACKET, best=lucky))
    [delivery] = claims.deliveries
    event = as_type(ToAll, delivery).event
    [shown] = claims.feature.show()["campaigns"]
    assert shown.people == [author(Actor("anna", Role.VIEWER))]
    assert event.campaign == shown  # type: ignore[union-attr]


def test_a_claim_that_waited_for_its_turn_counts_from_when_it_came() -> None:
    features = shown_features(shop := AskedShop())
    decided = features.decide(ClaimPacket("c-1"), ANNA, CLOSES + 150, received_at_ms=CLOSES - 1)
    asyncio.run(as_type(Delegated, decided).ask())  # type: ignore[arg-type]
    [act] = shop.acts
    assert act.at_ms == CLOSES - 1
