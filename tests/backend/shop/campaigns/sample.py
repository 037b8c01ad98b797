"""A kind of campaign that is as simple as one can be: the first to knock while it is open are in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec
from sqlalchemy import Connection
from typing_extensions import override

from backend.contract.base import RejectReason
from backend.contract.campaigns import (
    CampaignDetail,
    CampaignKind,
    CampaignPhase,
    CampaignTerms,
    EndReason,
    MyPart,
    NewCampaign,
)
from backend.contract.red_packets import RedPacketShown, RedPacketTerms
from backend.shop.campaigns.kind import ActResult, CampaignAct, Kind, NotArmed, Result
from backend.shop.campaigns.rows import CampaignRow, Change, change_campaign, find_campaign, terms_of
from backend.storage.writer import BulkOperation

OPENS_IN_MS = 10_000
ENDS_IN_MS = OPENS_IN_MS + 600_000


def new(coins: int = 100, title: str = "红包") -> NewCampaign:
    """Return what staff choose."""
    return NewCampaign(RedPacketTerms(shares=2, coins=coins), title)


class Knock(CampaignAct, frozen=True):
    """Somebody wants in."""


class _Knocking:
    def perform(self, connection: Connection, items: Sequence[Knock]) -> Sequence[ActResult]:
        return [_knock(connection, item) for item in items]


def _knock(connection: Connection, item: Knock) -> ActResult:
    row = find_campaign(connection, item.campaign_id)
    if row is None or row.phase is not CampaignPhase.OPEN:
        return RejectReason.NOT_OPEN
    people = [*_people(row), item.user_id]
    change = Change(row.phase, row.next_at_ms, progress=msgspec.json.encode(people))
    assert change_campaign(connection, row, change) is not None
    return None


def _people(row: CampaignRow) -> list[str]:
    people = msgspec.json.decode(row.progress)
    return list(people) if isinstance(people, list) else []


class SampleKind(Kind):
    """It gives coins away in name only.

    Attributes:
        held: what was taken when it was armed and not given back.
        broken: what moving these campaigns on raises, by their ids.
    """

    name: ClassVar = CampaignKind.RED_PACKET

    def __init__(self, refuses: NotArmed | None = None) -> None:
        self._refuses = refuses
        self._knocking = _Knocking()
        self.held = 0
        self.broken: dict[str, Exception] = {}

    @property
    @override
    def acts(self) -> Mapping[type[CampaignAct], BulkOperation[Any, ActResult]]:
        return {Knock: self._knocking}

    @override
    def coins(self, terms: CampaignTerms) -> int:
        assert isinstance(terms, RedPacketTerms)
        return terms.coins

    @override
    def arm(self, connection: Connection, row: CampaignRow, now_ms: int) -> Change | NotArmed:
        if self._refuses is not None:
            return self._refuses
        self.held += row.coins
        return Change(CampaignPhase.PREHEAT, row.opens_at_ms)

    @override
    def move_on(self, connection: Connection, row: CampaignRow, now_ms: int) -> Change:
        if error := self.broken.get(row.campaign_id):
            raise error
        if row.phase is CampaignPhase.PREHEAT:
            return Change(CampaignPhase.OPEN, row.closes_at_ms)
        return self._end(row, EndReason.TIME)

    @override
    def stop(
        self, connection: Connection, row: CampaignRow, reason: EndReason, now_ms: int
    ) -> Change | NotArmed:
        return self._end(row, reason)

    def _end(self, row: CampaignRow, reason: EndReason) -> Change:
        self.held -= row.coins
        return Change(CampaignPhase.ENDED, None, end_reason=reason, coins=0)

    @override
    def show(self, connection: Connection, row: CampaignRow) -> CampaignDetail:
        terms = terms_of(row.terms)
        assert isinstance(terms, RedPacketTerms)
        return RedPacketShown(terms.shares, terms.coins, "", terms.shares - len(_people(row)))

    @override
    def result(self, connection: Connection, row: CampaignRow) -> Result:
        people = _people(row)
        return Result(Counter({0: len(people)}) if people else Counter(), len(set(people)))

    @override
    def part_of(self, connection: Connection, row: CampaignRow, user_id: str) -> MyPart:
        return MyPart(is_in=user_id in _people(row))
