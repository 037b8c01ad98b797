"""Fan-out: one event, encoded once, to every client of a room, and patience with the slow that has an end."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from enum import Enum
from typing import Final

from backend.room.frames import Prepared
from backend.room.line import Coding, Line

log = logging.getLogger("livestall.room")

SKIP_SAMPLED_BYTES: Final = 256 * 1024
CUT_BYTES: Final = 1024 * 1024
CUT_AFTER_S: Final = 10.0
CHUNK: Final = 250
LOOK_AFTER_BYTES: Final = 64 * 1024
LOOK_EVERY_S: Final = 1.0
TRY_AGAIN_LATER: Final = 1013


class Lane(Enum):
    """Whether a slow client may miss it."""

    RELIABLE = "reliable"
    SAMPLED = "sampled"


class Subscriber:
    """One client that gets the room's events.

    Attributes:
        is_clear: nothing waited when it was last looked at, so ready frames may be written at once.
        write, is_deflated: how, where the line takes ready frames.
        behind_since_s: since when something has been waiting all the time.
    """

    __slots__ = ("behind_since_s", "is_clear", "is_deflated", "line", "write")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.write = line.write_ready
        self.is_deflated = line.coding is Coding.DEFLATED
        self.is_clear = False
        self.behind_since_s: float | None = None


class Hub:
    """The clients of one room.

    Who subscribes gets all that is published from then on, in that order; a large room is served in chunks,
    between which other work gets its turn.

    Looking at a client costs nearly as much as writing to it. So all are looked at once for every 64 KB that
    were published, and whoever had nothing waiting gets the frames between without another look: nobody is
    ever more than 64 KB further behind than is known.

    Who missed something of the sampled lane is remembered until `refresh` tells them the totals.

    Args:
        clock_s: a clock that never goes back, in seconds.
    """

    def __init__(self, clock_s: Callable[[], float]) -> None:
        self._clock_s = clock_s
        self._subscribers: dict[Line, Subscriber] = {}
        self._audience: tuple[Subscriber, ...] = ()
        self._queue: deque[tuple[Prepared, Lane, tuple[Subscriber, ...]]] = deque()
        self._stale: set[Subscriber] = set()
        self._has_work = asyncio.Event()
        self._unseen_bytes = 0
        self._looked_at_s = clock_s()
        self._deflated_count = 0
        self.cut_count = 0

    def __len__(self) -> int:
        return len(self._subscribers)

    def subscribe(self, line: Line) -> None:
        """Send the line all that is published from now on."""
        subscriber = self._subscribers[line] = Subscriber(line)
        self._deflated_count += subscriber.is_deflated
        self._audience = tuple(self._subscribers.values())

    def unsubscribe(self, line: Line) -> None:
        """Send it no more."""
        subscriber = self._subscribers.pop(line, None)
        if subscriber is not None:
            subscriber.is_clear = False
            self._stale.discard(subscriber)
            self._deflated_count -= subscriber.is_deflated
            self._audience = tuple(self._subscribers.values())

    def publish(self, prepared: Prepared, lane: Lane) -> None:
        """Send to all who are subscribed now; `run` does the work."""
        self._queue.append((prepared, lane, self._audience))
        self._has_work.set()

    @property
    def has_stale(self) -> bool:
        """Whether anybody may have missed the last totals."""
        return bool(self._stale)

    def mark_stale(self, line: Line) -> None:
        """Remember that a client missed something of the sampled lane."""
        subscriber = self._subscribers.get(line)
        if subscriber is not None:
            self._stale.add(subscriber)

    def mark_all_stale(self) -> None:
        """Remember that everybody may have missed something of the sampled lane."""
        self._stale.update(self._audience)

    def refresh(self, totals: Prepared) -> None:
        """Send the totals to who may have missed the last ones, after all that was published before."""
        self._queue.append((totals, Lane.SAMPLED, tuple(self._stale)))
        self._stale.clear()
        self._has_work.set()

    async def run(self) -> None:
        """Serve the room until cancelled."""
        while True:
            await self._has_work.wait()
            self._has_work.clear()
            await self.drain()

    async def drain(self) -> None:
        """Send all that was published, in chunks of 250 clients."""
        while self._queue:
            prepared, lane, audience = self._queue.popleft()
            self._unseen_bytes += len(prepared.payload)
            if self._unseen_bytes > LOOK_AFTER_BYTES:
                self.cut_the_slow()
                self._unseen_bytes = len(prepared.payload)
            for start in range(0, len(audience), CHUNK):
                if start:
                    await asyncio.sleep(0)
                self._send(prepared, lane, audience[start : start + CHUNK])

    def tick(self) -> None:
        """Look after clients while nothing is sent, at most once a second: call it more often than that."""
        if self._clock_s() - self._looked_at_s >= LOOK_EVERY_S:
            self.cut_the_slow()

    def cut_the_slow(self) -> None:
        """Look at all clients now."""
        now_s = self._looked_at_s = self._clock_s()
        self._unseen_bytes = 0
        for subscriber in self._audience:
            self._is_in_time(subscriber, now_s)

    def _send(self, prepared: Prepared, lane: Lane, audience: tuple[Subscriber, ...]) -> None:
        plain = prepared.frame
        deflated = prepared.deflated_frame if self._deflated_count else plain
        for subscriber in audience:
            # The innermost loop of a large room: every further call here is a tenth of its whole cost.
            if subscriber.is_clear and subscriber.write is not None:
                subscriber.write(deflated if subscriber.is_deflated else plain)
            else:
                self._send_with_care(prepared, lane, subscriber)

    def _send_with_care(self, prepared: Prepared, lane: Lane, subscriber: Subscriber) -> None:
        if not self._is_in_time(subscriber, self._clock_s()):
            return
        line = subscriber.line
        if lane is Lane.RELIABLE or line.waiting_bytes <= SKIP_SAMPLED_BYTES:
            line.send(prepared)
        else:
            self.mark_stale(line)

    def _is_in_time(self, subscriber: Subscriber, now_s: float) -> bool:
        line = subscriber.line
        waiting = line.waiting_bytes
        subscriber.is_clear = not (waiting or line.is_cut or subscriber.write is None)
        if line.is_cut:
            return False
        if not waiting:
            subscriber.behind_since_s = None
            return True
        if subscriber.behind_since_s is None:
            subscriber.behind_since_s = now_s
        if waiting <= CUT_BYTES and now_s - subscriber.behind_since_s <= CUT_AFTER_S:
            return True
        self.cut_count += 1
        log.info("cut a slow client: %d bytes waiting for %.1f s", waiting, now_s - subscriber.behind_since_s)
        self.unsubscribe(line)
        line.cut(TRY_AGAIN_LATER, "too slow; come back and resume")
        return False
