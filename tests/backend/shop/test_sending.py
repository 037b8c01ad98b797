"""When messages are sent again, and that a fault of ours is a try that failed."""

import asyncio
import logging
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection
from typing_extensions import override

from backend.shop import sending
from backend.shop.sending import GIVES_UP_AFTER_MS, Channel, Outcome, Sender, again_at_ms
from backend.shop.webhooks.store import DueMessage
from tests.backend.shop.mail.conftest import until
from tests.support.migrated import open_migrated

NOW_MS = 1_800_000_000_000
FRESH = DueMessage("t", "m", "https://a.example", "{}", 0, 0, NOW_MS + GIVES_UP_AFTER_MS)


class OneMessage(Channel[DueMessage]):
    """It holds one message; sending or noting it fails in ways that nobody foresaw.

    Attributes:
        noted: what came of it, and when it is sent again.
    """

    log = logging.getLogger("livestall.test")

    def __init__(self, message: DueMessage = FRESH) -> None:
        self._waiting = [message]
        self.outcome: Outcome | None = None
        self.unfit = ""
        self.unreadable: list[Exception] = []
        self.noted: list[tuple[Outcome, int | None]] = []

    @override
    def has_work(self, connection: Connection, sending: Counter[str], *, now_ms: int, before_ms: int) -> bool:
        return bool(self._waiting)

    @override
    def take(self, connection: Connection, sending: Counter[str], now_ms: int) -> list[DueMessage]:
        if self.unreadable:
            raise self.unreadable.pop()
        return [self._waiting.pop()]

    @override
    async def send(self, message: DueMessage) -> Outcome:
        if self.outcome is None:
            raise LookupError("nobody foresaw this")
        return self.outcome

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
        if self.unfit and outcome.error == self.unfit:
            raise ValueError("the database does not take this text")
        self.noted.append((outcome, next_at_ms))

    @override
    def clear(self, connection: Connection, before_ms: int, most: int) -> None:
        pass

    @override
    async def close(self) -> None:
        pass


async def sent(folder: Path, channel: OneMessage) -> tuple[Outcome, int | None]:
    """What is noted of a message after one try."""
    database = open_migrated(folder)
    sender = Sender(database, channel, clock_ms=lambda: NOW_MS, share=lambda: 0.5)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(sender.run())
        await until(lambda: bool(channel.noted))
        running.cancel()
    database.close()
    (noted,) = channel.noted
    return noted


async def test_a_message_that_cannot_be_sent_by_our_own_fault_waits_as_after_any_failed_try(
    tmp_path: Path,
) -> None:
    outcome, next_at_ms = await sent(tmp_path, OneMessage())
    assert (outcome.is_taken, outcome.is_final) == (False, False)
    assert "LookupError" in outcome.error
    assert next_at_ms == NOW_MS + 5_000


async def test_a_message_that_our_own_fault_stops_for_a_day_is_given_up(tmp_path: Path) -> None:
    late = msgspec.structs.replace(FRESH, tries=9, gives_up_at_ms=NOW_MS + 1)
    assert (await sent(tmp_path, OneMessage(late)))[1] is None


async def test_a_message_that_was_taken_stays_so_when_the_answer_cannot_be_kept(tmp_path: Path) -> None:
    channel = OneMessage()
    channel.outcome = Outcome(is_taken=True, error="no text for a database")
    channel.unfit = channel.outcome.error
    outcome, next_at_ms = await sent(tmp_path, channel)
    assert (outcome.is_taken, next_at_ms) == (True, None)


async def test_a_look_that_fails_by_our_own_fault_does_not_end_the_sending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LOOK_EVERY_S", 0.02)
    channel = OneMessage()
    channel.outcome = Outcome(is_taken=True)
    channel.unreadable = [msgspec.ValidationError("nobody foresaw this")]
    assert (await sent(tmp_path, channel))[0].is_taken


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_pauses_grow_and_end_within_a_day(share: float) -> None:
    now_ms = 0
    message = DueMessage("t", "m", "https://a.example", "{}", 0, 0, GIVES_UP_AFTER_MS)
    pauses = []
    while (at_ms := again_at_ms(message, now_ms, share)) is not None:
        pauses.append(at_ms - now_ms)
        now_ms = at_ms
        message = msgspec.structs.replace(message, tries=message.tries + 1)
    assert pauses == sorted(pauses)
    assert pauses[0] < 7_000
    assert GIVES_UP_AFTER_MS / 2 < now_ms <= GIVES_UP_AFTER_MS
