"""What the studio asks the shop over HTTP: a room's orders, and what is to be done with one."""

from typing import Final

import httpx
import msgspec

from backend.contract.cases import (
    AnswerCase,
    Case,
    CasesPage,
    DeclineCase,
    ReceiveCase,
    RefundCase,
    SendBack,
)
from backend.contract.order_messages import (
    MessagesPage,
    MessagesRead,
    OrderMessage,
    Unread,
    WriteMessage,
)
from backend.contract.orders import CancelOrder, MarkOrder, MarkPaid, Order, OrderMark, OrdersPage, ShipOrder
from backend.contract.payments import Attempt, Attempts
from backend.contract.refunds import CancelAndRefund, RefundOrder
from studio.connection.shop_answers import check, decoded
from studio.connection.shop_http import ShopHttp

PAGE: Final = 100
_KEY_HEADER: Final = "Idempotency-Key"
_PATHS: Final = {
    ShipOrder: "parcels",
    CancelOrder: "cancel",
    MarkPaid: "paid",
    RefundOrder: "refunds",
    CancelAndRefund: "cancel-and-refund",
}
OrderBody = ShipOrder | CancelOrder | MarkPaid | RefundOrder | CancelAndRefund
_CASE_PATHS: Final = {
    AnswerCase: "approve",
    DeclineCase: "decline",
    ReceiveCase: "receive",
    RefundCase: "refund",
    SendBack: "replace",
}
CaseBody = AnswerCase | DeclineCase | ReceiveCase | RefundCase | SendBack


class OrdersHttp(ShopHttp):
    """HTTP to the shop of one room, for the time of an `async with` block."""

    async def page(self, cursor: str | None = None) -> OrdersPage:
        """Read the newest orders, or those that come after a page."""
        params = {"limit": str(PAGE)} | ({} if cursor is None else {"cursor": cursor})
        return decoded(await self._http.get("/api/v1/orders", params=params), OrdersPage)

    async def order(self, order_id: str) -> Order:
        """Read one order as it is now."""
        return decoded(await self._http.get(f"/api/v1/orders/{order_id}"), Order)

    async def attempts(self, order_id: str) -> list[Attempt]:
        """Read the attempts to pay an order, the newest first."""
        answer = await self._http.get(f"/api/v1/orders/{order_id}/attempts")
        return decoded(answer, Attempts).attempts

    async def act(self, order_id: str, body: OrderBody, key: str) -> Order:
        """Ship an order, call it off, or confirm its payment; the same key is carried out once."""
        path = f"/api/v1/orders/{order_id}/{_PATHS[type(body)]}"
        return decoded(await self._post(path, body, key), Order)

    async def shipping_list(self) -> list[Order]:
        """Read all orders that wait to be sent, the oldest first."""
        orders: list[Order] = []
        cursor: str | None = None
        while True:
            params = {"limit": str(PAGE)} | ({} if cursor is None else {"cursor": cursor})
            page = decoded(await self._http.get("/api/v1/shipping-list", params=params), OrdersPage)
            orders += page.orders
            cursor = page.next
            if cursor is None:
                return orders

    async def mark(self, order_id: str, body: MarkOrder, key: str) -> OrderMark:
        """Note a remark and a flag on an order."""
        return decoded(await self._post(f"/api/v1/orders/{order_id}/mark", body, key), OrderMark)

    async def messages(self, order_id: str, before: int | None = None) -> MessagesPage:
        """Read the newest messages of an order, the newest first, or those that come before one."""
        params = {"limit": str(PAGE)} | ({} if before is None else {"before": str(before)})
        answer = await self._http.get(f"/api/v1/orders/{order_id}/messages", params=params)
        return decoded(answer, MessagesPage)

    async def write_message(self, order_id: str, body: WriteMessage, key: str) -> OrderMessage:
        """Write to the buyer of an order; the same key is written once."""
        return decoded(await self._post(f"/api/v1/orders/{order_id}/messages", body, key), OrderMessage)

    async def mark_messages_read(self, order_id: str, number: int) -> Unread:
        """Note that staff have read up to a message."""
        path = f"/api/v1/orders/{order_id}/messages/read"
        return decoded(await self._post(path, MessagesRead(number), ""), Unread)

    async def unread_messages(self) -> int:
        """Count what staff have not read of the messages of all the room's orders."""
        return decoded(await self._http.get("/api/v1/unread-messages"), Unread).unread

    async def cases(self, *, is_open: bool, cursor: str | None = None) -> CasesPage:
        """Read the newest cases that are open, or closed, or those that come after a page."""
        params = {"limit": str(PAGE), "is_open": "true" if is_open else "false"}
        params |= {} if cursor is None else {"cursor": cursor}
        return decoded(await self._http.get("/api/v1/cases", params=params), CasesPage)

    async def cases_of(self, order_id: str) -> list[Case]:
        """Read the cases of an order, the newest first."""
        return decoded(await self._http.get(f"/api/v1/orders/{order_id}/cases"), CasesPage).cases

    async def case_picture(self, path: str) -> bytes:
        """Read a picture of a case, or a small one of it."""
        answer = await self._http.get(path)
        check(answer)
        return answer.content

    async def act_on_case(self, case_id: str, body: CaseBody, key: str) -> Case:
        """Take a step of a case; the same key is carried out once."""
        path = f"/api/v1/cases/{case_id}/{_CASE_PATHS[type(body)]}"
        return decoded(await self._post(path, body, key), Case)

    async def _post(self, path: str, body: msgspec.Struct, key: str) -> httpx.Response:
        headers = {"Content-Type": "application/json"} | ({_KEY_HEADER: key} if key else {})
        return await self._http.post(path, content=msgspec.json.encode(body), headers=headers)
