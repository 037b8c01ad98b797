"""Puts the shop of a backend together: service, payments, the sandbox, and the routes of them."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence

from starlette.routing import BaseRoute

from backend.http.api.address_routes import AddressRoutes
from backend.http.api.case_routes import CaseRoutes
from backend.http.api.catalog_routes import CatalogRoutes
from backend.http.api.endpoint import AnyEndpoint
from backend.http.api.order_routes import OrderRoutes
from backend.http.api.payment_routes import PaymentRoutes
from backend.http.api.stock_routes import StockRoutes
from backend.http.cashier import Cashier
from backend.shop.cases.cases import Cases
from backend.shop.payments.payments import Payments
from backend.shop.payments.provider import WebhookError
from backend.shop.payments.sandbox import NAME, Sandbox
from backend.shop.payments.settling import UnknownAttemptError
from backend.shop.shop import Shop
from backend.storage.database import Database, StorageError
from backend.storage.writer import BusyError

log = logging.getLogger("livestall.payments")


class Selling:
    """The shop at work.

    Args:
        database: opened; it stays the caller's.
        sandbox_key: signs the sandbox's webhooks.
        clock_ms: the server's time, in milliseconds since 1970.

    Attributes:
        endpoints: of the API.
        routes: of the cashier.
    """

    def __init__(self, database: Database, sandbox_key: bytes, *, clock_ms: Callable[[], int]) -> None:
        self.shop = Shop(database, clock_ms=clock_ms)
        self._sandbox = Sandbox(database, sandbox_key, clock_ms=clock_ms)
        self.payments = Payments(
            database,
            self.shop.writer,
            providers={NAME: self._sandbox},
            orders=self.shop.paid_orders,
            clock_ms=clock_ms,
        )
        self.cases = Cases(database, self.shop.writer, orders=self.shop.paid_orders, clock_ms=clock_ms)
        self.endpoints: Sequence[AnyEndpoint] = [
            *CatalogRoutes(self.shop).endpoints(),
            *StockRoutes(self.shop).endpoints(),
            *OrderRoutes(self.shop, self.payments).endpoints(),
            *PaymentRoutes(self.shop, self.payments).endpoints(),
            *CaseRoutes(self.cases, self.payments).endpoints(),
            *AddressRoutes(self.shop).endpoints(),
        ]
        self.routes: Sequence[BaseRoute] = Cashier(self.payments, self._sandbox, clock_ms=clock_ms).routes()

    async def run(self) -> None:
        """Do all that is due by time, give money back and send webhooks, for as long as it runs."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.shop.run(self.payments.close_attempts))
            tasks.create_task(self.payments.run())
            tasks.create_task(self.cases.run())
            tasks.create_task(self._sandbox.run(self._deliver))

    def close(self) -> None:
        """Write what waits, then end. This blocks."""
        self.shop.close()

    async def _deliver(self, headers: Mapping[str, str], body: bytes) -> bool:
        # Past the network, as the sandbox is in this process; signature and all else are checked the same.
        try:
            await self.payments.take_webhook(NAME, headers, body)
        except (WebhookError, UnknownAttemptError, StorageError, BusyError) as error:
            log.warning("a webhook of the sandbox is sent again later: %s", error)
            return False
        except Exception:
            # The border of the sandbox's task: one webhook must not end the backend.
            log.exception("a webhook of the sandbox is sent again later")
            return False
        return True
