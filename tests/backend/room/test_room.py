import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from backend.contract.base import RejectReason, Role
from backend.contract.cards import Card, CardHidden, CardShown, HideCard, ShowCard
from backend.contract.live import EndLive, GoLive, LiveChanged, LivePhase, Presence, PresenceChanged
from backend.contract.protocol import Reliable, Sampled, ServerMessage
from backend.contract.shop import Product
from backend.features.actor import Actor
from backend.features.chat.blocked_words import WordFile
from backend.features.deliveries import Rejection
from backend.features.live.live import PUBLISHER_LOST_TIMEOUT_MS, SHOW_LIFE_MS, RecordPublisher
from backend.features.surroundings import Surroundings
from backend.log.entries import CardPutUp, CardTakenDown, Entry, Joined, Left, ShowAlive
from backend.room.history import History
from backend.room.room import Room
from backend.shop.room_products import Catalog
from tests.backend.room.lines import FakeLine
from tests.support.log_memory import LogMemory

TEA = Product("tea", 1, "茶", 16800, None, 5, "")
HOST = Actor("host", Role.HOST)
ANNA, BERT = Actor("anna", Role.VIEWER), Actor("bert", Role.VIEWER)


class Stage:
    """A room with a clock and a disk of its own, and somebody watching."""

    def __init__(self) -> None:
        self.log = LogMemory(Surroundings(Catalog([TEA]), WordFile(None)))
        self.now_ms = 1000
        self.room = Room("main", "直播间", store=self.log, history=History("e"), clock_ms=lambda: self.now_ms)

    def logged(self, *kinds: type[Entry]) -> list[Entry]:
        """What of these kinds is on disk."""
        return [record.entry for record in self.log.records if isinstance(record.entry, kinds)]

    async def watch(self) -> FakeLine:
        line = FakeLine()
        self.room.enter(line, HOST)
        return line

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Stage"]:
        async with asyncio.TaskGroup() as tasks:
            work = tasks.create_task(self.room.run())
            yield self
            work.cancel()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with Stage().running() as running:
        yield running


async def hears(line: FakeLine, count: int) -> list[ServerMessage]:
    """Wait until the line has got so many messages."""
    async with asyncio.timeout(5):
        while len(public(line)) < count:
            line.arrival.clear()
            await line.arrival.wait()
    assert len(public(line)) == count
    return public(line)


def public(line: FakeLine) -> list[ServerMessage]:
    """What the line got that nobody may miss."""
    return [message for message in line.messages if isinstance(message, Reliable)]


async def test_a_command_is_kept_before_anybody_is_told(stage: Stage) -> None:
    line = await stage.watch()
    stage.log.may_write.clear()
    async with asyncio.TaskGroup() as tasks:
        answer = tasks.create_task(stage.room.execute(ShowCard("tea"), HOST))
        for _ in range(5):
            await asyncio.sleep(0)
        assert stage.room.snapshot().card is None
        assert public(line) == []
        stage.log.may_write.set()
        assert await answer is None
    assert await hears(line, 1) == [Reliable(1, CardShown(Card(TEA, 1000)))]
    assert stage.logged(CardPutUp) == [CardPutUp("tea")]


