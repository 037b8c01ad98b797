"""Sends messages to their targets, again and again until they are taken, for a day."""

import asyncio
import logging
import random
import ssl
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import Connection

from backend.limits import WebhookReach
from backend.shop.webhooks.addresses import AddressError, destination_of
from backend.shop.webhooks.signing import headers_of
from backend.shop.webhooks.store import (
    DueMessage,
    Outcome,
    clear_messages,
    due_targets,
    has_old,
    note_outcome,
    take_due,
)
from backend.storage.database import Database, StorageError

if TYPE_CHECKING:
    import httpx

log = logging.getLogger("livestall.webhooks")

LOOK_EVERY_S: Final = 1.0
ANSWERS_WITHIN_S: Final = 10.0
# So long nobody else sends a message that is being sent: who was killed meanwhile is followed then.
TAKEN_FOR_MS: Final = 20_000
MOST_A_TARGET: Final = 2  # a slow one holds up nobody else
MOST_AT_ONCE: Final = 16
PAUSES_S: Final = (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 21_600)
KEPT_MS: Final = 30 * 24 * 3_600_000
MOST_CLEARED: Final = 200

Answer = TypeVar("Answer")


class WebhookSender:
    """Sends what is due, whichever node wrote it.

    Args:
        key_of: returns the key that a target's messages are signed with.
        reach: how far messages go.
        clock_ms: the server's time, in milliseconds since 1970.
        share: a random number from 0 to 1, by which pauses differ: what failed at once is not tried at once.
    """

    def __init__(
        self,
        database: Database,
        *,
        key_of: Callable[[str], bytes],
        reach: WebhookReach,
        clock_ms: Callable[[], int],
        share: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._key_of = key_of
        self._reach = reach
        self._clock_ms = clock_ms
        self._share = share
        self._sending: Counter[str] = Counter()

    async def run(self) -> None:
        """Send for ever."""
        client: httpx.AsyncClient | None = None
        try:
            async with asyncio.TaskGroup() as tasks:
                while True:
                    for message in await self._due():
                        # A shop without targets never loads it.
                        client = client or _make_client()
                        self._sending[message.target_id] += 1
                        tasks.create_task(self._send(client, message))
                    await asyncio.sleep(LOOK_EVERY_S)
        finally:
            if client is not None:
                await client.aclose()

    async def _due(self) -> list[DueMessage]:
        try:
            # The shop's purchases wait for each turn: it is taken only where there is something to do.
            return await self._do(self._take) if await asyncio.to_thread(self._has_work) else []
        except StorageError as error:
            log.warning("webhooks wait: %s", error)
            return []

    def _has_work(self) -> bool:
        now_ms = self._clock_ms()
        with self._database.reading() as connection:
            due = due_targets(connection, now_ms)
            return any(self._free(one) > 0 for one in due) or has_old(connection, now_ms - KEPT_MS)

    def _free(self, target_id: str) -> int:
        return min(MOST_A_TARGET - self._sending[target_id], MOST_AT_ONCE - self._sending.total())

    def _take(self, connection: Connection) -> list[DueMessage]:
        taken: list[DueMessage] = []
        now_ms = self._clock_ms()
        for target_id in due_targets(connection, now_ms):
            free = min(self._free(target_id), MOST_AT_ONCE - self._sending.total() - len(taken))
            if free > 0:
                taken += take_due(
                    connection, target_id, most=free, now_ms=now_ms, until_ms=now_ms + TAKEN_FOR_MS
                )
        clear_messages(connection, now_ms - KEPT_MS, MOST_CLEARED)
        return taken

    async def _send(self, client: "httpx.AsyncClient", message: DueMessage) -> None:
        try:
            outcome = await self._post(client, message)
            now_ms = self._clock_ms()
            next_at_ms = None if outcome.is_taken else self._again_at_ms(message, now_ms)
            note = partial(
                note_outcome, message=message, outcome=outcome, now_ms=now_ms, next_at_ms=next_at_ms
            )
            await self._do(note)
            if not outcome.is_taken:
                told = outcome.error or f"answered {outcome.status}"
                log.warning("webhook %s to %s: %s", message.message_id, message.url, told)
        except StorageError as error:
            log.warning("webhook %s is sent again: %s", message.message_id, error)
        except Exception:
            # The border of a task: one message must not hold up the others.
            log.exception("webhook %s is sent again", message.message_id)
        finally:
            self._sending[message.target_id] -= 1

    async def _post(self, client: "httpx.AsyncClient", message: DueMessage) -> Outcome:
        import httpx

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
                async with client.stream(
                    "POST", to.url, content=body, headers=headers, extensions=extensions
                ) as response:
                    return Outcome(response.status_code)
        except AddressError as error:
            return Outcome(None, str(error))
        except TimeoutError:
            return Outcome(None, f"No answer within {ANSWERS_WITHIN_S:.0f} s.")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            return Outcome(None, f"It cannot be reached: {error or type(error).__name__}")

    def _again_at_ms(self, message: DueMessage, now_ms: int) -> int | None:
        pause_s = PAUSES_S[min(message.tries, len(PAUSES_S) - 1)]
        at_ms = now_ms + round(pause_s * 1000 * (0.75 + self._share() / 2))
        return at_ms if at_ms <= message.gives_up_at_ms else None

    async def _do(self, change: Callable[[Connection], Answer]) -> Answer:
        def do() -> Answer:
            with self._database.shop_transaction() as connection:
                return change(connection)

        return await asyncio.to_thread(do)


def _make_client() -> "httpx.AsyncClient":
    import httpx

    # The system's authorities, or those of SSL_CERT_FILE: a shop may have one of its own.
    return httpx.AsyncClient(
        verify=ssl.create_default_context(), trust_env=False, follow_redirects=False, timeout=ANSWERS_WITHIN_S
    )
