"""Purchases that are accepted in one transaction: what they hold, and how they are written."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, Table

from backend.contract.orders import Order, PaymentState, Quote
from backend.shop.catalog.announcing import stock_messages
from backend.shop.catalog.listing import rooms_showing
from backend.shop.catalog.skus import read_holders
from backend.shop.coupons.grants import hold_grants
from backend.shop.flash_sale.holds import RESERVED, SOLD
from backend.shop.flash_sale.sales import FlashPrice
from backend.shop.flash_sale.taking import FlashTaking
from backend.shop.idempotency import answer_row
from backend.shop.orders.kept import keep_order
from backend.shop.orders.known import Known, Placing
from backend.shop.orders.limits import count_bought
from backend.shop.orders.new_order import change_row, line_rows, new_order, order_row
from backend.shop.orders.unpaid import Unpaid, hold_rows
from backend.shop.outbox import OutboxMessage, order_placed, write_outbox
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

CREATED: Final = 201


class AcceptedOrders:
    """Accepted purchases until they are written.

    Args:
        known: what the transaction read; what is accepted changes it for what is decided after.
    """

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

    def needed(self, units: Mapping[str, int], flash: Mapping[str, FlashPrice]) -> dict[str, int]:
        """Return what of the stock a purchase takes, beside what it takes of flash sales."""
        return stock_needed(self._flash.from_stock(units, flash), self._known.components())

    def add(
        self,
        item: Placing,
        quote: Quote,
        units: dict[str, int],
        needed: dict[str, int],
        flash: Mapping[str, FlashPrice],
    ) -> Order:
        """Take what a purchase holds, for those after it too, and return its order."""
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
        return order

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

    def _stock_changes(self, connection: Connection) -> list[OutboxMessage]:
        known = self._known
        moved: Counter[str] = Counter()
        for move in self._moves:
            moved[move.sku_id] += move.reserved - move.on_hand
        # What a quota gave was never free.
        holders = read_holders(connection, {sku_id for sku_id, count in moved.items() if count})
        rooms = rooms_showing(connection, {spu_id for of_sku in holders.values() for spu_id in of_sku})
        return stock_messages(holders, rooms, known.available, known.sessions)