async def test_what_cannot_be_kept_is_refused_and_nobody_hears_of_it(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    line = await stage.watch()
    stage.log.is_full = True
    assert await stage.room.execute(ShowCard("tea"), HOST) == Rejection(RejectReason.UNAVAILABLE)
    assert stage.room.snapshot().card is None
    assert "The disk is full" in caplog.text
    stage.log.is_full = False
    assert await stage.room.execute(ShowCard("tea"), HOST) is None
    assert await hears(line, 1) == [Reliable(1, CardShown(Card(TEA, 1000)))]


async def test_a_stream_that_came_is_a_fact_even_when_the_disk_is_full(stage: Stage) -> None:
    line = await stage.watch()
    stage.log.is_full = True
    stage.room.report(RecordPublisher(is_publishing=True))
    (message,) = await hears(line, 1)
    assert isinstance(message, Reliable)
    assert isinstance(message.event, LiveChanged)
    assert stage.room.snapshot().live.is_publishing


async def test_a_command_without_effect_is_accepted_without_touching_the_disk(stage: Stage) -> None:
    assert await stage.room.execute(HideCard(), HOST) is None
    assert stage.logged(CardTakenDown) == []


async def test_who_asked_may_vanish_and_the_command_is_done_all_the_same(stage: Stage) -> None:
    line = await stage.watch()
    stage.log.may_write.clear()
    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(stage.room.execute(ShowCard("tea"), HOST))
        for _ in range(5):
            await asyncio.sleep(0)
        asking.cancel()
    stage.log.may_write.set()
    await hears(line, 1)
    assert stage.room.snapshot().card == Card(TEA, 1000)


async def test_commands_are_carried_out_one_after_the_other(stage: Stage) -> None:
    line = await stage.watch()
    async with asyncio.TaskGroup() as tasks:
        for command in (ShowCard("tea"), HideCard(), ShowCard("tea"), HideCard()):
            tasks.create_task(stage.room.execute(command, HOST))
    heard = [message.event for message in await hears(line, 4) if isinstance(message, Reliable)]
    assert [type(event) for event in heard] == [CardShown, CardHidden, CardShown, CardHidden]


async def test_the_show_ends_by_the_servers_own_clock(stage: Stage) -> None:
    await stage.room.execute(GoLive(), HOST)
    stage.now_ms += PUBLISHER_LOST_TIMEOUT_MS
    await stage.room.tick()
    live = stage.room.snapshot().live
    assert (live.phase, live.reason) == (LivePhase.ENDED, "publisher_lost_timeout")


async def test_a_room_on_air_shows_on_disk_that_it_lives(stage: Stage) -> None:
    await stage.room.execute(GoLive(), HOST)
    stage.now_ms += SHOW_LIFE_MS - 1
    await stage.room.tick()
    assert stage.logged(ShowAlive) == []
    stage.now_ms += 1
    await stage.room.tick()
    assert stage.logged(ShowAlive) == [ShowAlive()]
    await stage.room.execute(EndLive(), HOST)
    stage.now_ms += 2 * SHOW_LIFE_MS
    await stage.room.tick()
    assert stage.logged(ShowAlive) == [ShowAlive()]


async def test_the_viewer_count_is_sampled_and_does_not_count_the_host(stage: Stage) -> None:
    host, viewer = await stage.watch(), FakeLine()
    stage.room.enter(viewer, Actor("guest-1", Role.VIEWER))
    assert (await presence(host, 1)) == [Presence(1, 1)]
    stage.room.leave(viewer, Actor("guest-1", Role.VIEWER))
    stage.now_ms += 1000
    await stage.room.tick()
    assert (await presence(host, 2)) == [Presence(1, 1), Presence(0, 1)]


async def presence(line: FakeLine, count: int) -> list[Presence]:
    """Wait until the line heard so often how many there are."""
    heard: list[Presence] = []
    async with asyncio.timeout(5):
        while len(heard) < count:
            line.arrival.clear()
            messages = [message for message in line.messages if isinstance(message, Sampled)]
            events = [event for message in messages for event in message.events]
            heard = [event.presence for event in events if isinstance(event, PresenceChanged)]
            if len(heard) < count:
                await line.arrival.wait()
    return heard


async def test_a_new_session_begins_with_the_peak_of_its_own(stage: Stage) -> None:
    lines = [FakeLine() for _ in range(3)]
    for number, line in enumerate(lines):
        stage.room.enter(line, Actor(f"guest-{number}", Role.VIEWER))
    stage.room.leave(lines[0], Actor("guest-0", Role.VIEWER))
    await stage.room.execute(GoLive(), HOST)
    assert stage.room.snapshot().presence == Presence(2, 2)


async def test_a_viewer_who_pinged_and_fell_silent_is_away_until_heard_again(stage: Stage) -> None:
    line = FakeLine()
    stage.room.enter(line, ANNA)
    stage.room.enter(program := FakeLine(), BERT)
    stage.room.hear(line, ANNA)
    for _ in range(16):
        stage.now_ms += 1000
        await stage.room.tick()
    assert stage.room.snapshot().presence.viewers == 1
    stage.room.hear(line, ANNA)
    await stage.room.tick()
    assert stage.room.snapshot().presence.viewers == 2
    assert stage.logged(Joined, Left) == [Joined("anna"), Joined("bert"), Left("anna"), Joined("anna")]
    stage.room.leave(line, ANNA)
    stage.room.leave(program, BERT)
    assert stage.room.snapshot().presence.viewers == 0


async def test_a_silent_viewer_who_leaves_was_counted_out_already(stage: Stage) -> None:
    line = FakeLine()
    stage.room.enter(line, ANNA)
    stage.room.hear(line, ANNA)
    for _ in range(16):
        stage.now_ms += 1000
        await stage.room.tick()
    stage.room.leave(line, ANNA)
    assert stage.room.snapshot().presence.viewers == 0
