"""The purchase transaction: many orders decided in their order, and written with few statements."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection

from backend.contract.orders import Quote
from backend.contract.sale_settings import Profile
from backend.shop.coupons.grants import usable
from backend.shop.flash_sale.sales import FlashPrice, FlashSale, prices_in
from backend.shop.idempotency import FOR_EVER, KeyReused
from backend.shop.orders.accepted import AcceptedOrders
from backend.shop.orders.known import Answered, Known, Placing, read_known
from backend.shop.orders.refusing import over_cap, over_limit, short_of
from backend.shop.orders.results import (
    FlashMissed,
    MethodOff,
    NotDelivered,
    Placed,
    PlaceResult,
    QuoteChanged,
    SkuUnavailable,
)
from backend.shop.pricing.quotes import NO_FLASH, make_quote, merged
from backend.shop.pricing.shipping import rule_for

ROUTE: Final = FOR_EVER


class Decided(msgspec.Struct, frozen=True):
    """What a purchase is answered, and the flash sale whose price it was made at; None for none."""

    result: PlaceResult
    sale: FlashSale | None = None


class PlaceOrders:
    """Places orders; a `BulkOperation` of the group writer.

    Args:
        clock_ms: the time that orders are placed at.
    """

    def __init__(self, clock_ms: Callable[[], int]) -> None:
        self._clock_ms = clock_ms

    def perform(self, connection: Connection, items: Sequence[Placing]) -> Sequence[Decided]:
        """See `BulkOperation.perform`."""
        now_ms = self._clock_ms()
        group = _Group(read_known(connection, items, now_ms), now_ms)
        answers = [group.decide(item) for item in items]
        group.write(connection)
        return answers


class _Group:
    """Purchases of one transaction: what is known, and what is to be written."""

    def __init__(self, known: Known, now_ms: int) -> None:
        self._known = known
        self._now_ms = now_ms
        self._accepted = AcceptedOrders(known, now_ms)

    def write(self, connection: Connection) -> None:
        """Write what was accepted."""
        self._accepted.write(connection)

    def decide(self, item: Placing) -> Decided:
        """Accept a purchase, or say why not."""
        known = self._known.answers.get(item.request.identity)
        if known is not None:
            return Decided(_again(item, known))
        rules = self._known.settings.rules
        if item.wanted.method not in rules.methods:
            return Decided(MethodOff(list(rules.methods)))
        units = merged(item.wanted.lines)
        for sku_id in units:
            if not self._known.is_sold_in(item.room_id, sku_id):
                return Decided(SkuUnavailable(sku_id))
        flash = self._known.flash.prices(
            item.room_id, units, self._known.skus, item.buyer_keys, item.received_at_ms
        )
        quote = self._quote(item, units, flash)
        if isinstance(quote, NotDelivered):
            return Decided(quote)
        if quote.hash != item.wanted.quote_hash:
            return self._missed(item, units, quote)
        return self._decide_at(item, quote, units, flash)

    def _decide_at(
        self, item: Placing, quote: Quote, units: dict[str, int], flash: Mapping[str, FlashPrice]
    ) -> Decided:
        """Accept a purchase at the sum that counts, or say why not."""
        needed = self._accepted.needed(units, flash)
        refused = (
            short_of(self._known, units, needed)
            or over_limit(self._known, item, units)
            or over_cap(self._known, item, units, quote)
        )
        sale = self._known.flash.find(next(iter(flash.values())).campaign_id) if flash else None
        if refused is not None:
            return Decided(refused, sale)
        order = self._accepted.add(item, quote, units, needed, flash)
        self._known.answers[item.request.identity] = Answered(item.request.body_hash, order)
        return Decided(Placed(order), sale)

    def _missed(self, item: Placing, units: dict[str, int], quote: Quote) -> Decided:
        """Say that the sum is another one now, or why a sale's price that the buyer saw is not theirs."""
        for sale in self._known.flash.of(item.room_id, units):
            prices = prices_in(sale, units, self._known.skus)
            seen = self._quote(item, units, prices)
            if not prices or isinstance(seen, NotDelivered) or seen.hash != item.wanted.quote_hash:
                continue
            wanted = {sku_id: units[sku_id] for sku_id in prices}
            missed = self._known.flash.fault(sale, wanted, item.buyer_keys, item.received_at_ms)
            return Decided(QuoteChanged(quote) if missed is None else FlashMissed(missed, quote), sale)
        return Decided(QuoteChanged(quote))

    def _quote(
        self, item: Placing, units: dict[str, int], flash: Mapping[str, FlashPrice] = NO_FLASH
    ) -> Quote | NotDelivered:
        known, address = self._known, item.address
        rule = rule_for(known.settings.shipping, address.country, address.province)
        if rule is None:
            return NotDelivered(address.country, address.province)
        left, settings = known.left(units), known.settings
        return make_quote(
            units,
            known.skus,
            left,
            currency=settings.currency,
            shipping=rule,
            methods=settings.rules.methods,
            coupons=usable(known.coupons.get(item.buyer_id, []), item.wanted.grant_id, self._now_ms),
            names_duty=settings.profile is Profile.EU,
            along=known.parcels.together(item.buyer_id, known.sessions.get(item.room_id, ""), address).along(
                rule
            ),
            flash=flash,
        )


def _again(item: Placing, known: Answered) -> Placed | KeyReused:
    if known.body_hash != item.request.body_hash:
        return KeyReused(item.request.key)
    return Placed(known.order, is_repeat=True)
