"""What bidders do besides bidding: say where it goes, and take or leave what the winner did not pay."""

from collections.abc import Callable
from functools import partial

import msgspec
from sqlalchemy import Connection

from backend.contract.addresses import Address
from backend.contract.auctions import AuctionOutcome, OfferAnswer
from backend.contract.base import RejectReason
from backend.contract.campaigns import CampaignKind, MyPart
from backend.shop.campaigns.auction.bidding import TAKES_BIDS
from backend.shop.campaigns.auction.bids import (
    Bidder,
    auction_terms,
    progress_of,
    read_standing,
    save_bidder,
)
from backend.shop.campaigns.auction.my_bid import is_barred
from backend.shop.campaigns.auction.settling import ask_next, award
from backend.shop.campaigns.kind import Kind
from backend.shop.campaigns.rows import CampaignRow, Change, change_campaign, find_campaign, terms_of
from backend.shop.campaigns.telling import tell_rooms
from backend.shop.catalog.skus import read_known_skus
from backend.shop.customers.address_book import find_address
from backend.shop.customers.address_check import BadAddress, checked_address
from backend.shop.customers.buyer_keys import keys_of, read_key_secret
from backend.shop.orders.carved import quote_carved
from backend.shop.orders.results import AddressMissing, NotDelivered
from backend.shop.people import Person
from backend.shop.pricing.shipping import rule_for
from backend.shop.settings import read_settings
from backend.storage.database import StorageError
from backend.storage.writer import GroupWriter

Refused = RejectReason | AddressMissing | BadAddress | NotDelivered
BidderResult = MyPart | Refused


class Auctions:
    """The auctions of the shop, for who bids; all methods may raise `StorageError` and `BusyError`.

    Args:
        kind: that of auctions.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, writer: GroupWriter, kind: Kind, *, clock_ms: Callable[[], int]) -> None:
        self._writer = writer
        self._kind = kind
        self._clock_ms = clock_ms

    async def register(self, person: Person, campaign_id: str, address_id: str) -> BidderResult:
        """Note where it goes if a person wins, and what that costs; both are accepted by bidding."""
        act = partial(self._register, person=person, campaign_id=campaign_id, address_id=address_id)
        return await self._writer.run(act)

    async def answer_offer(self, person: Person, campaign_id: str, answer: OfferAnswer) -> BidderResult:
        """Take what the winner did not pay, or leave it to the next bidder."""
        act = partial(self._answer_offer, person=person, campaign_id=campaign_id, answer=answer)
        return await self._writer.run(act)

    def _register(
        self, connection: Connection, person: Person, campaign_id: str, address_id: str
    ) -> BidderResult:
        row = _auction_of(connection, person, campaign_id)
        if isinstance(row, RejectReason):
            return row
        if row.phase not in TAKES_BIDS:
            return RejectReason.EXPIRED
        bidder = _bidder(connection, row, person, address_id)
        if not isinstance(bidder, Bidder):
            return bidder
        if is_barred(connection, bidder):
            return RejectReason.BARRED
        save_bidder(connection, campaign_id, bidder)
        return self._kind.part_of(connection, row, person.user_id)

    def _answer_offer(
        self, connection: Connection, person: Person, campaign_id: str, answer: OfferAnswer
    ) -> BidderResult:
        row, now_ms = _auction_of(connection, person, campaign_id), self._clock_ms()
        if isinstance(row, RejectReason):
            return row
        progress = progress_of(row)
        if progress.asked_id == person.user_id and progress.outcome is AuctionOutcome.AWARDED:
            return self._kind.part_of(connection, row, person.user_id)  # it was answered before
        is_asked = progress.asked_id == person.user_id and progress.outcome is AuctionOutcome.OFFERED
        if not is_asked or now_ms >= (progress.asked_until_ms or now_ms):
            return RejectReason.EXPIRED
        changed = change_campaign(connection, row, _answered(connection, row, person.user_id, answer, now_ms))
        if changed is None:
            raise StorageError(f"The campaign {campaign_id} changed while its unit was offered.")
        tell_rooms(connection, {self._kind.name: self._kind}, [changed], now_ms)
        return self._kind.part_of(connection, changed, person.user_id)


def _auction_of(connection: Connection, person: Person, campaign_id: str) -> CampaignRow | RejectReason:
    if person.is_staff or person.is_seller:
        return RejectReason.IS_STAFF
    row = find_campaign(connection, campaign_id)
    if row is None or row.room_id != person.room_id or row.kind is not CampaignKind.AUCTION:
        return RejectReason.UNKNOWN_CAMPAIGN
    return row


def _bidder(
    connection: Connection, row: CampaignRow, person: Person, address_id: str
) -> Bidder | AddressMissing | BadAddress | NotDelivered:
    saved = find_address(connection, person.buyer_id, address_id)
    if saved is None:
        return AddressMissing()
    address = checked_address(saved)
    if isinstance(address, BadAddress):
        return address
    shipping_minor = _shipping_minor(connection, row, address)
    if shipping_minor is None:
        return NotDelivered(address.country, address.province)
    _, phone, _ = keys_of(person.buyer_id, address, read_key_secret(connection))
    return Bidder(person.user_id, address_id, msgspec.json.encode(address).decode(), phone, shipping_minor)


def _shipping_minor(connection: Connection, row: CampaignRow, address: Address) -> int | None:
    """Return what sending costs at most: a higher price may be sent for less, never for more."""
    terms, settings = auction_terms(terms_of(row.terms)), read_settings(connection)
    rule = rule_for(settings.shipping, address.country, address.province)
    if rule is None:
        return None
    sku = read_known_skus(connection, [terms.sku_id])[terms.sku_id]
    return quote_carved(row.campaign_id, sku, terms.start_minor, rule, settings).shipping_minor


def _answered(
    connection: Connection, row: CampaignRow, user_id: str, answer: OfferAnswer, now_ms: int
) -> Change:
    if answer is OfferAnswer.DECLINE:
        return ask_next(connection, row, user_id, now_ms)
    return award(connection, row, user_id, read_standing(connection, row).price_minor, now_ms)
