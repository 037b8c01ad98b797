"""The auction as a kind of campaign."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import msgspec
from sqlalchemy import Connection
from typing_extensions import override

from backend.contract.auctions import (
    MOST_BIDS_LIVE,
    MOST_BIDS_SHOWN,
    STEPS,
    AuctionOutcome,
    AuctionShown,
    AuctionTerms,
    ShownBid,
)
from backend.contract.campaigns import (
    OVER,
    CampaignDetail,
    CampaignKind,
    CampaignPhase,
    EndReason,
    MyPart,
)
from backend.contract.currency import plain_amount
from backend.contract.orders import Order, PaymentMethod
from backend.contract.sale_settings import Profile
from backend.shop.auction.holds import HoldState, carve_unit
from backend.shop.campaigns.auction.bidding import Bidding, PlaceBids
from backend.shop.campaigns.auction.bids import (
    Bid,
    Progress,
    auction_terms,
    progress_of,
    read_bids,
    read_seen_bids,
    read_standing,
    read_taken_out,
)
from backend.shop.campaigns.auction.my_bid import part_of
from backend.shop.campaigns.auction.settling import end, find_result, go_on, newest_hold
from backend.shop.campaigns.closing import move_on_until_drained
from backend.shop.campaigns.kind import ActResult, CampaignAct, Kind, NotArmed, Result
from backend.shop.campaigns.refusals import tenth_of
from backend.shop.campaigns.rows import CampaignRow, Change, terms_of
from backend.shop.campaigns.takings import paid_minor
from backend.shop.campaigns.telling import tell_rooms
from backend.shop.catalog.announcing import announce_stock
from backend.shop.catalog.listing import read_listed
from backend.shop.catalog.skus import CatalogSku, read_skus
from backend.shop.orders.cancel import cancel_order
from backend.shop.settings import ShopSettings, read_settings
from backend.shop.stock.movements import NotEnoughStockError, move_stock
from backend.storage.writer import BulkOperation

CALLED_OFF: Final = "the auction was called off"

AUCTIONS_OFF: Final = NotArmed(
    "auctions_off",
    "Auctions need a licence under the rules of China, which this shop follows. Once you have one, "
    "turn auctions on in the shop's settings.",
)
NOT_PAID_ONLINE: Final = NotArmed(
    "not_paid_online",
    "Who wins an auction pays online. Turn online payment on in the shop's settings.",
)
UNKNOWN_SKU: Final = NotArmed("sku_unavailable", "This product is not on sale in this room.")
BUNDLE: Final = NotArmed("bundle", "A set that is made of other products cannot be auctioned.")
NO_STOCK: Final = NotArmed("no_stock", "No unit of it is free. Add stock first.")
RESERVE_BELOW_START: Final = NotArmed(
    "reserve_below_start", "The reserve price is below the start price. Raise it, or leave it empty."
)
ENDS_ALREADY: Final = NotArmed("over", "It is over already.")
BEING_PAID: Final = NotArmed("being_paid", "The winner is paying it now. Wait for that.")


class AuctionKind(Kind):
    """Sells one unit to who bids most; it is carved out of the stock when the auction is armed."""

    name: ClassVar = CampaignKind.AUCTION
    needs_reason: ClassVar = True

    def __init__(self) -> None:
        self._bidding = PlaceBids(self._tell)

    @property
    @override
    def acts(self) -> Mapping[type[CampaignAct], BulkOperation[Any, ActResult]]:
        return {Bidding: self._bidding}

    @override
    def is_in_the_way(self, row: CampaignRow) -> bool:
        # While one winner pays, the next unit can be auctioned.
        return row.phase is not CampaignPhase.DRAWING

    @override
    def arm(self, connection: Connection, row: CampaignRow, now_ms: int) -> Change | NotArmed:
        terms, settings = auction_terms(terms_of(row.terms)), read_settings(connection)
        sku = read_skus(connection, [terms.sku_id]).get(terms.sku_id)
        if sku is None or (row.room_id, sku.spu_id) not in read_listed(
            connection, [row.room_id], [sku.spu_id]
        ):
            return UNKNOWN_SKU
        if wrong := _wrong_with(terms, sku, settings):
            return wrong
        moves = [carve_unit(sku.sku_id)]
        try:
            move_stock(
                connection, moves, reason=row.campaign_id, order_id=None, actor=row.actor, at_ms=now_ms
            )
        except NotEnoughStockError:
            return NO_STOCK
        announce_stock(connection, {sku.sku_id}, now_ms)
        progress = msgspec.json.encode(Progress(sku.spu_id, settings.currency))
        return Change(CampaignPhase.PREHEAT, row.opens_at_ms, progress=progress)

    @override
    def move_on(self, connection: Connection, row: CampaignRow, now_ms: int) -> Change:
        if row.phase is CampaignPhase.DRAWING:
            return go_on(connection, row, now_ms)
        return move_on_until_drained(row, now_ms) or find_result(connection, row, now_ms)

    @override
    def stop(
        self, connection: Connection, row: CampaignRow, reason: EndReason, now_ms: int
    ) -> Change | NotArmed:
        hold = newest_hold(connection, row.campaign_id)
        if hold is not None and hold.state is HoldState.SOLD:
            return ENDS_ALREADY
        if hold is not None and hold.state is HoldState.RESERVED:
            ended = cancel_order(connection, hold.order_id, actor=row.actor, reason=CALLED_OFF, at_ms=now_ms)
            if not isinstance(ended, Order):
                return BEING_PAID
        return end(connection, row, AuctionOutcome.VOID, now_ms, reason)

    @override
    def show(self, connection: Connection, row: CampaignRow) -> CampaignDetail:
        terms, progress = auction_terms(terms_of(row.terms)), progress_of(row)
        standing = read_standing(connection, row)
        is_won = progress.outcome in {AuctionOutcome.AWARDED, AuctionOutcome.SOLD}
        return AuctionShown(
            spu_id=progress.spu_id,
            sku_id=terms.sku_id,
            currency=progress.currency,
            start_minor=terms.start_minor,
            price_minor=standing.price_minor,
            next_minor=standing.next_minor,
            steps=list(STEPS),
            bids=progress.bids,
            bidders=progress.bidders,
            leader_id="" if standing.leader is None else standing.leader.user_id,
            extensions=progress.extensions,
            has_reserve=terms.reserve_minor is not None,
            is_reserve_met=standing.is_reserve_met,
            needs_follow=terms.needs_follow,
            account_minutes=terms.account_minutes,
            per_network=terms.per_network,
            one_a_phone=terms.one_a_phone,
            outcome=progress.outcome,
            winner_id=progress.asked_id if is_won else "",
            log=_log(connection, row),
        )

    @override
    def bundle(self, connection: Connection, row: CampaignRow) -> str | None:
        if not row.is_over:
            return None
        log = shown_bids(connection, row, read_bids(connection, row.campaign_id))
        return msgspec.json.encode({"campaign_id": row.campaign_id, "bids": log}).decode()

    @override
    def result(self, connection: Connection, row: CampaignRow) -> Result:
        bids = read_bids(connection, row.campaign_id)
        tenths = Counter(tenth_of(bid.at_ms, row.opens_at_ms) for bid in bids)
        people = len({bid.user_id for bid in bids})
        return Result(tenths, people, gmv_minor=paid_minor(connection, row.campaign_id))

    @override
    def part_of(self, connection: Connection, row: CampaignRow, user_id: str) -> MyPart:
        return part_of(connection, row, user_id)

    def _tell(self, connection: Connection, row: CampaignRow, now_ms: int) -> None:
        tell_rooms(connection, {self.name: self}, [row], now_ms)


def _log(connection: Connection, row: CampaignRow) -> list[ShownBid]:
    if row.phase in OVER:
        return shown_bids(connection, row, read_bids(connection, row.campaign_id, MOST_BIDS_SHOWN))
    return shown_bids(connection, row, read_seen_bids(connection, row.campaign_id, MOST_BIDS_LIVE))


def shown_bids(connection: Connection, row: CampaignRow, bids: Sequence[Bid]) -> list[ShownBid]:
    """Return bids as everybody sees them."""
    out, moved_end = read_taken_out(connection, row.campaign_id), progress_of(row).moved_end
    return [
        ShownBid(
            bid.number,
            bid.user_id,
            bid.at_ms - row.opens_at_ms,
            bid.price_minor,
            bid.leader_id,
            bid.user_id in out,
            bid.number in moved_end,
        )
        for bid in bids
    ]


def _wrong_with(terms: AuctionTerms, sku: CatalogSku, settings: ShopSettings) -> NotArmed | None:
    if settings.profile is Profile.CN and not settings.rules.has_auction_licence:
        return AUCTIONS_OFF
    if PaymentMethod.ONLINE not in settings.rules.methods:
        return NOT_PAID_ONLINE
    if sku.components:
        return BUNDLE
    if terms.reserve_minor is not None and terms.reserve_minor < terms.start_minor:
        return RESERVE_BELOW_START
    least = terms.start_minor if terms.reserve_minor is None else terms.reserve_minor
    if least < sku.floor_minor:
        floor = plain_amount(sku.floor_minor, settings.currency)
        return NotArmed(
            "below_floor",
            f"The lowest price that this product may have is {floor}. Start there, or reserve that price.",
        )
    return None
