"""Auctions as they are kept: who may bid, their maxima, and the bids in their order.

The functions run inside the caller's transaction.
"""

from collections.abc import Collection, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, update

from backend.contract.addresses import Address
from backend.contract.auctions import AuctionOutcome, AuctionTerms
from backend.contract.campaigns import CampaignTerms
from backend.shop.campaigns.auction.standing import Maximum, Standing, standing_of
from backend.shop.campaigns.rows import CampaignRow, terms_of
from backend.storage.auction_tables import AUCTION_BIDDERS, AUCTION_BIDS
from backend.storage.bulk import insert_rows
from backend.storage.database import read_rows

_BIDDER: Final = AUCTION_BIDDERS.c
_BID: Final = AUCTION_BIDS.c
_BEFORE: Final = AUCTION_BIDS.alias("before")
# The first bid shows who leads; later ones may be raises of who leads already, which others do not see.
_IS_SEEN: Final = or_(
    _BEFORE.c.number.is_(None),
    _BEFORE.c.price_minor != _BID.price_minor,
    _BEFORE.c.leader_id != _BID.leader_id,
)
_RAISE: Final = (
    update(AUCTION_BIDDERS)
    .where(_BIDDER.campaign_id == bindparam("b_campaign_id"), _BIDDER.user_id == bindparam("b_user_id"))
    .values(
        max_minor=bindparam("b_max_minor"),
        max_at_ms=bindparam("b_at_ms"),
        max_number=bindparam("b_number"),
    )
)


class Progress(msgspec.Struct, frozen=True):
    """What an auction keeps beside its terms and its bids.

    Attributes:
        extensions: how often late bids moved the end.
        bids: that were accepted.
        bidders: who made them.
        asked_id: who has the order to pay, or is asked whether they want the unit; empty for nobody.
        asked_until_ms: when it is the next one's turn, of who is asked; None where nobody is.
        moved_end: the numbers of the bids that moved the end.
    """

    spu_id: str
    currency: str
    extensions: int = 0
    bids: int = 0
    bidders: int = 0
    outcome: AuctionOutcome | None = None
    asked_id: str = ""
    asked_until_ms: int | None = None
    moved_end: tuple[int, ...] = ()


class Bidder(msgspec.Struct, frozen=True):
    """Who may bid; see `backend.storage.auction_tables`."""

    user_id: str
    address_id: str
    address: str
    phone_key: str
    shipping_minor: int
    max_minor: int = 0
    max_at_ms: int = 0
    max_number: int = 0
    is_out: bool = False

    @property
    def has_bid(self) -> bool:
        """Whether there is a bid of theirs."""
        return self.max_number > 0


class Bid(msgspec.Struct, frozen=True):
    """A bid that was accepted; see `backend.storage.auction_tables`."""

    number: int
    user_id: str
    key: str
    max_minor: int
    at_ms: int
    price_minor: int
    leader_id: str


def auction_terms(terms: CampaignTerms) -> AuctionTerms:
    """Return terms as those of an auction.

    Raises:
        TypeError: they are of another kind.
    """
    if not isinstance(terms, AuctionTerms):
        raise TypeError(f"expected the terms of an auction, got {type(terms).__name__}")
    return terms


def progress_of(row: CampaignRow) -> Progress:
    """Return what an auction keeps beside its terms."""
    return msgspec.json.decode(row.progress, type=Progress)


def read_bidders(connection: Connection, campaign_id: str, user_ids: Collection[str]) -> dict[str, Bidder]:
    """Return which of these may bid, or might, by user."""
    columns = [_BIDDER[name] for name in Bidder.__struct_fields__]
    is_one = _BIDDER.campaign_id == campaign_id, _BIDDER.user_id.in_(sorted(user_ids))
    rows = read_rows(connection, select(*columns).where(*is_one))
    found = [msgspec.convert(row, Bidder, strict=False) for row in rows]
    return {one.user_id: one for one in found}


def read_standing(connection: Connection, row: CampaignRow) -> Standing:
    """Return how the bids stand that count, by the two highest maxima in the order of `Maximum.rank`."""
    terms = auction_terms(terms_of(row.terms))
    counts = _BIDDER.campaign_id == row.campaign_id, _BIDDER.max_number > 0, _BIDDER.is_out.is_(False)
    highest = (
        select(
            _BIDDER.user_id,
            _BIDDER.max_minor,
            _BIDDER.max_at_ms.label("at_ms"),
            _BIDDER.max_number.label("number"),
        )
        .where(*counts)
        .order_by(_BIDDER.max_minor.desc(), _BIDDER.max_at_ms, _BIDDER.max_number)
        .limit(2)
    )
    maxima = msgspec.convert(read_rows(connection, highest), list[Maximum])
    return standing_of(terms.start_minor, terms.reserve_minor, maxima)


