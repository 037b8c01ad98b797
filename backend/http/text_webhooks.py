"""Webhooks of providers that want a word back: Alipay sends again whatever is not answered `success`."""

import logging
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from backend.http.request_limits import Pace, address_of, read_bytes
from backend.shop.payments.payments import Payments
from backend.shop.payments.provider import WebhookError
from backend.shop.payments.settling import UnknownAttemptError
from backend.storage.database import StorageError
from backend.storage.writer import BusyError

log = logging.getLogger("livestall.payments")

TAKEN: Final = "success"
NOT_TAKEN: Final = "fail"
HEADERS: Final = {"Cache-Control": "no-store"}


class TextWebhooks:
    """The route of a provider's webhooks."""

    def __init__(self, payments: Payments, provider: str) -> None:
        self._payments = payments
        self._provider = provider
        self._pace = Pace(per_second=20, burst=100)

    def routes(self) -> list[BaseRoute]:
        """Return it."""
        return [Route(f"/pay/webhooks/{self._provider}", self.take, methods=["POST"])]

    async def take(self, request: Request) -> Response:
        """Take a webhook in; its signature is its key."""
        self._pace.take(address_of(request))
        body = await read_bytes(request)
        try:
            await self._payments.take_webhook(self._provider, request.headers, body)
        except WebhookError as error:
            log.warning("a webhook of %s is refused: %s", self._provider, error)
            return PlainTextResponse(NOT_TAKEN, 400, HEADERS)
        except (UnknownAttemptError, StorageError, BusyError) as error:
            log.warning("a webhook of %s is to come again: %s", self._provider, error)
            return PlainTextResponse(NOT_TAKEN, 503, HEADERS)
        return PlainTextResponse(TAKEN, headers=HEADERS)
