"""Auctions: one unit of a product for who bids most; each bid is the most that its bidder would pay."""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.bounds import MAX_INTEGER, Id, OnceKey, UpTo
from backend.contract.campaign_commands import CampaignCommand
from backend.contract.eligibility import AccountMinutes, PerNetwork
from backend.contract.orders import PAY_CAMPAIGN_WITHIN_S

COUNTDOWN_S: Final = range(3, 300 + 1)
DURATION_S: Final = range(10, 20 * 60 + 1)
LATE_S: Final = 10
"""A bid that comes in the last so many seconds moves the end by as many."""
MOST_EXTENSIONS: Final = 5
MOST_BIDS_EACH: Final = 50
MOST_BIDS_SHOWN: Final = 100
MOST_BIDS_LIVE: Final = 5
"""How many of the last bids everybody sees while bids may still come: each bid sends them to all."""
OFFER_S: Final = PAY_CAMPAIGN_WITHIN_S
"""How long the next bidder has to take what the winner did not pay."""
MOST_DEFAULTS: Final = 2
"""Who left so many won auctions unpaid bids no more."""

MOST_PRICE: Final = 10**12

Price = Annotated[int, msgspec.Meta(ge=1, le=MOST_PRICE)]


class PriceStep(msgspec.Struct, frozen=True):
    """How far a bid must go beyond a price, from such a price on, up to the next of the list."""

    from_minor: int
    step_minor: int


STEPS: Final = (
    PriceStep(0, 100),
    PriceStep(3_000, 200),
    PriceStep(5_000, 300),
    PriceStep(10_000, 500),
    PriceStep(30_000, 1_000),
    PriceStep(100_000, 2_000),
    PriceStep(200_000, 5_000),
)
"""In the currency's minor unit; the lowest first."""


def step_of(price_minor: int) -> int:
    """Return how far a bid must go beyond a price."""
    return next(band.step_minor for band in reversed(STEPS) if band.from_minor <= price_minor)


class AuctionTerms(msgspec.Struct, frozen=True, tag_field="kind", tag="auction"):
    """What staff choose of an auction; it is not changed once it was armed.

    Attributes:
        sku_id: of which one unit is sold.
        start_minor: the least that counts, in the currency's minor unit.
        reserve_minor: the least that it is sold for; None where the start is. No viewer is shown it.
        countdown_s: from the announcement to the start; one of `COUNTDOWN_S`.
        duration_s: from the start to the end, if no bid comes late; one of `DURATION_S`.
        needs_follow: whether one must follow the host.
        account_minutes: how old one's account must be; None where guests may bid, too.
        per_network: how many people of one network address may bid; None for no limit.
        one_a_phone: whether of all whose parcel would go to the same phone only the first may bid.
    """

    sku_id: Id
    start_minor: Price
    reserve_minor: Price | None = None
    countdown_s: Annotated[int, msgspec.Meta(ge=COUNTDOWN_S.start, lt=COUNTDOWN_S.stop)] = 10
    duration_s: Annotated[int, msgspec.Meta(ge=DURATION_S.start, lt=DURATION_S.stop)] = 60
    needs_follow: bool = False
    account_minutes: AccountMinutes = None
    per_network: PerNetwork = None
    one_a_phone: bool = False


class AuctionOutcome(StrEnum):
    """What came of the bids of an auction."""

    AWARDED = "awarded"  # the winner has an order to pay
    OFFERED = "offered"  # the winner did not pay: the next bidder is asked
    SOLD = "sold"  # and paid
    UNSOLD = "unsold"  # nobody bid enough, or who did took it
    VOID = "void"  # called off


class ShownBid(msgspec.Struct, frozen=True):
    """A bid as everybody sees it; nobody is ever shown a maximum.

    Attributes:
        number: in the order of receipt, 1 for the first.
        after_ms: how long after the start the server received it.
        price_minor: what the unit would have cost then.
        leader_id: who would have had it then.
        is_out: whether it counts no more: its bidder did not pay, or did not want the unit.
        has_moved_end: whether it came so late that it moved the end.
    """

    number: Annotated[int, msgspec.Meta(ge=1, le=MAX_INTEGER)]
    user_id: str
    after_ms: int
    price_minor: int
    leader_id: str
    is_out: bool = False
    has_moved_end: bool = False


