"""Sends webhooks to their targets over HTTP, from the rows that wait for them."""

import asyncio
import logging
import ssl
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection
from typing_extensions import override

from backend.limits import WebhookReach
from backend.shop.sending import Channel, Outcome
from backend.shop.webhooks.addresses import AddressError, destination_of
from backend.shop.webhooks.signing import headers_of
from backend.shop.webhooks.store import (
    DueMessage,
    clear_messages,
    due_targets,
    has_old,
    record_outcome,
    take_due,
)

if TYPE_CHECKING:
    import httpx

ANSWERS_WITHIN_S: Final = 10.0
TAKEN_FOR_MS: Final = 20_000
MOST_A_TARGET: Final = 2  # a slow one holds up nobody else
MOST_AT_ONCE: Final = 16


class WebhookChannel(Channel[DueMessage]):
    """The webhooks of all rooms; a lane is a target.

    Args:
        key_of: returns the key that a target's messages are signed with.
        reach: how far messages go.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    log = logging.getLogger("livestall.webhooks")

    def __init__(
        self, *, key_of: Callable[[str], bytes], reach: WebhookReach, clock_ms: Callable[[], int]
    ) -> None:
        self._key_of = key_of
        self._reach = reach
        self._clock_ms = clock_ms
        self._client: httpx.AsyncClient | None = None

    @override
    def has_work(self, connection: Connection, sending: Counter[str], *, now_ms: int, before_ms: int) -> bool:
        due = due_targets(connection, now_ms)
        return any(_free(sending, one) > 0 for one in due) or has_old(connection, before_ms)

    @override
    def take(self, connection: Connection, sending: Counter[str], now_ms: int) -> list[DueMessage]:
        taken: list[DueMessage] = []
        for target_id in due_targets(connection, now_ms):
            free = min(_free(sending, target_id), MOST_AT_ONCE - sending.total() - len(taken))
            if free > 0:
                taken += take_due(
                    connection, target_id, most=free, now_ms=now_ms, until_ms=now_ms + TAKEN_FOR_MS
                )
        return taken

    @override
    async def send(self, message: DueMessage) -> Outcome:
        import httpx

        # A shop without targets never loads it.
        self._client = self._client or _make_client()
        body = message.body.encode()
        try:
            async with asyncio.timeout(ANSWERS_WITHIN_S):
                to = await destination_of(message.url, self._reach)
                headers = {
                    "Host": to.host,
                    "Content-Type": "application/json",
                    "User-Agent": "Livestall",
                    **headers_of(
                        self._key_of(message.target_id), message.message_id, body, self._clock_ms() // 1000
                    ),
                }
                extensions = {"sni_hostname": to.name}
                # What it answers is not read: its length is the receiver's.
                async with self._client.stream(
                    "POST", to.url, content=body, headers=headers, extensions=extensions
                ) as response:
                    return Outcome(200 <= response.status_code < 300, response.status_code)
        except AddressError as error:
            return _failed(str(error))
        except TimeoutError:
            return _failed(f"No answer within {ANSWERS_WITHIN_S:.0f} s.")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            return _failed(f"It cannot be reached: {error or type(error).__name__}")

    @override
    def note(
        self,
        connection: Connection,
        message: DueMessage,
        outcome: Outcome,
        *,
        now_ms: int,
        next_at_ms: int | None,
    ) -> None:
        record_outcome(connection, message, outcome, now_ms=now_ms, next_at_ms=next_at_ms)

    @override
    def clear(self, connection: Connection, before_ms: int, most: int) -> None:
        clear_messages(connection, before_ms, most)

    @override
    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()


def _free(sending: Counter[str], target_id: str) -> int:
    return min(MOST_A_TARGET - sending[target_id], MOST_AT_ONCE - sending.total())


def _failed(error: str) -> Outcome:
    return Outcome(is_taken=False, error=error)


def _make_client() -> "httpx.AsyncClient":
    import httpx

    # The system's authorities, or those of SSL_CERT_FILE: a shop may have one of its own.
    return httpx.AsyncClient(
        verify=ssl.create_default_context(), trust_env=False, follow_redirects=False, timeout=ANSWERS_WITHIN_S
    )
