"""Sends what the shop's transactions wrote for others outside, again and again until it is taken."""

import asyncio
import logging
import random
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Final, Generic, Protocol, TypeVar

import msgspec
from sqlalchemy import Connection

from backend.storage.database import Database, StorageError

LOOK_EVERY_S: Final = 1.0
PAUSES_S: Final = (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 21_600)
GIVES_UP_AFTER_MS: Final = 24 * 3_600_000
KEPT_MS: Final = 30 * 24 * 3_600_000
MOST_CLEARED: Final = 200
UNREADABLE: Final = "What is kept of it cannot be read"
UNEXPECTED: Final = "Something unexpected went wrong; the backend's log has it."

Answer = TypeVar("Answer")


class Outcome(msgspec.Struct, frozen=True):
    """What came of sending a message.

    Attributes:
        is_taken: whether the receiver has it.
        status: what was answered; None where nothing was.
        error: what was in the way; empty where the status says it.
        is_final: whether sending it again would change nothing.
    """

    is_taken: bool
    status: int | None = None
    error: str = ""
    is_final: bool = False


class Sendable(Protocol):
    """What every message that is to be sent has."""

    @property
    def lane(self) -> str:
        """What it shares a line with: a slow one holds up nobody else."""

    @property
    def message_id(self) -> str:
        """Its name, the same each time."""

    @property
    def tries(self) -> int:
        """How often it was sent."""

    @property
    def gives_up_at_ms(self) -> int:
        """Until when it is sent again."""


Message = TypeVar("Message", bound=Sendable)


class Channel(ABC, Generic[Message]):
    """One kind of messages: where they wait, and how one is sent. The rows are the caller's transaction's.

    Attributes:
        log: where failures are told.
    """

    log: logging.Logger

    @abstractmethod
    def has_work(self, connection: Connection, sending: Counter[str], *, now_ms: int, before_ms: int) -> bool:
        """Return whether there is something to take, or to clear of before a time. It only reads."""

    @abstractmethod
    def take(self, connection: Connection, sending: Counter[str], now_ms: int) -> list[Message]:
        """Take messages that are due, as many as may be sent beside those of each lane that are on the way.

        Nobody else takes them for a while: who was killed meanwhile is followed then.
        """

    @abstractmethod
    async def send(self, message: Message) -> Outcome:
        """Send one."""

    @abstractmethod
    def note(
        self,
        connection: Connection,
        message: Message,
        outcome: Outcome,
        *,
        now_ms: int,
        next_at_ms: int | None,
    ) -> None:
        """Note what came of it, and when it is sent again; None where it is not."""

    @abstractmethod
    def clear(self, connection: Connection, before_ms: int, most: int) -> None:
        """Forget some of those that were over before a time."""

    @abstractmethod
    async def close(self) -> None:
        """Let go of what is held open."""


class Sender(Generic[Message]):
    """Sends what is due in a channel, whichever node wrote it.

    Args:
        clock_ms: the server's time, in milliseconds since 1970.
        share: a random number from 0 to 1, by which pauses differ: what failed at once is not tried at once.
    """

    def __init__(
        self,
        database: Database,
        channel: Channel[Message],
        *,
        clock_ms: Callable[[], int],
        share: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._channel = channel
        self._clock_ms = clock_ms
        self._share = share
        self._sending: Counter[str] = Counter()
        self._has_room = asyncio.Event()

    async def run(self) -> None:
        """Send for ever."""
        try:
            async with asyncio.TaskGroup() as tasks:
                while True:
                    self._has_room.clear()
                    for message in await self._due():
                        self._sending[message.lane] += 1
                        tasks.create_task(self._send(message))
                    await self._until_next_look()
        finally:
            await self._channel.close()

    async def _until_next_look(self) -> None:
        # A queue that is longer than what may be on the way does not wait a second for each few of it.
        try:
            async with asyncio.timeout(LOOK_EVERY_S):
                await self._has_room.wait()
        except TimeoutError:
            return

    async def _due(self) -> list[Message]:
        try:
            # The shop's purchases wait for each turn: it is taken only where there is something to do.
            return await self._do(self._take) if await asyncio.to_thread(self._has_work) else []
        except StorageError as error:
            self._channel.log.warning("messages wait: %s", error)
        except Exception:
            # The border of a task: what nobody foresaw must not end it.
            self._channel.log.exception("messages wait")
        return []

    def _has_work(self) -> bool:
        now_ms = self._clock_ms()
        with self._database.reading() as connection:
            return self._channel.has_work(
                connection, self._sending, now_ms=now_ms, before_ms=now_ms - KEPT_MS
            )

    def _take(self, connection: Connection) -> list[Message]:
        now_ms = self._clock_ms()
        taken = self._channel.take(connection, self._sending, now_ms)
        self._channel.clear(connection, now_ms - KEPT_MS, MOST_CLEARED)
        return taken

    async def _send(self, message: Message) -> None:
        log = self._channel.log
        try:
            outcome = await self._outcome_of(message)
            if not outcome.is_taken:
                log.warning("%s: %s", message.message_id, outcome.error or f"answered {outcome.status}")
            await self._record(message, outcome)
        except StorageError as error:
            log.warning("%s is sent again: %s", message.message_id, error)
        except Exception:
            # The border of a task: one message must not hold up the others.
            log.exception("%s is sent again", message.message_id)
        finally:
            self._sending[message.lane] -= 1
            self._has_room.set()

    async def _outcome_of(self, message: Message) -> Outcome:
        try:
            return await self._channel.send(message)
        except Exception as error:
            # A fault of ours is a try that failed: without a pause and an end it would be sent for ever.
            self._channel.log.exception("%s could not be sent", message.message_id)
            return Outcome(is_taken=False, error=f"{UNEXPECTED} ({type(error).__name__})")

    async def _record(self, message: Message, outcome: Outcome) -> None:
        now_ms = self._clock_ms()
        is_over = outcome.is_taken or outcome.is_final
        next_at_ms = None if is_over else again_at_ms(message, now_ms, self._share())
        note = partial(self._channel.note, message=message, now_ms=now_ms, next_at_ms=next_at_ms)
        try:
            await self._do(partial(note, outcome=outcome))
        except StorageError:
            raise
        except Exception:
            # What the receiver said cannot be kept: how it ended can, or what was taken would come again.
            self._channel.log.exception("%s: its answer is not kept", message.message_id)
            await self._do(partial(note, outcome=msgspec.structs.replace(outcome, error=UNEXPECTED)))

    async def _do(self, change: Callable[[Connection], Answer]) -> Answer:
        def do() -> Answer:
            with self._database.shop_transaction() as connection:
                return change(connection)

        return await asyncio.to_thread(do)


def again_at_ms(message: Sendable, now_ms: int, share: float) -> int | None:
    """Return when a message that failed is sent again; None where it is given up."""
    pause_s = PAUSES_S[min(message.tries, len(PAUSES_S) - 1)]
    at_ms = now_ms + round(pause_s * 1000 * (0.75 + share / 2))
    return at_ms if at_ms <= message.gives_up_at_ms else None
