"""Money that staff give back without the buyer having asked."""

from backend.contract.base import AssistantRight
from backend.contract.orders import Order
from backend.contract.refunds import CancelAndRefund, RefundOrder
from backend.contract.shop_problems import (
    CaseLineProblem,
    CoinsSpentProblem,
    OrderProblem,
    ShippingProblem,
)
from backend.http.api.case_refusals import refuse_case
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint
from backend.http.api.order_routes import OneOrder
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import no_order
from backend.shop.cases.staff_refunds import Refusal, StaffRefunds
from backend.shop.idempotency import KeyReused
from backend.shop.payments.payments import Payments


class RefundRoutes:
    """The endpoints of refunds: for the host, and assistants with the right to refunds.

    Args:
        payments: woken when there is money to give back.
    """

    def __init__(self, refunds: StaffRefunds, payments: Payments) -> None:
        self._refunds = refunds
        self._payments = payments

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        order = "/api/v1/orders/{order_id}"
        return [
            Endpoint(
                method="POST",
                path=f"{order}/refunds",
                summary="Give back the money of a whole order, or of units of its lines.",
                who=AssistantRight.REFUNDS,
                handle=self.refund,
                answer=Order,
                parameters=OneOrder,
                body=RefundOrder,
                is_idempotent=True,
                problems={409: (OrderProblem, CaseLineProblem, ShippingProblem, CoinsSpentProblem)},
            ),
            Endpoint(
                method="POST",
                path=f"{order}/cancel-and-refund",
                summary="Cancel a paid order that nothing was sent of: money, stock and limits go back.",
                who=AssistantRight.REFUNDS,
                handle=self.cancel,
                answer=Order,
                parameters=OneOrder,
                body=CancelAndRefund,
                is_idempotent=True,
                problems={409: (OrderProblem,)},
            ),
        ]

    async def refund(self, call: Call[OneOrder, RefundOrder]) -> Order:
        """Give money back; its provider is asked at once."""
        order_id = call.parameters.order_id
        request = request_of(call, f"refunds {order_id}")
        result = await self._refunds.refund(person_of(call), order_id, call.body, request)
        return self._given_back(result)

    async def cancel(self, call: Call[OneOrder, CancelAndRefund]) -> Order:
        """Cancel a paid order; its provider is asked for the refund at once."""
        order_id = call.parameters.order_id
        request = request_of(call, f"cancel-and-refund {order_id}")
        result = await self._refunds.cancel(person_of(call), order_id, call.body.reason, request)
        return self._given_back(result)

    def _given_back(self, result: Order | Refusal | KeyReused | None) -> Order:
        if isinstance(result, Order):
            self._payments.wake()
            return result
        raise no_order() if result is None else refuse_case(result)
