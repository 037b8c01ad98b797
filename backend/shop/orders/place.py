"""The purchase transaction: many orders decided in their order, and written with few statements."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, Table

from backend.contract.orders import Order, PaymentState, Quote
from backend.contract.sale_settings import Profile
from backend.shop.catalog.announcing import stock_messages
from backend.shop.catalog.listing import rooms_showing
from backend.shop.catalog.skus import read_holders
from backend.shop.coupons.grants import hold_grants, usable
from backend.shop.flash_sale.holds import RESERVED, SOLD
from backend.shop.flash_sale.sales import FlashPrice, FlashSale, prices_in
from backend.shop.flash_sale.taking import FlashTaking
from backend.shop.idempotency import FOR_EVER, KeyReused, answer_row
from backend.shop.orders.kept import keep_order
from backend.shop.orders.known import Answered, Known, Placing, read_known
from backend.shop.orders.limits import count_bought
from backend.shop.orders.new_order import change_row, line_rows, new_order, order_row
from backend.shop.orders.results import (
    FlashMissed,
    LimitReached,
    MethodOff,
    NotDelivered,
    Placed,
    PlaceResult,
    QuoteChanged,
    SkuUnavailable,
    SoldOut,
    UnpaidTooMuch,
)
from backend.shop.orders.unpaid import Unpaid, hold_rows
from backend.shop.outbox import OutboxMessage, order_placed, write_outbox
from backend.shop.pricing.quotes import NO_FLASH, make_quote, merged
from backend.shop.pricing.shipping import rule_for
from backend.shop.stock.movements import StockMove, count_moves, move_row, reserve, sell, stock_needed
from backend.shop.telling import tell_paid
from backend.storage.bulk import insert_rows
from backend.storage.catalog_tables import STOCK_MOVEMENTS
from backend.storage.order_tables import (
    IDEMPOTENCY_KEYS,
    ORDER_CHANGES,
    ORDER_LINES,
    ORDERS,
    UNPAID_HOLDS,
)

ROUTE: Final = FOR_EVER
CREATED: Final = 201


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
        self._rows: dict[Table, list[dict[str, object]]] = {
            table: []
            for table in (
                ORDERS,
                ORDER_LINES,
                ORDER_CHANGES,
                UNPAID_HOLDS,
                STOCK_MOVEMENTS,
                IDEMPOTENCY_KEYS,
            )
        }
        self._moves: list[StockMove] = []
        self._bought: Counter[tuple[str, str]] = Counter()
        self._messages: list[OutboxMessage] = []
        self._paid: list[Order] = []
        self._grants: dict[str, str] = {}
        self._flash = FlashTaking(known.flash)

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
        needed = stock_needed(self._flash.from_stock(units, flash), self._known.components())
        refused = (
            self._short(units, needed) or self._over_limit(item, units) or self._over_cap(item, units, quote)
        )
        sale = self._known.flash.find(next(iter(flash.values())).campaign_id) if flash else None
        return Decided(refused or self._accept(item, quote, units, needed, flash), sale)

    def write(self, connection: Connection) -> None:
        """Write what was accepted; the rows that most purchases touch come last."""
        if not self._moves:
            return
        for table, rows in self._rows.items():
            insert_rows(connection, table, rows)
        self._flash.write(connection, self._now_ms)
        hold_grants(connection, self._grants)
        count_bought(connection, self._bought)
        messages = [*self._messages, *self._stock_changes(connection)]
        write_outbox(connection, messages, self._now_ms)
        tell_paid(connection, self._paid, self._now_ms)
        count_moves(connection, self._moves)

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

    def _short(self, units: dict[str, int], needed: dict[str, int]) -> SoldOut | None:
        if all(count <= self._known.available[sku_id] for sku_id, count in needed.items()):
            return None
        left = self._known.left(units)
        worst = min(units, key=lambda sku_id: left[sku_id] - units[sku_id])
        # Of a SKU and a bundle that holds it, each may be there, but not both.
        return SoldOut(worst, min(left[worst], units[worst] - 1))

    def _over_limit(self, item: Placing, units: dict[str, int]) -> LimitReached | None:
        for sku_id, quantity in units.items():
            limit = self._known.skus[sku_id].limit_per_buyer
            if limit is None:
                continue
            had = [self._known.limited.get((sku_id, key), 0) for key in item.buyer_keys]
            if max(had) + quantity > limit:
                # What a phone or an address bought is for no other account to know.
                is_own = had[0] == max(had)
                return LimitReached(sku_id, limit, max(limit - had[0], 0) if is_own else 0)
        return None

    def _over_cap(self, item: Placing, units: dict[str, int], quote: Quote) -> UnpaidTooMuch | None:
        if quote.total_minor == 0:
            return None
        rules = self._known.settings.rules
        cap = rules.unpaid_guest if item.is_guest else rules.unpaid
        more = Unpaid(1, sum(units.values()))
        for key in item.buyer_keys:
            held = self._known.unpaid.get(key, Unpaid()) + more
            if held.orders > cap.orders or held.units > cap.units:
                return UnpaidTooMuch(cap, item.is_guest)
        return None

    def _accept(
        self,
        item: Placing,
        quote: Quote,
        units: dict[str, int],
        needed: dict[str, int],
        flash: Mapping[str, FlashPrice],
    ) -> Placed:
        number = self._known.numbers.pop()
        order = new_order(item, quote, self._known.skus, number=number, now_ms=self._now_ms)
        session_id = self._known.sessions.get(item.room_id, "")
        taken = self._take_flash(item, order, units, flash)
        self._hold(item, order, units, needed, taken)
        self._hold_coupon(item, order)
        rows, skus = self._rows, self._known.skus
        language = item.wanted.language
        rows[ORDERS].append(order_row(order, session_id=session_id, quote_hash=quote.hash, language=language))
        rows[ORDER_LINES] += line_rows(order, skus, session_id)
        rows[ORDER_CHANGES] += [change_row(order.order_id, change) for change in order.changes]
        self._messages.append(OutboxMessage(item.room_id, session_id, order_placed(order, units)))
        self._keep(item, order)
        return Placed(order)

    def _take_flash(
        self, item: Placing, order: Order, units: dict[str, int], flash: Mapping[str, FlashPrice]
    ) -> list[StockMove]:
        handed = self._flash.take(
            order.order_id,
            units,
            flash,
            item.buyer_keys,
            received_at_ms=item.received_at_ms,
            state=SOLD if order.payment_state is PaymentState.PAID else RESERVED,
        )
        self._moves += handed
        # These are the sale's, which has no order.
        self._rows[STOCK_MOVEMENTS] += [
            move_row(move, reason="placed", order_id=None, actor=item.buyer_id, at_ms=self._now_ms)
            for move in handed
        ]
        return handed

    def _hold(
        self,
        item: Placing,
        order: Order,
        units: dict[str, int],
        needed: dict[str, int],
        handed: list[StockMove],
    ) -> None:
        held = Counter(needed)
        for move in handed:
            held[move.sku_id] -= move.reserved
        moves = [reserve(sku_id, count) for sku_id, count in held.items()]
        if order.payment_state is PaymentState.PAID:
            moves += [sell(sku_id, count) for sku_id, count in held.items()]
            self._paid.append(order)
        self._moves += moves
        self._known.available.subtract(needed)
        self._rows[STOCK_MOVEMENTS] += [
            move_row(move, reason="placed", order_id=order.order_id, actor=item.buyer_id, at_ms=self._now_ms)
            for move in moves
        ]
        if order.payment_state is PaymentState.UNPAID:
            waiting = Unpaid(1, sum(units.values()))
            self._rows[UNPAID_HOLDS] += hold_rows(order.order_id, item.buyer_keys, waiting.units)
            for key in item.buyer_keys:
                self._known.unpaid[key] = self._known.unpaid.get(key, Unpaid()) + waiting
        for sku_id, quantity in units.items():
            if self._known.skus[sku_id].limit_per_buyer is not None:
                for key in item.buyer_keys:
                    self._known.limited[sku_id, key] += quantity
                    self._bought[sku_id, key] += quantity

    def _hold_coupon(self, item: Placing, order: Order) -> None:
        if order.grant_id is None:
            return
        self._grants[order.grant_id] = order.order_id
        held = self._known.coupons[item.buyer_id]
        self._known.coupons[item.buyer_id] = [one for one in held if one.grant_id != order.grant_id]

    def _keep(self, item: Placing, order: Order) -> None:
        self._rows[IDEMPOTENCY_KEYS].append(
            answer_row(item.request, status=CREATED, answer=keep_order(order), at_ms=self._now_ms)
        )
        self._known.answers[item.request.identity] = Answered(item.request.body_hash, order)

    def _stock_changes(self, connection: Connection) -> list[OutboxMessage]:
        known = self._known
        moved: Counter[str] = Counter()
        for move in self._moves:
            moved[move.sku_id] += move.reserved - move.on_hand
        # What a quota gave was never free.
        holders = read_holders(connection, {sku_id for sku_id, count in moved.items() if count})
        rooms = rooms_showing(connection, {spu_id for of_sku in holders.values() for spu_id in of_sku})
        return stock_messages(holders, rooms, known.available, known.sessions)


def _again(item: Placing, known: Answered) -> Placed | KeyReused:
    if known.body_hash != item.request.body_hash:
        return KeyReused(item.request.key)
    return Placed(known.order, is_repeat=True)
