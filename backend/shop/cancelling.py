"""Cancels orders that are not paid: first nobody takes money for them any more, then they are let go."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from backend.contract.orders import Order, OrderState, PaymentState
from backend.shop.idempotency import KeyReused, Recalled, Request, answered
from backend.shop.orders.kept import orders_for
from backend.shop.orders.results import NotAllowedNow, PaymentUnderWay
from backend.shop.outcomes import Closing
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database

# A buyer who opens attempt after attempt while cancelling is refused in the end.
MOST_TRIES: Final = 3

CancelResult = Order | NotAllowedNow | PaymentUnderWay | KeyReused | None


class Cancelling:
    """Cancels orders, whatever their buyer does at the cashier meanwhile.

    Args:
        ask_closing: closes the attempts to pay an order, and says whether money may still come.
    """

    def __init__(
        self, database: Database, shop: Shop, *, ask_closing: Callable[[str], Awaitable[Closing]]
    ) -> None:
        self._database = database
        self._shop = shop
        self._ask_closing = ask_closing

    async def cancel(self, person: Person, order_id: str, reason: str, request: Request) -> CancelResult:
        """Cancel an order once; None where there is none that the person may see.

        Between the closing and the transaction another attempt may be opened. The transaction refuses then,
        and what was opened is closed as well.
        """
        # A key that was used before closes nothing, whatever it is sent with.
        kept = await asyncio.to_thread(self._answered, person, request)
        if kept is not None:
            return kept.answer
        result: CancelResult = None
        for _ in range(MOST_TRIES):
            order = await self._shop.order(person, order_id)
            if order is None:
                return None
            if _waits_for_money(order) and await self._ask_closing(order_id) is Closing.PROCESSING:
                return PaymentUnderWay(order)
            result = await self._shop.cancel(person, order_id, reason, request)
            if not isinstance(result, PaymentUnderWay):
                break
        return result

    def _answered(self, person: Person, request: Request) -> Recalled[CancelResult] | None:
        with self._database.reading() as connection:
            known = answered(connection, request, orders_for(person))
        return None if known is None else Recalled(known.answer)


def _waits_for_money(order: Order) -> bool:
    return order.state is OrderState.OPEN and order.payment_state is PaymentState.UNPAID
