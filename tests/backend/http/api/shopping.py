"""Buyers for tests: they shop over real HTTP, at a backend that runs."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import TypeVar

import httpx
import msgspec

from backend.contract.http import Admission
from backend.contract.orders import Order, PaymentMethod, Quote
from backend.contract.payments import Attempt
from backend.contract.problems import ProblemDetails
from backend.contract.sale_settings import SaleSettings, UnpaidCap
from backend.money.wallet import GIFT_INCOME, CoinMovement, move_coins
from backend.options import ServeOptions
from backend.storage.database import Database
from tests.backend.running import RunningBackend, running_backend
from tests.backend.shop.goods import put_on_sale

Kind = TypeVar("Kind")
HOME = {
    "country": "CN",
    "province": "浙江省",
    "city": "杭州市",
    "district": "西湖区",
    "street": "文三路 1 号",
    "name": "陈小美",
    "phone": "13800001111",
}
TEA = "rose-tea"
CUP = "blue-cup"


class Buyer:
    """Somebody with a token."""

    _keys = count(1)

    def __init__(self, backend: RunningBackend, token: str, user_id: str) -> None:
        self._http = backend.http
        self.token = token
        self.user_id = user_id

    @classmethod
    def of(cls, backend: RunningBackend, admission: Admission) -> "Buyer":
        """Whoever was let in."""
        return cls(backend, admission.token, admission.user_id)

    async def get(self, path: str) -> httpx.Response:
        return await self._http.get(f"/api/v1/{path}", headers=self._headers())

    async def delete(self, path: str) -> httpx.Response:
        return await self._http.delete(f"/api/v1/{path}", headers=self._headers())

    async def post(self, path: str, body: object, key: str = "") -> httpx.Response:
        """Send a body, under a new key where none is given."""
        key = key or f"key-{next(self._keys)}"
        return await self._http.post(
            f"/api/v1/{path}", json=body, headers={**self._headers(), "Idempotency-Key": key}
        )

    async def put(self, path: str, body: object) -> httpx.Response:
        """Send a body, under a new key."""
        key = f"key-{next(self._keys)}"
        return await self._http.put(
            f"/api/v1/{path}", json=body, headers={**self._headers(), "Idempotency-Key": key}
        )

    async def patch(self, path: str, body: object, key: str = "") -> httpx.Response:
        """Change something, under a new key where none is given."""
        key = key or f"key-{next(self._keys)}"
        return await self._http.patch(
            f"/api/v1/{path}", json=body, headers={**self._headers(), "Idempotency-Key": key}
        )

    async def upload(self, path: str, content: bytes, key: str = "") -> httpx.Response:
        """Send a file, under a key where one is given."""
        keyed = {"Idempotency-Key": key} if key else {}
        return await self._http.post(f"/api/v1/{path}", content=content, headers={**self._headers(), **keyed})

    async def quote(self, *lines: Mapping[str, object]) -> Quote:
        return answer(Quote, await self.post("quotes", {"lines": lines}))

    async def order(self, *lines: Mapping[str, object], method: str = "online") -> Order:
        """Get a quote, and order by it."""
        return answer(
            Order, await self.post("orders", order_body(await self.quote(*lines), lines, method)), 201
        )

    async def attempt(self, order: Order) -> Attempt:
        return answer(Attempt, await self.post(f"orders/{order.order_id}/attempts", {}), 201)

    async def see(self, order: Order) -> Order:
        """Look at an order again."""
        return answer(Order, await self.get(f"orders/{order.order_id}"))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def order_body(quote: Quote, lines: object, method: str = "online") -> dict[str, object]:
    """What a client sends to place an order."""
    return {"lines": lines, "address": HOME, "quote_hash": quote.hash, "method": method}


def answer(kind: type[Kind], response: httpx.Response, status: int = 200) -> Kind:
    """Read what was answered, which must be this."""
    assert response.status_code == status, response.text
    return msgspec.json.decode(response.content, type=kind)


def refused(response: httpx.Response) -> tuple[int, str]:
    """The status and the kind of a refusal."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    problem = msgspec.json.decode(response.content, type=ProblemDetails)
    assert problem.status == response.status_code
    return problem.status, problem.type


class Market:
    """A backend that sells tea and cups."""

    def __init__(self, backend: RunningBackend, folder: Path) -> None:
        self.backend = backend
        self.http = backend.http
        self._folder = folder
        self.host = Buyer(backend, backend.signer.host("main"), "host")

    async def buyer(self) -> Buyer:
        """Somebody who just came in."""
        return Buyer.of(self.backend, await self.backend.enter())

    async def sell(self, sku_id: str, **goods: object) -> None:
        """Put something on sale."""

        def put() -> None:
            database = Database(self._folder)
            put_on_sale(database, sku_id, **goods)  # type: ignore[arg-type]
            database.close()

        await asyncio.to_thread(put)

    async def spend(self, buyer: Buyer, coins: int) -> None:
        """Let coins be given."""

        def move() -> None:
            database = Database(self._folder)
            movement = CoinMovement("gift", f"{buyer.user_id}:{coins}", buyer.user_id, -coins, GIFT_INCOME)
            with database.shop_transaction() as connection:
                move_coins(connection, [movement], 0)
            database.close()

        await asyncio.to_thread(move)

    async def be_generous(self) -> None:
        """Turn on every way to pay, and let much wait for its money."""
        settings = answer(SaleSettings, await self.host.get("settings"))
        cap = UnpaidCap(1_000, 1_000_000)
        wanted = msgspec.structs.replace(settings, methods=list(PaymentMethod), unpaid=cap, unpaid_guest=cap)
        answer(SaleSettings, await self.host.put("settings", msgspec.to_builtins(wanted)))

    async def cashier(self, attempt: Attempt, outcome: str) -> httpx.Response:
        """Choose how a payment comes out, as the page's buttons do."""
        return await self.http.post(f"{attempt.pay_path}/outcome", data={"outcome": outcome})

    async def until_paid(self, buyer: Buyer, order: Order) -> Order:
        """Wait for the webhook."""
        async with asyncio.timeout(20):
            while True:
                seen = await buyer.see(order)
                if seen.payment_state == "paid":
                    return seen
                await asyncio.sleep(0.05)


@asynccontextmanager
async def open_market(folder: Path, options: ServeOptions | None = None) -> AsyncIterator[Market]:
    """A generous market, for as long as the block runs."""
    async with running_backend(folder, options) as backend:
        market = Market(backend, folder)
        await market.be_generous()
        await market.sell(TEA, price_minor=16_800, stock=10)
        await market.sell(CUP, price_minor=5_000, stock=3, limit=2)
        yield market


def line(sku_id: str = TEA, quantity: object = 1, **more: object) -> dict[str, object]:
    """A line as a client sends it."""
    return {"sku_id": sku_id, "quantity": quantity, **more}
