"""What the studio asks the shop about its books over HTTP."""

from typing import Final

from backend.contract.bookkeeping import Reconcile, Reconciliation, Settlements, SettleSuspense
from backend.contract.payments import Suspense, SuspenseItem
from studio.connection.shop_http import ShopHttp

COMPARE_TIMEOUT_S: Final = 120.0
"""The backend itself waits for the providers, eight payments at once."""
MOST_COMPARED: Final = 200


class BooksHttp(ShopHttp):
    """HTTP to the books, for the time of an `async with` block; it raises as `ShopHttp` does."""

    async def suspense(self, *, is_open: bool | None, before: int | None) -> Suspense:
        """Read money that matches nothing, the newest first, or what comes after a line."""
        params = {} if is_open is None else {"is_open": str(is_open).lower()}
        if before is not None:
            params["before"] = str(before)
        return await self.get("/api/v1/suspense", Suspense, params)

    async def settle(self, suspense_id: int, wish: SettleSuspense) -> SuspenseItem:
        """Note what became of money that matched nothing."""
        return await self.post(f"/api/v1/suspense/{suspense_id}/settle", wish, SuspenseItem)

    async def compare(self, since_ms: int) -> Reconciliation:
        """Let payments since a moment be compared with their providers."""
        wish = Reconcile(since_ms, MOST_COMPARED)
        return await self.post("/api/v1/reconciliations", wish, Reconciliation, COMPARE_TIMEOUT_S)

    async def settlements(self, first_day: str, days: int, offset_minutes: int) -> Settlements:
        """Read the sums of days, where the clock is so far ahead of UTC's."""
        params = {"first_day": first_day, "days": str(days), "offset_minutes": str(offset_minutes)}
        return await self.get("/api/v1/settlements", Settlements, params)
