"""How the shop sells, and what sending costs."""

from typing import Final

from backend.contract.sale_settings import SaleSettings
from backend.contract.shipping import ShippingTemplate
from backend.contract.shop_problems import CurrencyProblem
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.problems import ApiError
from backend.http.api.shop_call import request_of
from backend.http.api.shop_refusals import refuse
from backend.shop.sale_settings import CampaignRuns, CurrencyKept, SettingsStore

# 60 regions of 60 provinces of a few letters each, and what JSON puts around them.
SHIPPING_BYTES: Final = 256 * 1024


class SettingsRoutes:
    """The endpoints of the settings: for the host."""

    def __init__(self, settings: SettingsStore) -> None:
        self._settings = settings

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._of_sale(), *self._of_shipping()]

    def _of_sale(self) -> list[AnyEndpoint]:
        path = "/api/v1/settings"
        return [
            Endpoint(
                method="GET",
                path=path,
                summary="Show how the shop sells: currency, ways to pay, how much may wait for its money.",
                who=Who.HOST,
                handle=self.show,
                answer=SaleSettings,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="PUT",
                path=path,
                summary="Change how the shop sells; the first order locks the currency.",
                who=Who.HOST,
                handle=self.save,
                answer=SaleSettings,
                parameters=Nothing,
                body=SaleSettings,
                is_shops=True,
                is_idempotent=True,
                problems={409: (CurrencyProblem,)},
            ),
        ]

    def _of_shipping(self) -> list[AnyEndpoint]:
        path = "/api/v1/settings/shipping"
        return [
            Endpoint(
                method="GET",
                path=path,
                summary="Show what sending costs, by region, and where nothing is sent to.",
                who=Who.HOST,
                handle=self.shipping,
                answer=ShippingTemplate,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="PUT",
                path=path,
                summary="Change what sending costs; orders that stand keep what they were placed with.",
                who=Who.HOST,
                handle=self.save_shipping,
                answer=ShippingTemplate,
                parameters=Nothing,
                body=ShippingTemplate,
                is_shops=True,
                is_idempotent=True,
                body_bytes=SHIPPING_BYTES,
            ),
        ]

    async def show(self, _call: Call[Nothing, Nothing]) -> SaleSettings:
        """Show the settings."""
        return await self._settings.read()

    async def save(self, call: Call[Nothing, SaleSettings]) -> SaleSettings:
        """Change the settings."""
        result = await self._settings.save(call.body, request_of(call, "settings"))
        if isinstance(result, SaleSettings):
            return result
        raise _kept(result) if isinstance(result, CurrencyKept) else refuse(result)

    async def shipping(self, _call: Call[Nothing, Nothing]) -> ShippingTemplate:
        """Show what sending costs."""
        return await self._settings.shipping()

    async def save_shipping(self, call: Call[Nothing, ShippingTemplate]) -> ShippingTemplate:
        """Change what sending costs."""
        result = await self._settings.save_shipping(call.body, request_of(call, "settings shipping"))
        if isinstance(result, ShippingTemplate):
            return result
        raise refuse(result)


def _kept(result: CurrencyKept) -> ApiError:
    currency = result.currency
    if isinstance(result, CampaignRuns):
        return ApiError(
            CurrencyProblem(
                type="campaign_runs",
                title="A campaign has prices in this currency",
                status=409,
                detail=f"A flash sale or an auction that is not over has its prices in {currency}. "
                "Stop it, or wait until it is over, then change the currency.",
                currency=currency,
            )
        )
    return ApiError(
        CurrencyProblem(
            type="currency_locked",
            title="The currency is locked",
            status=409,
            detail=f"The first order locked the currency: orders, refunds and the journal are in {currency}. "
            "To sell in another one, start a shop with a data folder of its own.",
            currency=currency,
        )
    )
