"""Entering a draw, as the room looks at it: each condition, and what the shop is asked."""

import asyncio

import msgspec
import pytest

from backend.contract.base import RejectReason, Role
from backend.contract.campaign_commands import CampaignCommand
from backend.contract.campaigns import Campaign, CampaignPhase
from backend.contract.draws import DrawShown, DrawTerms, EnterDraw, RevealNonce
from backend.features.actor import Actor
from backend.features.campaigns.acts import Onlooker
from backend.features.campaigns.campaigns import CampaignsFeature
from backend.features.deliveries import Delegated, Rejection
from backend.log.entries import Record
from backend.log.shop_entries import ShopCampaignMoved
from backend.shop.campaigns.draw.entering import Entering, Revealing
from tests.backend.features.campaigns.test_campaigns import author
from tests.backend.features.campaigns.test_packet_acts import AskedShop
from tests.backend.kinds import as_type

HASH, NONCE = "0f" * 32, "0f" * 16
CLOSES = 300_000
TERMS = DrawTerms(prize="保温杯")
ALL = {"word": "好茶", "needs_follow": True, "watched_s": 60}


class Entrance:
    """A room that shows one draw."""

    def __init__(self, terms: DrawTerms = TERMS, phase: CampaignPhase = CampaignPhase.OPEN) -> None:
        self.shop = AskedShop()
        self.feature = CampaignsFeature(
            onlooker=Onlooker(
                is_follower=lambda user_id: user_id == "fan",
                is_muted=lambda user_id, _: user_id == "rude",
                watched_s=lambda _, now_ms: now_ms // 1000,
                is_present=lambda _: True,
                has_said=lambda campaign_id, user_id: (campaign_id, user_id) == ("d-1", "fan"),
            ),
            author=author,
            shop=self.shop,
            room_id="main",
        )
        detail = DrawShown(terms, "{}", 0)
        campaign = Campaign("d-1", 1, "", phase, 0, CLOSES, None, "", detail)
        self.feature.apply(Record(1, 1, "s", ShopCampaignMoved([1], campaign), None))

    def give(
        self, user_id: str = "anna", at_ms: int = 5_000, command: CampaignCommand | None = None
    ) -> Rejection | None:
        given = command or EnterDraw("d-1", HASH)
        decided = self.feature.decide(given, Actor(user_id, Role.VIEWER), at_ms)
        if isinstance(decided, Rejection):
            return decided
        asked = as_type(Delegated, decided)
        return asked.answer(asyncio.run(asked.ask()))  # type: ignore[arg-type]


def test_the_shop_is_asked_with_when_an_entry_came_and_with_its_hash() -> None:
    entrance = Entrance()
    assert entrance.give() is None
    assert entrance.give(command=RevealNonce("d-1", NONCE)) is None
    assert entrance.shop.acts == [
        Entering("d-1", "main", "anna", 5_000, HASH),
        Revealing("d-1", "main", "anna", 5_000, NONCE),
    ]


@pytest.mark.parametrize(
    ("terms", "user_id", "at_ms", "refused"),
    [
        ({}, "rude", 5_000, Rejection(RejectReason.MUTED)),
        ({}, "anna", CLOSES, Rejection(RejectReason.EXPIRED)),
        ({"needs_follow": True}, "anna", 5_000, Rejection(RejectReason.NOT_FOLLOWING)),
        ({"needs_follow": True}, "fan", 5_000, None),
        ({"word": "好茶"}, "anna", 5_000, Rejection(RejectReason.WORD_UNSAID)),
        ({"word": "好茶"}, "fan", 5_000, None),
        ({"watched_s": 60}, "anna", 20_000, Rejection(RejectReason.NOT_WATCHED, 40_000)),
        ({"watched_s": 60}, "anna", 60_000, None),
        (ALL, "fan", 60_000, None),
        (ALL, "fan", 5_000, Rejection(RejectReason.NOT_WATCHED, 55_000)),
    ],
)  # fmt: skip
def test_each_condition_of_a_draw_must_be_met(
    terms: dict[str, object], user_id: str, at_ms: int, refused: Rejection | None
) -> None:
    entrance = Entrance(msgspec.structs.replace(TERMS, **terms))
    assert entrance.give(user_id, at_ms) == refused
    assert entrance.shop.refused == ([refused.reason] if refused else [])
    assert len(entrance.shop.acts) == (0 if refused else 1)


def test_who_did_not_say_the_word_that_buying_does_instead_is_for_the_shop_to_decide() -> None:
    terms = msgspec.structs.replace(TERMS, word="好茶", bought_or_word=True)
    entrance = Entrance(terms)
    assert [entrance.give(user_id) for user_id in ("anna", "fan")] == [None, None]
    asked = [as_type(Entering, act) for act in entrance.shop.acts]
    assert [(act.user_id, act.must_have_bought) for act in asked] == [("anna", True), ("fan", False)]


@pytest.mark.parametrize(
    "command",
    [
        EnterDraw("d-1", "0F" * 32),
        EnterDraw("d-1", HASH + "\n"),
        EnterDraw("d-1", ""),
        RevealNonce("d-1", HASH),
        RevealNonce("d-1", "xx" * 16),
    ],
)
def test_what_is_no_hash_and_no_number_never_comes_to_the_shop(command: CampaignCommand) -> None:
    entrance = Entrance()
    assert entrance.give(command=command) == Rejection(RejectReason.MALFORMED)
    assert entrance.shop.acts == []
    # Who reveals a number does not ask to take part.
    assert len(entrance.shop.refused) == int(isinstance(command, EnterDraw))


@pytest.mark.parametrize("phase", [CampaignPhase.DRAWING, CampaignPhase.ENDED, CampaignPhase.VOID])
def test_nobody_enters_a_draw_whose_list_is_fixed(phase: CampaignPhase) -> None:
    assert Entrance(phase=phase).give() == Rejection(RejectReason.EXPIRED)


def test_an_entry_that_came_in_time_is_the_shops_to_decide_also_while_the_draw_closes() -> None:
    entrance = Entrance(phase=CampaignPhase.CLOSING)
    assert entrance.give(at_ms=CLOSES - 1) is None
    assert entrance.give(at_ms=CLOSES) == Rejection(RejectReason.EXPIRED)
    assert len(entrance.shop.acts) == 1
