"""What the studio asks the backend about campaigns."""

from typing import Final
from urllib.parse import quote

import msgspec

from backend.contract.campaigns import (
    Campaign,
    CampaignReport,
    NewCampaign,
    StopCampaign,
    Template,
    TemplatesPage,
)
from backend.contract.catalog import ShopProducts
from backend.contract.sale_settings import SaleSettings
from studio.connection.shop_http import ShopHttp

CAMPAIGNS: Final = "/api/v1/campaigns"
SALE: Final = "/api/v1/settings"
TEMPLATES: Final = "/api/v1/campaign-templates"


class NoBody(msgspec.Struct, frozen=True):
    """The address says all."""


class CampaignsHttp(ShopHttp):
    """HTTP about campaigns, for the time of an `async with` block; it raises as `ShopHttp` does."""

    async def announce(self, wish: NewCampaign) -> Campaign:
        """Announce a campaign, once."""
        return await self.post(CAMPAIGNS, wish, Campaign)

    async def stop(self, campaign_id: str, reason: str) -> Campaign:
        """End a campaign early, with a reason for everybody."""
        return await self.post(f"{CAMPAIGNS}/{campaign_id}/stop", StopCampaign(reason), Campaign)

    async def close_early(self, campaign_id: str) -> Campaign:
        """Bring the result of a campaign forward."""
        return await self.post(f"{CAMPAIGNS}/{campaign_id}/close", NoBody(), Campaign)

    async def goods(self) -> ShopProducts:
        """Read what the room sells, unit by unit."""
        return await self.get(f"/api/v1/rooms/{quote(self.place.room, safe='')}/products", ShopProducts)

    async def sale_settings(self) -> SaleSettings:
        """Read how the shop sells."""
        return await self.get(SALE, SaleSettings)

    async def report(self, campaign_id: str) -> CampaignReport:
        """Read what came of a campaign."""
        return await self.get(f"{CAMPAIGNS}/{campaign_id}/report", CampaignReport)

    async def templates(self) -> list[Template]:
        """Read the room's templates."""
        return (await self.get(TEMPLATES, TemplatesPage)).templates

    async def keep(self, wish: NewCampaign) -> Template:
        """Keep a template."""
        return await self.post(TEMPLATES, wish, Template)

    async def drop(self, template_id: str) -> list[Template]:
        """Keep a template no longer; return those that are left."""
        return (await self.delete(f"{TEMPLATES}/{template_id}", TemplatesPage)).templates
