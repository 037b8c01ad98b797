"""What money does to an order: each payment counts once, late money takes the stock again or goes back."""

from sqlalchemy import Connection, select, update

from backend.contract.orders import Order, OrderAxis, OrderState, PaymentState
from backend.contract.own_reasons import OwnReason
from backend.shop.coins.crediting import credit_coins, give_share_again, take_share_back
from backend.shop.orders.changes import Step, change_order
from backend.shop.orders.holding import sell_held, take_again
from backend.shop.orders.reading import find_order
from backend.shop.outcomes import Paid
from backend.shop.payments.results import MadeElsewhere
from backend.shop.telling import tell_refunded
from backend.storage.order_tables import ORDER_LINES, ORDERS


class PaidOrders:
    """Lets money change orders, within the transaction of what says that it came or went."""

    def pay_order(
        self, connection: Connection, order_id: str, *, actor: str, reason: str, now_ms: int
    ) -> Paid:
        """Let an order be paid in full; a cancelled one lives again if all it held can be had again.

        One whose buyer asked to be erased stays cancelled: it has no address, or is to lose it.
        """
        order = find_order(connection, order_id)
        if order is None:
            return Paid.GONE
        if order.payment_state is not PaymentState.UNPAID:
            return Paid.ALREADY
        if order.state is OrderState.CANCELLED:
            opening = Step(OrderAxis.ORDER, OrderState.OPEN, actor, OwnReason.PAID_AFTER_ALL, now_ms)
            if _loses_its_person(connection, order_id) or not take_again(connection, order, opening):
                return Paid.GONE
            order = change_order(connection, order, opening, closed_at_ms=None)
        step = Step(OrderAxis.PAYMENT, PaymentState.PAID, actor, reason, now_ms)
        sell_held(connection, order, step)
        order = change_order(connection, order, step, expires_at_ms=None, paid_at_ms=now_ms)
        if order.coins:
            credit_coins(connection, order, now_ms)
            done = Step(OrderAxis.ORDER, OrderState.COMPLETED, actor, OwnReason.COINS_CREDITED, now_ms)
            change_order(connection, order, done, closed_at_ms=now_ms)
        return Paid.DONE

    def refund_order(
        self,
        connection: Connection,
        order_id: str,
        *,
        refunded_minor: int,
        actor: str,
        reason: str,
        now_ms: int,
        elsewhere: MadeElsewhere | None = None,
    ) -> None:
        """Take in what went back of an order in all.

        It cancels nothing and brings no stock back: that is decided where the goods are. Coins that nobody
        here was asked for are taken.
        """
        order = find_order(connection, order_id)
        if order is None or order.payment_state is PaymentState.UNPAID or refunded_minor <= 0:
            return
        if order.coins and elsewhere is not None:
            name, minor, promised = elsewhere.refund_id, elsewhere.amount_minor, elsewhere.promised_minor
            coins = take_share_back(connection, order, name, minor, promised_minor=promised, now_ms=now_ms)
            _count_coins(connection, order, coins)
        is_whole = refunded_minor >= order.total_minor
        to_state = PaymentState.REFUNDED if is_whole else PaymentState.PART_REFUNDED
        if to_state is not order.payment_state:
            step = Step(OrderAxis.PAYMENT, to_state, actor, reason, now_ms)
            order = change_order(connection, order, step)
        tell_refunded(connection, order, refunded_minor, now_ms)

    def take_back_refund(
        self,
        connection: Connection,
        order_id: str,
        *,
        refunded_minor: int,
        actor: str,
        now_ms: int,
        elsewhere: MadeElsewhere | None = None,
    ) -> None:
        """Take in that a refund did not reach the buyer; so much went back in all without it.

        Coins that it took come again, unless it is to be made again.
        """
        order = find_order(connection, order_id)
        if order is None or order.payment_state is PaymentState.UNPAID:
            return
        if order.coins and elsewhere is not None:
            name, promised = elsewhere.refund_id, elsewhere.promised_minor
            coins = give_share_again(connection, order, name, promised_minor=promised, now_ms=now_ms)
            _count_coins(connection, order, -coins)
        to_state = PaymentState.PART_REFUNDED if refunded_minor > 0 else PaymentState.PAID
        step = Step(OrderAxis.PAYMENT, to_state, actor, OwnReason.REFUND_CAME_BACK, now_ms)
        change_order(connection, order, step)


def _count_coins(connection: Connection, order: Order, coins: int) -> None:
    line = ORDER_LINES.c
    counting = update(ORDER_LINES).where(line.order_id == order.order_id, line.line == 1)
    connection.execute(counting.values(refunded=line.refunded + coins))


def _loses_its_person(connection: Connection, order_id: str) -> bool:
    query = select(ORDERS.c.is_erased | ORDERS.c.erase_at_ms.is_not(None))
    return bool(connection.scalar(query.where(ORDERS.c.order_id == order_id)))
