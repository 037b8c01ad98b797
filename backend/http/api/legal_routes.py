"""The shop's texts about the law, read by everybody and written by the host."""

from typing import Final

from backend.contract.legal import LegalNames, LegalText, OneLegalText, WriteLegalText
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.shop_call import request_of
from backend.http.api.shop_refusals import refuse
from backend.shop.legal import LegalTexts

# 20,000 letters of four bytes each, and what JSON puts around them.
BODY_BYTES: Final = 96 * 1024


class LegalRoutes:
    """The endpoints of the texts."""

    def __init__(self, texts: LegalTexts) -> None:
        self._texts = texts

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        path = "/api/v1/legal-texts"
        return [
            Endpoint(
                method="GET",
                path=path,
                summary="Name the legal texts that the shop has written.",
                who=Who.ANYONE,
                handle=self.names,
                answer=LegalNames,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="GET",
                path=f"{path}/{{name}}",
                summary="Give a legal text, empty where it is not written yet.",
                who=Who.ANYONE,
                handle=self.show,
                answer=LegalText,
                parameters=OneLegalText,
                body=Nothing,
            ),
            Endpoint(
                method="PUT",
                path=f"{path}/{{name}}",
                summary="Write a legal text; an empty one takes its page away.",
                who=Who.HOST,
                handle=self.write,
                answer=LegalText,
                parameters=OneLegalText,
                body=WriteLegalText,
                is_shops=True,
                is_idempotent=True,
                body_bytes=BODY_BYTES,
            ),
        ]

    async def names(self, _call: Call[Nothing, Nothing]) -> LegalNames:
        """Name the texts that there are."""
        return await self._texts.names()

    async def show(self, call: Call[OneLegalText, Nothing]) -> LegalText:
        """Give a text."""
        return await self._texts.find(call.parameters.name)

    async def write(self, call: Call[OneLegalText, WriteLegalText]) -> LegalText:
        """Write a text."""
        name = call.parameters.name
        written = await self._texts.write(name, call.body.text, request_of(call, f"legal {name}"))
        if isinstance(written, LegalText):
            return written
        raise refuse(written)
