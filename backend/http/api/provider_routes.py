"""The payment providers, for the host: which are on, and whether they work."""

from backend.contract.payments import OneProvider, ProviderCheck, ProviderStatuses
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.problems import refusal
from backend.shop.payments.provider_list import ProviderList


class ProviderRoutes:
    """The endpoints of the payment providers.

    Args:
        keys_file: where keys may stand, as told to the host.
    """

    def __init__(self, providers: ProviderList, *, keys_file: str) -> None:
        self._providers = providers
        self._keys_file = keys_file

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [
            Endpoint(
                method="GET",
                path="/api/v1/payments/providers",
                summary="List all payment providers: which are on, and where their keys and webhooks go.",
                who=Who.HOST,
                handle=self.list_all,
                answer=ProviderStatuses,
                parameters=Nothing,
                body=Nothing,
                is_shops=True,
            ),
            Endpoint(
                method="POST",
                path="/api/v1/payments/providers/{provider}/check",
                summary="Ask a provider that is on something harmless, and tell what is in the way.",
                who=Who.HOST,
                handle=self.check,
                answer=ProviderCheck,
                parameters=OneProvider,
                body=Nothing,
                is_shops=True,
            ),
        ]

    async def list_all(self, _call: Call[Nothing, Nothing]) -> ProviderStatuses:
        """List them."""
        return ProviderStatuses(await self._providers.statuses(), self._keys_file)

    async def check(self, call: Call[OneProvider, Nothing]) -> ProviderCheck:
        """Ask one."""
        found = await self._providers.check(call.parameters.provider)
        if found is None:
            name = call.parameters.provider
            raise refusal(
                404,
                f"The shop takes no payments with {name}, so that there is nothing to ask: put its keys into "
                f"{self._keys_file} or the backend's environment, and start the backend again. Where they "
                "are there, the line `on` of the file or LIVESTALL_PAYMENTS leaves it out.",
            )
        return found
