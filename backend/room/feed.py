"""The sampled lane's pace: what many viewers do at once goes out as one message a tenth of a second."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from itertools import chain, islice
from typing import Final, Protocol

from backend.contract.protocol import Sampled, SampledEvent
from backend.room.frames import prepare
from backend.room.hub import Hub, Lane

TICK_S: Final = 0.1
MAX_EVENTS: Final = 100


class Source(Protocol):
    """A part of the room that makes few events of many: likes add up, floods are sampled."""

    def take(self) -> Iterable[SampledEvent]:
        """Hand over the events of this tick, oldest first, and forget them; nothing when there is nothing."""


class SampledFeed:
    """Gathers the sampled lane's events and gives the hub one `Sampled` message a tick.

    The first event after a quiet time goes at once; those of the next 100 ms wait for one another. Reliable
    events and answers to commands do not come through here, so they never wait.

    A room's parts hand events over in one of two ways, both from the event loop's thread, neither waits:

    * `deliver(event)`: each event goes, in order (an entry, the number of viewers);
    * `attach(source)` once, then `wake()` whenever the source has something: it is asked at the tick, so it
      can merge (likes: one event with the new total) or choose (danmu: the ones worth a place, with the true
      count).

    Of such events at most 100 wait for a tick: the oldest beyond are dropped (`dropped_count`). What sources
    hand over is never dropped here, but cut into messages of 100, and a slow client misses whole messages:
    hand over what fits a screen.

    A client that joins between an event and its tick gets it too, beside the snapshot: let events carry an id
    or a whole value (a total, not a difference), so that seeing one twice does no harm.

    Args:
        hub: sends to the clients.
        sleep: waits so many seconds; tests hand in a clock of their own.
    """

    def __init__(self, hub: Hub, *, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self._hub = hub
        self._sleep = sleep
        self._delivered: deque[SampledEvent] = deque()
        self._sources: list[Source] = []
        self._has_news = asyncio.Event()
        self.dropped_count = 0

    def attach(self, source: Source) -> None:
        """Ask this source at each tick at which there is something to deliver."""
        self._sources.append(source)

    def deliver(self, event: SampledEvent) -> None:
        """Deliver to all clients, with the next tick."""
        self._delivered.append(event)
        if len(self._delivered) > MAX_EVENTS:
            self._delivered.popleft()
            self.dropped_count += 1
        self._has_news.set()

    def wake(self) -> None:
        """Ask the sources at the next tick: one of them has something."""
        self._has_news.set()

    async def run(self) -> None:
        """Keep the pace until cancelled; a quiet room costs nothing."""
        while True:
            await self._has_news.wait()
            self._has_news.clear()
            self.flush()
            await self._sleep(TICK_S)

    def flush(self) -> None:
        """Send now what is there; `run` does so at each tick."""
        delivered = [self._delivered.popleft() for _ in range(len(self._delivered))]
        events = chain(delivered, *(source.take() for source in self._sources))
        while batch := list(islice(events, MAX_EVENTS)):
            self._hub.publish(prepare(Sampled(batch)), Lane.SAMPLED)
