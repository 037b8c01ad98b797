"""Campaigns: what staff start for a while, with one start for all; each kind has a file of its own."""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.auctions import AuctionShown, AuctionTerms, MyBid
from backend.contract.base import Author, Message
from backend.contract.bounds import MAX_INTEGER, UpTo, cleaned_up_to
from backend.contract.draws import DrawShown, DrawTerms
from backend.contract.flash_sale import FlashSaleShown, FlashSaleTerms
from backend.contract.prizes import MyPrize, PrizeCounts
from backend.contract.red_packets import RedPacketShown, RedPacketTerms
from backend.contract.wheels import WheelShown, WheelSpin, WheelTerms

MAX_TITLE: Final = 30
MAX_REASON: Final = 100
MOST_TEMPLATES: Final = 50
MOST_OVER: Final = 5
"""How many of those that are over a room shows on."""


class CampaignKind(StrEnum):
    """The kinds, as their terms are tagged."""

    FLASH_SALE = "flash_sale"
    RED_PACKET = "red_packet"
    DRAW = "draw"
    WHEEL = "wheel"
    AUCTION = "auction"


class CampaignPhase(StrEnum):
    """Where a campaign is; it leaves each phase but the last two by a timer."""

    PREHEAT = "preheat"  # announced; it opens at `opens_at_ms`
    OPEN = "open"
    CLOSING = "closing"  # over; what came in time is still decided
    DRAWING = "drawing"  # over; who won is being found
    ENDED = "ended"
    VOID = "void"  # called off: nobody wins anything by it


OVER: Final = frozenset({CampaignPhase.ENDED, CampaignPhase.VOID})


class EndReason(StrEnum):
    """Why a campaign is over."""

    TIME = "time"
    NONE_LEFT = "none_left"
    STOPPED = "stopped"  # by staff
    SESSION_ENDED = "session_ended"
    NO_ENTRIES = "no_entries"


CampaignTerms = FlashSaleTerms | RedPacketTerms | DrawTerms | WheelTerms | AuctionTerms
"""What staff choose; the tag names the kind."""

CampaignDetail = FlashSaleShown | RedPacketShown | DrawShown | WheelShown | AuctionShown
"""What everybody sees besides what all campaigns have; the tag names the kind."""

Title = Annotated[str, cleaned_up_to(MAX_TITLE)]


class Campaign(msgspec.Struct, frozen=True):
    """A campaign as everybody sees it.

    Attributes:
        version: grows with each change.
        opens_at_ms: the one start for all.
        closes_at_ms: what the server receives from then on is too late.
        end_reason: None before the end.
        public_reason: what staff said about stopping it, plain text.
        people: who is named in `detail`, as the room calls them; empty where the shop says how it is.
    """

    campaign_id: str
    version: int
    title: str
    phase: CampaignPhase
    opens_at_ms: int
    closes_at_ms: int
    end_reason: EndReason | None
    public_reason: str
    detail: CampaignDetail
    people: list[Author] = []


class CampaignChanged(Message, frozen=True, tag="campaign_changed"):
    """A campaign began, moved on, or has other numbers; the highest version counts."""

    campaign: Campaign


# --- Over HTTP ---


class MyPart(msgspec.Struct, frozen=True):
    """What `GET /api/v1/campaigns/{campaign_id}/my-part` gives: what one has of a campaign.

    Attributes:
        is_in: whether one takes part: entered, claimed, or bought.
        coins: that one got.
        has_won: whether one is among the winners.
        place: which share of a red packet one has, 0 for the first; None for none.
        number: of one's entry in a draw, 1 for the first; None for none.
        has_bought: whether one bought in its live session, where a draw asks for that or a word.
        is_proven: whether one's device revealed the number that it entered a draw with.
        spins: that one made at a wheel, the first first.
        bid: what one has of an auction; None of other kinds.
        prize: the goods that one won, or had won and did not claim; None for none.
    """

    is_in: bool = False
    coins: int = 0
    has_won: bool = False
    place: int | None = None
    number: int | None = None
    is_proven: bool = False
    has_bought: bool = False
    spins: list[WheelSpin] = []
    bid: MyBid | None = None
    prize: MyPrize | None = None


class NewCampaign(msgspec.Struct, frozen=True):
    """What `POST /api/v1/campaigns` takes.

    Attributes:
        title: what viewers read; empty for the kind's own words.
    """

    terms: CampaignTerms
    title: Title = ""


class StopCampaign(msgspec.Struct, frozen=True):
    """What `POST /api/v1/campaigns/{campaign_id}/stop` takes.

    Attributes:
        reason: for everybody to read.
    """

    reason: Annotated[str, cleaned_up_to(MAX_REASON)] = ""


class OneCampaign(msgspec.Struct, frozen=True):
    """Which campaign, by the address."""

    campaign_id: Annotated[str, UpTo(32)]


class CampaignsPage(msgspec.Struct, frozen=True):
    """What `GET /api/v1/campaigns` gives: those of the room, the newest first."""

    campaigns: list[Campaign]


class RequestCount(msgspec.Struct, frozen=True):
    """How many requests ended so.

    Attributes:
        outcome: `accepted`, or the reason of refusal.
    """

    outcome: str
    count: int


class Arrivals(msgspec.Struct, frozen=True):
    """How many requests the server received in a tenth of a second, counted from `opens_at_ms`.

    Attributes:
        tenth: -1 for all before the start; from ten minutes on, a minute's stand in its first one; what came
            when nothing was decided any more stands in the last.
    """

    tenth: int
    count: int


class CampaignReport(msgspec.Struct, frozen=True):
    """What `GET /api/v1/campaigns/{campaign_id}/report` gives; `received` is the sum of `outcomes`.

    Received is what came to the room, or to the till, for this campaign. What the limits of a connection or
    an address turn away before is no request of it, nor is a repetition that is answered as the first time.

    Attributes:
        coins_out: that people got, on balance.
        gmv_minor: paid by orders of the campaign.
        prizes: what became of the goods that could be won; None where there were none.
    """

    campaign: Campaign
    received: int
    outcomes: list[RequestCount]
    arrivals: list[Arrivals]
    people: int
    coins_out: int
    gmv_minor: int
    prizes: PrizeCounts | None = None


class Template(msgspec.Struct, frozen=True):
    """A campaign that can be started again with one click."""

    template_id: str
    title: str
    terms: CampaignTerms


class TemplatesPage(msgspec.Struct, frozen=True):
    """What `GET /api/v1/campaign-templates` gives, in the order they were made."""

    templates: list[Template]


class OneTemplate(msgspec.Struct, frozen=True):
    """Which template, by the address."""

    template_id: Annotated[str, UpTo(32)]


class CoinBudget(msgspec.Struct, frozen=True):
    """What `GET` and `PUT /api/v1/campaign-budget` carry.

    Attributes:
        session_coins: the most that campaigns of one live session give away; None for no cap.
        given_coins: what those of this session gave or hold.
    """

    session_coins: Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)] | None
    given_coins: int = 0
