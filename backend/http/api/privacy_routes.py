"""What buyers take along of what the shop knows of them, and have erased."""

from backend.contract.my_data import Erasure, MyData, PrivacySettings
from backend.contract.shop_problems import UnfinishedProblem
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.problems import ApiError
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import refuse
from backend.http.request_limits import Pace
from backend.shop.privacy.erasing import Unfinished
from backend.shop.privacy.privacy import Privacy


class PrivacyRoutes:
    """The endpoints of a person's data."""

    def __init__(self, privacy: Privacy) -> None:
        self._privacy = privacy
        # All orders of a buyer are read at once.
        self._downloads = Pace(per_second=0.1, burst=5)
        # The logs of all rooms are looked through for each, and a guest costs nothing.
        self._erasures = Pace(per_second=1 / 60, burst=10)

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._of_buyers(), *self._of_the_host()]

    def _of_buyers(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="GET",
                path="/api/v1/me/data",
                summary="Give all that the shop knows of the caller.",
                who=Who.MEMBER,
                handle=self.show,
                answer=MyData,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path="/api/v1/me/erase",
                summary="Erase the caller: account and addresses at once, name and words in the rooms soon, "
                "name, phone and address on orders in time.",
                who=Who.MEMBER,
                handle=self.erase,
                answer=Erasure,
                parameters=Nothing,
                body=Nothing,
                is_idempotent=True,
                problems={409: (UnfinishedProblem,)},
            ),
        ]

    def _of_the_host(self) -> list[AnyEndpoint]:
        path = "/api/v1/settings/privacy"
        return [
            Endpoint(
                method="GET",
                path=path,
                summary="Show how long orders of erased buyers keep name, phone and address.",
                who=Who.HOST,
                handle=self.settings,
                answer=PrivacySettings,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="PUT",
                path=path,
                summary="Change how long orders of erased buyers keep name, phone and address.",
                who=Who.HOST,
                handle=self.save_settings,
                answer=PrivacySettings,
                parameters=Nothing,
                body=PrivacySettings,
                is_shops=True,
                is_idempotent=True,
            ),
        ]

    async def show(self, call: Call[Nothing, Nothing]) -> MyData:
        """Give all that is known."""
        person = person_of(call)
        self._downloads.take(person.buyer_id)
        return await self._privacy.my_data(person)

    async def erase(self, call: Call[Nothing, Nothing]) -> Erasure:
        """Erase what can be, and tell when the rest goes."""
        self._erasures.take(call.address)
        result = await self._privacy.erase(person_of(call), request_of(call, "erase"))
        if isinstance(result, Erasure):
            return result
        raise _unfinished(result) if isinstance(result, Unfinished) else refuse(result)

    async def settings(self, _call: Call[Nothing, Nothing]) -> PrivacySettings:
        """Show the setting."""
        return await self._privacy.settings()

    async def save_settings(self, call: Call[Nothing, PrivacySettings]) -> PrivacySettings:
        """Change the setting."""
        result = await self._privacy.save_settings(call.body, request_of(call, "settings privacy"))
        if isinstance(result, PrivacySettings):
            return result
        raise refuse(result)


def _unfinished(result: Unfinished) -> ApiError:
    numbers = ", ".join(result.numbers)
    orders = (
        f"These orders, or cases of them, are open and need the address: {numbers}. Cancel them, or come "
        "again when they are completed. "
    )
    bid = "A bid of yours counts in an auction. Come again when it is over."
    return ApiError(
        UnfinishedProblem(
            type="unfinished",
            title="Something is not finished",
            status=409,
            detail=f"Nothing was erased. {orders if numbers else ''}{bid if result.has_bid else ''}".strip(),
            numbers=result.numbers,
            has_bid=result.has_bid,
        )
    )
