"""Campaigns in a room: shown as the shop says they are."""

import typing

import msgspec

from backend.contract.base import Author
from backend.contract.campaigns import MOST_OVER, Campaign, CampaignChanged, CampaignDetail, CampaignPhase
from backend.contract.red_packets import RedPacketShown
from backend.features.actor import Actor
from backend.features.campaigns.acts import Onlooker
from backend.features.campaigns.all_acts import ACTS
from backend.features.campaigns.campaigns import CampaignsFeature
from backend.features.deliveries import Delivery, ToAll
from backend.log.entries import Record
from backend.log.shop_entries import ShopCampaignMoved

NOBODY = Onlooker(
    is_follower=lambda _user: False,
    is_muted=lambda _user, _now: False,
    watched_s=lambda _user, _now: 0,
    is_present=lambda _user: False,
)


def author(actor: Actor) -> Author:
    """Return how others see somebody: by the id."""
    return Author(actor.user_id, actor.user_id.title(), actor.role, is_follower=False)


def campaign(campaign_id: str = "c-1", version: int = 1, **values: object) -> Campaign:
    made = Campaign(
        campaign_id=campaign_id,
        version=version,
        title="红包",
        phase=CampaignPhase.OPEN,
        opens_at_ms=5,
        closes_at_ms=9,
        end_reason=None,
        public_reason="",
        detail=RedPacketShown(shares=3, coins=30, coupon_id="", left=3),
    )
    return msgspec.structs.replace(made, **values)


class Fold:
    """The feature with the log that it folds."""

    def __init__(self) -> None:
        self.feature = CampaignsFeature(onlooker=NOBODY, author=author)
        self._number = 0

    def hear(self, one: Campaign) -> list[Delivery]:
        self._number += 1
        return self.feature.apply(Record(self._number, 1, "s", ShopCampaignMoved([self._number], one), None))

    @property
    def shown(self) -> list[Campaign]:
        shown: list[Campaign] = self.feature.show()["campaigns"]
        return shown


def test_everybody_hears_of_a_campaign_and_a_late_joiner_sees_it() -> None:
    fold, one = Fold(), campaign()
    assert fold.hear(one) == [ToAll(CampaignChanged(one))]
    assert fold.shown == [one]


def test_what_the_shop_said_earlier_changes_nothing_when_it_comes_late() -> None:
    fold = Fold()
    fold.hear(campaign(version=2))
    assert fold.hear(campaign(version=1, phase=CampaignPhase.PREHEAT)) == []
    assert fold.shown == [campaign(version=2)]


def test_of_campaigns_that_are_over_the_last_few_are_shown() -> None:
    fold = Fold()
    fold.hear(campaign("runs"))
    for number in range(MOST_OVER + 3):
        fold.hear(campaign(f"over-{number}", phase=CampaignPhase.ENDED))
    ids = [one.campaign_id for one in fold.shown]
    assert ids == ["runs", *(f"over-{number}" for number in range(3, MOST_OVER + 3))]


def test_a_long_campaign_that_ends_last_is_shown_on() -> None:
    fold = Fold()
    fold.hear(campaign("long"))
    for number in range(MOST_OVER):
        fold.hear(campaign(f"short-{number}", phase=CampaignPhase.ENDED))
    fold.hear(campaign("long", version=2, phase=CampaignPhase.ENDED))
    assert [one.campaign_id for one in fold.shown][-1] == "long"
    assert len(fold.shown) == MOST_OVER


def test_a_new_session_begins_without_the_campaigns_of_the_last_one() -> None:
    fold = Fold()
    fold.hear(campaign())
    fold.feature.begin_session("s-2")
    assert fold.shown == []


def test_every_act_names_the_campaigns_that_it_can_be_done_in() -> None:
    assert {act.detail for act in ACTS} <= set(typing.get_args(CampaignDetail))