class AuctionShown(msgspec.Struct, frozen=True, tag_field="kind", tag="auction"):
    """An auction as everybody sees it; names are in `Campaign.people`, the end in `Campaign.closes_at_ms`.

    Attributes:
        price_minor: what the unit costs as the bids stand; the start price where there is none.
        next_minor: the least maximum that counts now.
        steps: how far bids must go beyond a price; the lowest price first.
        bids: that were accepted.
        bidders: who made them.
        leader_id: who has the highest maximum that counts; empty for nobody.
        extensions: how often late bids moved the end.
        most_extensions: how often they can.
        late_s: how near to the end a bid is late, and by how much it moves the end.
        has_reserve: whether it is sold for more than its start price only.
        is_reserve_met: whether it would be sold as the bids stand.
        outcome: None while bids may still come or are still decided.
        winner_id: who has won the unit; empty for nobody.
        log: the newest bids, the oldest of them first. Before the end `MOST_BIDS_LIVE` of those that changed
            price or leader: a raise of the leader's maximum is not among them, though the count of bids
            and the numbers tell that somebody made one. After it
            `MOST_BIDS_SHOWN` of all; the bundle of the campaign has the rest.
    """

    spu_id: str
    sku_id: str
    currency: str
    start_minor: int
    price_minor: int
    next_minor: int
    steps: list[PriceStep]
    bids: int = 0
    bidders: int = 0
    leader_id: str = ""
    extensions: int = 0
    most_extensions: int = MOST_EXTENSIONS
    late_s: int = LATE_S
    has_reserve: bool = False
    is_reserve_met: bool = False
    needs_follow: bool = False
    account_minutes: int | None = None
    per_network: int | None = None
    one_a_phone: bool = False
    outcome: AuctionOutcome | None = None
    winner_id: str = ""
    log: list[ShownBid] = []


# --- What one has of an auction ---


class AuctionOffer(msgspec.Struct, frozen=True):
    """The winner did not pay: whether one wants the unit.

    Attributes:
        price_minor: what it costs one, without shipping.
        until_ms: when it is the next bidder's turn.
    """

    price_minor: int
    until_ms: int


class MyBid(msgspec.Struct, frozen=True):
    """What one has of an auction; nobody else sees it.

    Attributes:
        address_id: where it goes if one wins; empty before one registered: `POST .../register`.
        shipping_minor: what that costs, as one accepted it.
        max_minor: one's highest maximum; 0 before the first bid.
        is_leading: whether it is the highest of all.
        order_id: of the order that one won; empty for none.
        total_minor: of that order, shipping included.
        pay_until_ms: None where there is nothing to pay.
        offer: None where nothing is offered.
        is_out: whether one's bids count no more.
        is_barred: whether one may bid no more in this shop.
    """

    address_id: str = ""
    shipping_minor: int = 0
    max_minor: int = 0
    is_leading: bool = False
    order_id: str = ""
    total_minor: int = 0
    pay_until_ms: int | None = None
    offer: AuctionOffer | None = None
    is_out: bool = False
    is_barred: bool = False


# --- What bidders do ---


class PlaceBid(CampaignCommand, frozen=True, tag="place_bid"):
    """Bid; who bids has registered. The same key bids once, so that a lost answer can be asked for again.

    Attributes:
        max_minor: the most that one would pay, without shipping. One pays the least step beyond the others.
    """

    max_minor: Price
    key: OnceKey


class BidWish(msgspec.Struct, frozen=True):
    """What `POST /api/v1/campaigns/{campaign_id}/bid` takes; see `PlaceBid`."""

    max_minor: Price
    key: OnceKey


class RegisterBidder(msgspec.Struct, frozen=True):
    """What `POST /api/v1/campaigns/{campaign_id}/register` takes, before the first bid; `MyPart` is answered.

    Whoever bids after that accepts the address, and the `MyBid.shipping_minor` that was answered.

    Attributes:
        address_id: of one's address book.
    """

    address_id: Annotated[str, UpTo(32)]


class OfferAnswer(StrEnum):
    """What one says to what the winner did not pay."""

    ACCEPT = "accept"  # one's order is made at once
    DECLINE = "decline"


class AnswerOffer(msgspec.Struct, frozen=True):
    """What `POST /api/v1/campaigns/{campaign_id}/offer` takes; `MyPart` is answered."""

    answer: OfferAnswer
