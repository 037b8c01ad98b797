"""The shop's books: money that matches nothing, what differs from the providers, sums a day."""

from typing import Annotated

import msgspec

from backend.contract.base import AssistantRight
from backend.contract.bookkeeping import Day, Reconcile, Reconciliation, Settlements, SettleSuspense
from backend.contract.payments import Suspense, SuspenseItem
from backend.contract.shop_problems import SuspenseProblem
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing
from backend.http.api.problems import ApiError, refusal
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import refuse
from backend.http.request_limits import Pace
from backend.shop.payments.bookkeeping import Bookkeeping
from backend.shop.payments.payments import Payments
from backend.shop.payments.suspense import SettledAlready


class ListSuspense(msgspec.Struct, frozen=True):
    """Which money.

    Attributes:
        is_open: only what nobody settled yet, or what somebody did; none for all.
        before: the id of the last one of the page before.
    """

    is_open: bool | None = None
    before: int | None = None


class OneSuspense(msgspec.Struct, frozen=True):
    """Which money, by the address."""

    suspense_id: Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]


class ListDays(msgspec.Struct, frozen=True):
    """Which days.

    Attributes:
        first_day: such as 2026-12-01.
        offset_minutes: by how much the shop's clock is ahead of UTC's.
    """

    first_day: Day
    days: Annotated[int, msgspec.Meta(ge=1, le=366)] = 31
    offset_minutes: Annotated[int, msgspec.Meta(ge=-840, le=840)] = 0


class BookkeepingRoutes:
    """The endpoints of the books, for host and assistants with the right to payments of the first room.

    Money that matches nothing belongs to no room's order.

    Args:
        payments: woken when money that was not known goes back.
    """

    def __init__(self, books: Bookkeeping, payments: Payments) -> None:
        self._books = books
        self._payments = payments
        self._comparisons = Pace(per_second=1 / 60, burst=5)

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._of_suspense(), *self._of_books()]

    def _of_suspense(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="GET",
                path="/api/v1/suspense",
                summary="List money that came and matches nothing, the newest first.",
                who=AssistantRight.PAYMENTS,
                handle=self.suspense,
                answer=Suspense,
                parameters=ListSuspense,
                body=Nothing,
                is_shops=True,
            ),
            Endpoint(
                method="POST",
                path="/api/v1/suspense/{suspense_id}/settle",
                summary="Note what became of money that matched nothing: it was returned, or is kept.",
                who=AssistantRight.PAYMENTS,
                handle=self.settle,
                answer=SuspenseItem,
                parameters=OneSuspense,
                body=SettleSuspense,
                is_shops=True,
                is_idempotent=True,
                problems={409: (SuspenseProblem,)},
            ),
        ]

    def _of_books(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="POST",
                path="/api/v1/reconciliations",
                summary="Compare payments with their providers and list what does not match.",
                who=AssistantRight.PAYMENTS,
                handle=self.reconcile,
                answer=Reconciliation,
                parameters=Nothing,
                body=Reconcile,
                is_shops=True,
            ),
            Endpoint(
                method="GET",
                path="/api/v1/settlements",
                summary="List what each way to pay brought on each day, from the journal.",
                who=AssistantRight.PAYMENTS,
                handle=self.settlements,
                answer=Settlements,
                parameters=ListDays,
                body=Nothing,
                is_shops=True,
            ),
        ]

    async def suspense(self, call: Call[ListSuspense, Nothing]) -> Suspense:
        """List what somebody must look at, or has."""
        return await self._books.suspense(is_open=call.parameters.is_open, before=call.parameters.before)

    async def settle(self, call: Call[OneSuspense, SettleSuspense]) -> SuspenseItem:
        """Settle money that was put aside."""
        suspense_id = call.parameters.suspense_id
        request = request_of(call, f"suspense {suspense_id}")
        result = await self._books.settle(person_of(call), suspense_id, call.body, request)
        if isinstance(result, SuspenseItem):
            return result
        if result is None:
            raise refusal(404, "There is no such money.")
        raise _settled(result) if isinstance(result, SettledAlready) else refuse(result)

    async def reconcile(self, call: Call[Nothing, Reconcile]) -> Reconciliation:
        """Compare payments with their providers; each is asked, so that this is paced."""
        self._comparisons.take("all")
        found = await self._books.reconcile(call.body.since_ms, call.body.limit)
        self._payments.wake()
        return found

    async def settlements(self, call: Call[ListDays, Nothing]) -> Settlements:
        """Add the journal up by days."""
        wanted = call.parameters
        try:
            return await self._books.settlements(
                wanted.first_day, wanted.days, wanted.offset_minutes * 60_000
            )
        except ValueError:
            raise refusal(422, f"There is no day {wanted.first_day}.") from None


def _settled(result: SettledAlready) -> ApiError:
    item = result.item
    return ApiError(
        SuspenseProblem(
            type="settled_already",
            title="This money is settled",
            status=409,
            detail=f"{item.settled_by} settled it as {item.outcome}: {item.note}",
            item=item,
        )
    )