def read_taken_out(connection: Connection, campaign_id: str) -> set[str]:
    """Return whose bids count no more."""
    is_out = _BIDDER.campaign_id == campaign_id, _BIDDER.is_out.is_(True)
    return set(connection.scalars(select(_BIDDER.user_id).where(*is_out)))


def save_bidder(connection: Connection, campaign_id: str, bidder: Bidder) -> None:
    """Write who may bid and where it goes then; their bids stay."""
    is_this = _BIDDER.campaign_id == campaign_id, _BIDDER.user_id == bidder.user_id
    named = {name: getattr(bidder, name) for name in ("address_id", "address", "phone_key", "shipping_minor")}
    if connection.execute(update(AUCTION_BIDDERS).where(*is_this).values(named)).rowcount == 0:
        connection.execute(
            insert(AUCTION_BIDDERS).values(campaign_id=campaign_id, user_id=bidder.user_id, **named)
        )


def address_of(bidder: Bidder) -> Address:
    """Return where it goes if somebody wins."""
    return msgspec.json.decode(bidder.address, type=Address)


def take_out(connection: Connection, campaign_id: str, user_id: str) -> None:
    """Let the bids of somebody count no more."""
    is_this = _BIDDER.campaign_id == campaign_id, _BIDDER.user_id == user_id
    connection.execute(update(AUCTION_BIDDERS).where(*is_this).values(is_out=True))


def forget_addresses(connection: Connection, campaign_id: str) -> None:
    """Keep no addresses of an auction that is over; who only registered is forgotten."""
    is_of = _BIDDER.campaign_id == campaign_id
    connection.execute(delete(AUCTION_BIDDERS).where(is_of, _BIDDER.max_number == 0))
    connection.execute(update(AUCTION_BIDDERS).where(is_of).values(address="", address_id=""))


def add_bids(connection: Connection, campaign_id: str, bids: Sequence[Bid]) -> None:
    """Write bids, the first first, and the maxima that they made."""
    raised = {bid.user_id: bid for bid in bids}
    rows: list[dict[str, object]] = [
        {
            "b_campaign_id": campaign_id,
            "b_user_id": user_id,
            "b_max_minor": bid.max_minor,
            "b_at_ms": bid.at_ms,
            "b_number": bid.number,
        }
        for user_id, bid in sorted(raised.items())
    ]
    connection.execute(_RAISE, rows)
    insert_rows(
        connection,
        AUCTION_BIDS,
        [{"campaign_id": campaign_id, **msgspec.structs.asdict(bid)} for bid in bids],
    )


def keys_in(connection: Connection, campaign_id: str, user_ids: Collection[str]) -> dict[str, set[str]]:
    """Return the keys of the bids that each of these people made; who made none is left out."""
    is_theirs = _BID.campaign_id == campaign_id, _BID.user_id.in_(sorted(user_ids))
    found: dict[str, set[str]] = {}
    for user_id, key in connection.execute(select(_BID.user_id, _BID.key).where(*is_theirs)):
        found.setdefault(str(user_id), set()).add(str(key))
    return found


def read_bids(connection: Connection, campaign_id: str, most: int | None = None) -> list[Bid]:
    """Return the newest bids, the oldest of them first; None for all."""
    columns = [_BID[name] for name in Bid.__struct_fields__]
    query = select(*columns).where(_BID.campaign_id == campaign_id).order_by(_BID.number.desc()).limit(most)
    return msgspec.convert(read_rows(connection, query), list[Bid])[::-1]


def read_seen_bids(connection: Connection, campaign_id: str, most: int) -> list[Bid]:
    """Return the newest bids that changed price or leader, the oldest of them first."""
    columns = [_BID[name] for name in Bid.__struct_fields__]
    is_before = and_(_BEFORE.c.campaign_id == _BID.campaign_id, _BEFORE.c.number == _BID.number - 1)
    query = (
        select(*columns)
        .select_from(AUCTION_BIDS.outerjoin(_BEFORE, is_before))
        .where(_BID.campaign_id == campaign_id, _IS_SEEN)
        .order_by(_BID.number.desc())
        .limit(most)
    )
    return msgspec.convert(read_rows(connection, query), list[Bid])[::-1]
