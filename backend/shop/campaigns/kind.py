"""The face of a kind of campaign: what it does when it is armed, when time passes, and when it is stopped."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec
from sqlalchemy import Connection

from backend.contract.base import RejectReason
from backend.contract.campaigns import CampaignDetail, CampaignKind, CampaignTerms, EndReason, MyPart
from backend.contract.prizes import PrizeCounts
from backend.shop.campaigns.rows import CampaignRow, Change
from backend.storage.writer import BulkOperation


class NotArmed(msgspec.Struct, frozen=True):
    """Why a campaign was not armed, or not stopped.

    Attributes:
        code: a word for programs.
        detail: cause and remedy, in English.
        allowed: the nearest price that may be instead, as people read it; empty where that is not the matter.
    """

    code: str
    detail: str
    allowed: str = ""


class CampaignAct(msgspec.Struct, frozen=True):
    """What a viewer does in a campaign, as their room hands it on.

    Attributes:
        at_ms: when the server received it: that decides.
        is_counted: whether it is a request of the report.
    """

    is_counted: ClassVar[bool] = True

    campaign_id: str
    room_id: str
    user_id: str
    at_ms: int


NOT_CLOSABLE = NotArmed("not_closable", "Campaigns of this kind have no result to bring forward. Stop it.")

ActResult = RejectReason | None
"""Why an act is refused; None where it counts."""


class Result(msgspec.Struct, frozen=True):
    """What came of a campaign, for its report.

    Attributes:
        accepted_tenths: requests that were accepted, by the tenth of a second as of `tenth_of`.
        people: who were accepted.
        coins_out: that people got.
        gmv_minor: paid by orders of it.
        prizes: what became of the goods that could be won; None where there were none.
    """

    accepted_tenths: Counter[int]
    people: int
    coins_out: int = 0
    gmv_minor: int = 0
    prizes: PrizeCounts | None = None

    @property
    def accepted(self) -> int:
        """Requests that were accepted."""
        return self.accepted_tenths.total()


class Kind(ABC):
    """A kind of campaign. All methods run in a transaction of the shop's writer, or in a reading one.

    Attributes:
        name: as its terms are tagged.
        most_at_once: campaigns of the kind that a room has running; see `is_in_the_way`.
        needs_reason: whether staff must say why they stop it.
        acts: decide what viewers do in it, many at once.
    """

    name: ClassVar[CampaignKind]
    most_at_once: ClassVar[int] = 1
    needs_reason: ClassVar[bool] = False

    @property
    def acts(self) -> Mapping[type[CampaignAct], BulkOperation[Any, ActResult]]:
        """What viewers do in it; each operation is given acts of its type."""
        return {}

    def coins(self, terms: CampaignTerms) -> int:
        """Return how many coins it gives away at most."""
        return 0

    def is_in_the_way(self, row: CampaignRow) -> bool:
        """Return whether one that is not over keeps staff from starting another."""
        return True

    @abstractmethod
    def arm(self, connection: Connection, row: CampaignRow, now_ms: int) -> Change | NotArmed:
        """Take what it needs, stock or coins, and return how it begins; a refusal undoes all of it.

        `row` is written already, in its preheat.
        """

    @abstractmethod
    def move_on(self, connection: Connection, row: CampaignRow, now_ms: int) -> Change:
        """Return what time makes of it, now that `next_at_ms` has come; give back what it held at the end."""

    @abstractmethod
    def stop(
        self, connection: Connection, row: CampaignRow, reason: EndReason, now_ms: int
    ) -> Change | NotArmed:
        """End it early; the public reason is written by the caller."""

    def close_early(
        self, connection: Connection, row: CampaignRow, reason: EndReason, now_ms: int
    ) -> Change | NotArmed:
        """Let nobody in any more, and go on to the result at once."""
        return NOT_CLOSABLE

    def bundle(self, connection: Connection, row: CampaignRow) -> str | None:
        """Return the file with which anybody checks it; None where there is nothing to check."""
        return None

    @abstractmethod
    def show(self, connection: Connection, row: CampaignRow) -> CampaignDetail:
        """Return what everybody sees of it."""

    @abstractmethod
    def result(self, connection: Connection, row: CampaignRow) -> Result:
        """Return what came of it until now."""

    @abstractmethod
    def part_of(self, connection: Connection, row: CampaignRow, user_id: str) -> MyPart:
        """Return what a person has of it."""
