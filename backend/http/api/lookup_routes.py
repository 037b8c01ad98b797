"""Orders found by their number and phone, by whoever has both."""

from typing import Final

from backend.contract.order_lookup import FindOrder, FoundOrder
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.problems import refusal
from backend.http.request_limits import Pace
from backend.shop.orders.lookup import number_typed
from backend.shop.privacy.privacy import Privacy

# One answer for every wrong pair: nobody learns which numbers there are.
NOT_FOUND: Final = "There is no order of this number and phone. Check both; the phone is that of its address."


class LookupRoutes:
    """The endpoint that finds orders.

    Tries are paced by who makes them, and more strictly by who makes them on one number. By the number alone
    only far more loosely: whoever tries a number of another's from afar does not lock its owner out.
    """

    def __init__(self, privacy: Privacy) -> None:
        self._privacy = privacy
        self._by_address = Pace(per_second=0.2, burst=10)
        self._by_address_and_number = Pace(per_second=1 / 60, burst=5)
        self._by_number = Pace(per_second=1 / 6, burst=200)

    def endpoints(self) -> list[AnyEndpoint]:
        """Return it."""
        return [
            Endpoint(
                method="POST",
                path="/api/v1/order-lookups",
                summary="Find an order by its number and the phone of its address.",
                who=Who.MEMBER,
                handle=self.find,
                answer=FoundOrder,
                parameters=Nothing,
                body=FindOrder,
            )
        ]

    async def find(self, call: Call[Nothing, FindOrder]) -> FoundOrder:
        """Find an order."""
        self._by_address.take(call.address)
        # Of a number that is none, too: the pace is no answer either.
        number = number_typed(call.body.number)
        self._by_address_and_number.take(f"{call.address} {number}")
        self._by_number.take(number)
        found = await self._privacy.find_order(call.body)
        if found is None:
            raise refusal(404, NOT_FOUND)
        return found
