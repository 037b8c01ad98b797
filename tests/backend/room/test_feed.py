import asyncio
from collections.abc import AsyncIterator, Iterable

import pytest

from backend.contract.live import Presence, PresenceChanged
from backend.contract.protocol import Sampled, SampledEvent
from backend.room.feed import MAX_EVENTS, TICK_S, SampledFeed
from backend.room.hub import Hub
from tests.backend.kinds import as_type
from tests.backend.room.lines import FakeLine


def event(viewers: int) -> PresenceChanged:
    return PresenceChanged(Presence(viewers, viewers))


class Ticks:
    """A clock that stands until the test moves it by one tick."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self._go = asyncio.Event()
        self.is_waiting = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.is_waiting.set()
        await self._go.wait()
        self._go.clear()

    async def pass_one(self) -> None:
        await self.is_waiting.wait()
        self.is_waiting.clear()
        self._go.set()


class Stage:
    """A feed at work, and a client who sees what it sends."""

    def __init__(self) -> None:
        self.line = FakeLine()
        self.hub = Hub(lambda: 0.0)
        self.hub.subscribe(self.line)
        self.ticks = Ticks()
        self.feed = SampledFeed(self.hub, sleep=self.ticks.sleep)

    async def sent(self) -> list[list[SampledEvent]]:
        await self.hub.drain()
        return [as_type(Sampled, message).events for message in self.line.messages]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    stage = Stage()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(stage.feed.run())
        yield stage
        running.cancel()


class Likes:
    """A part of the room that adds up."""

    def __init__(self, feed: SampledFeed) -> None:
        self._feed = feed
        self._total = 0
        self._told = 0

    def like(self) -> None:
        self._total += 1
        self._feed.wake()

    def take(self) -> Iterable[SampledEvent]:
        if self._total != self._told:
            self._told = self._total
            yield event(self._total)


async def test_the_first_event_after_a_quiet_time_goes_at_once(stage: Stage) -> None:
    stage.feed.deliver(event(1))
    await stage.ticks.is_waiting.wait()
    assert await stage.sent() == [[event(1)]]


async def test_what_comes_within_a_tick_goes_as_one_message(stage: Stage) -> None:
    stage.feed.deliver(event(1))
    await stage.ticks.is_waiting.wait()
    for number in (2, 3, 4):
        stage.feed.deliver(event(number))
    assert await stage.sent() == [[event(1)]]
    await stage.ticks.pass_one()
    await stage.ticks.is_waiting.wait()
    assert await stage.sent() == [[event(1)], [event(2), event(3), event(4)]]
    assert stage.ticks.waited == [TICK_S, TICK_S]


async def test_a_quiet_room_sends_nothing_and_is_at_once_again_afterwards(stage: Stage) -> None:
    stage.feed.deliver(event(1))
    await stage.ticks.pass_one()
    for _ in range(5):
        await asyncio.sleep(0)
    assert len(stage.ticks.waited) == 1
    stage.feed.deliver(event(2))
    await stage.ticks.is_waiting.wait()
    assert await stage.sent() == [[event(1)], [event(2)]]


async def test_a_source_is_asked_once_a_tick_and_merges_what_it_has(stage: Stage) -> None:
    likes = Likes(stage.feed)
    stage.feed.attach(likes)
    likes.like()
    await stage.ticks.is_waiting.wait()
    for _ in range(40):
        likes.like()
    await stage.ticks.pass_one()
    await stage.ticks.is_waiting.wait()
    assert await stage.sent() == [[event(1)], [event(41)]]


async def test_a_source_that_has_nothing_causes_no_message(stage: Stage) -> None:
    stage.feed.attach(Likes(stage.feed))
    stage.feed.wake()
    await stage.ticks.is_waiting.wait()
    assert await stage.sent() == []


async def test_sources_speak_beside_told_events_in_one_message(stage: Stage) -> None:
    likes = Likes(stage.feed)
    stage.feed.attach(likes)
    stage.feed.deliver(event(7))
    likes.like()
    await stage.ticks.is_waiting.wait()
    assert await stage.sent() == [[event(7), event(1)]]


async def test_of_told_events_the_newest_hundred_wait_and_the_rest_is_counted(stage: Stage) -> None:
    for number in range(MAX_EVENTS + 5):
        stage.feed.deliver(event(number))
    await stage.ticks.is_waiting.wait()
    (events,) = await stage.sent()
    assert events == [event(number) for number in range(5, MAX_EVENTS + 5)]
    assert stage.feed.dropped_count == 5


async def test_what_a_source_hands_over_is_never_dropped_but_cut_into_messages(stage: Stage) -> None:
    class Flood:
        def take(self) -> Iterable[SampledEvent]:
            return [event(number) for number in range(2 * MAX_EVENTS + 1)]

    stage.feed.attach(Flood())
    stage.feed.flush()
    assert [len(events) for events in await stage.sent()] == [MAX_EVENTS, MAX_EVENTS, 1]
