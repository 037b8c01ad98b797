"""The pages of the shop's legal texts: no token, no script."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from backend.contract.legal import LegalName
from backend.http.languages import language_of
from backend.http.legal_page import POLICY, draw_legal
from backend.http.request_limits import Pace, address_of
from backend.shop.legal import LegalTexts
from backend.storage.database import StorageError


class LegalPages:
    """The routes of the texts' pages."""

    def __init__(self, texts: LegalTexts) -> None:
        self._texts = texts
        self._looks = Pace(per_second=5, burst=60)

    def routes(self) -> list[BaseRoute]:
        """Return it."""
        return [Route("/legal/{name}", self.page)]

    async def page(self, request: Request) -> Response:
        """Show a text in the reader's language around it."""
        self._looks.take(address_of(request))
        try:
            name = LegalName(str(request.path_params["name"]))
        except ValueError:
            raise HTTPException(404, "There is no such page.") from None
        try:
            text = (await self._texts.find(name)).text
        except StorageError as error:
            raise HTTPException(503, "The page cannot be read just now. Try again in a moment.") from error
        accepted = request.headers.get("accept-language", "")
        page = draw_legal(name, text, language_of(accepted, request.query_params.get("lang")))
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": POLICY, "Vary": "Accept-Language"}
        return Response(page, 200 if text else 404, headers, "text/html")
