"""What the studio asks the shop about its legal texts over HTTP."""

from backend.contract.legal import LegalName, LegalText, WriteLegalText
from studio.connection.shop_http import ShopHttp


class LegalHttp(ShopHttp):
    """HTTP to the legal texts, for the time of an `async with` block; it raises as `ShopHttp` does."""

    async def read(self, name: LegalName) -> LegalText:
        """Read a text, empty where it is not written."""
        return await self.get(_path(name), LegalText)

    async def write(self, name: LegalName, text: str) -> LegalText:
        """Write a text over what it was; writing it twice does no harm."""
        return await self.put(_path(name), WriteLegalText(text), LegalText)


def _path(name: LegalName) -> str:
    return f"/api/v1/legal-texts/{name}"
