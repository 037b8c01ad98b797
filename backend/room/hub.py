"""Fan-out: one event, encoded once, to every client of a room, and patience with the slow that has an end."""

import asyncio
import logging
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import partial
from typing import Final, NamedTuple, TypeVar

from backend.room.frames import Prepared
from backend.room.line import Coding, Line, ReadyLine

AnyLine = TypeVar("AnyLine", bound=Line)

log = logging.getLogger("livestall.room")

SKIP_SAMPLED_BYTES: Final = 256 * 1024
CUT_BYTES: Final = 1024 * 1024
CUT_AFTER_S: Final = 10.0
LOOK_EVERY_S: Final = 1.0
CHUNK: Final = 1000
TRY_AGAIN_LATER: Final = 1013


class Lane(Enum):
    """Whether a slow client may miss it."""

    RELIABLE = "reliable"
    SAMPLED = "sampled"


class Audience(NamedTuple):
    """Who gets a message: ready frames of either coding, or the message itself."""

    plain: tuple[ReadyLine, ...]
    deflated: tuple[ReadyLine, ...]
    others: tuple[Line, ...]


class Hub:
    """The clients of one room.

    Who subscribes gets all that is published from then on, in that order; a large room is served in chunks,
    between which other work gets its turn.

    A ready line with nothing waiting gets the shared frame without a look at anything; only who is behind is
    looked at, with every message and every second.

    Who missed something of the sampled lane is remembered until `refresh` tells them the totals.

    Args:
        clock_s: a clock that never goes back, in seconds.
        write: writes to a socket by its descriptor, like `os.write`.
    """

    def __init__(self, clock_s: Callable[[], float], write: Callable[[int, bytes], int] = os.write) -> None:
        self._clock_s = clock_s
        self._write = write
        self._lines: dict[Line, ReadyLine | None] = {}
        self._audience: Audience | None = None
        self._queue: deque[tuple[Prepared, Lane, Audience]] = deque()
        self._behind_since_s: dict[Line, float] = {}
        self._stale: set[Line] = set()
        self._has_work = asyncio.Event()
        self._looked_at_s = clock_s()
        self.cut_count = 0

    def __len__(self) -> int:
        return len(self._lines)

    def subscribe(self, line: Line) -> None:
        """Send the line all that is published from now on."""
        self._lines[line] = line if isinstance(line, ReadyLine) else None
        self._audience = None

    def unsubscribe(self, line: Line) -> None:
        """Send it no more."""
        if line not in self._lines:
            return
        ready = self._lines.pop(line)
        if ready is not None:
            ready.retire()
        self._audience = None
        self._stale.discard(line)
        self._behind_since_s.pop(line, None)

    def publish(self, prepared: Prepared, lane: Lane) -> None:
        """Send to all who are subscribed now; `run` does the work."""
        self._queue.append((prepared, lane, self._everybody()))
        self._has_work.set()

    @property
    def has_stale(self) -> bool:
        """Whether anybody may have missed the last totals."""
        return bool(self._stale)

    def mark_stale(self, line: Line) -> None:
        """Remember that a client missed something of the sampled lane."""
        if line in self._lines:
            self._stale.add(line)

    def mark_all_stale(self) -> None:
        """Remember that everybody may have missed something of the sampled lane."""
        self._stale.update(self._lines)

    def refresh(self, totals: Prepared) -> None:
        """Send the totals to who may have missed the last ones, after all that was published before."""
        self._queue.append((totals, Lane.SAMPLED, Audience((), (), tuple(self._stale))))
        self._stale.clear()
        self._has_work.set()

    async def run(self) -> None:
        """Serve the room until cancelled."""
        while True:
            await self._has_work.wait()
            self._has_work.clear()
            await self.drain()

    async def drain(self) -> None:
        """Send all that was published, in chunks of 1,000 clients."""
        while self._queue:
            for number, serve in enumerate(self._turns(*self._queue.popleft())):
                if number:
                    await asyncio.sleep(0)
                serve()

    def tick(self) -> None:
        """Look after clients while nothing is sent, at most once a second: call it more often than that."""
        if self._clock_s() - self._looked_at_s >= LOOK_EVERY_S:
            self.cut_the_slow()

    def cut_the_slow(self) -> None:
        """Look at all clients now."""
        self._looked_at_s = self._clock_s()
        plain, deflated, others = self._everybody()
        paused = [line for line in (*plain, *deflated) if line.fd is None]
        for line in (*paused, *others, *self._behind_since_s):
            self._is_in_time(line)

    def _everybody(self) -> Audience:
        if self._audience is None:
            ready = [line for line in self._lines.values() if line is not None]
            self._audience = Audience(
                plain=tuple(line for line in ready if line.coding is Coding.PLAIN),
                deflated=tuple(line for line in ready if line.coding is Coding.DEFLATED),
                others=tuple(line for line, as_ready in self._lines.items() if as_ready is None),
            )
        return self._audience

    def _turns(self, prepared: Prepared, lane: Lane, audience: Audience) -> Iterator[Callable[[], None]]:
        for lines in _chunks(audience.plain):
            yield partial(self._write_frames, prepared, lane, prepared.frame, lines)
        for lines in _chunks(audience.deflated):
            yield partial(self._write_frames, prepared, lane, prepared.deflated_frame, lines)
        for others in _chunks(audience.others):
            yield partial(self._send, prepared, lane, others)

    def _write_frames(self, prepared: Prepared, lane: Lane, frame: bytes, lines: Sequence[ReadyLine]) -> None:
        size, write = len(frame), self._write
        # The innermost loop of a large room: every further call here is a tenth of its whole cost. One write
        # throws the lines out of the processor's cache, so their descriptors are read all at once before.
        for line, fd in zip(lines, [line.fd for line in lines], strict=True):
            taken = 0
            if fd is not None:
                try:
                    taken = write(fd, frame)
                except OSError:
                    taken = 0
            if taken == size:
                continue
            if taken:
                line.finish(frame, taken)
            else:
                self._send(prepared, lane, (line,))

    def _send(self, prepared: Prepared, lane: Lane, lines: Sequence[Line]) -> None:
        for line in lines:
            if not self._is_in_time(line):
                continue
            if lane is Lane.RELIABLE or line.waiting_bytes <= SKIP_SAMPLED_BYTES:
                line.send(prepared)
            else:
                self._stale.add(line)

    def _is_in_time(self, line: Line) -> bool:
        """Say whether a client still takes part, and cut it off when it has been too slow."""
        if line.is_cut or line not in self._lines:
            return False
        waiting = line.waiting_bytes
        if not waiting:
            self._behind_since_s.pop(line, None)
            return True
        now_s = self._clock_s()
        behind_s = now_s - self._behind_since_s.setdefault(line, now_s)
        if waiting <= CUT_BYTES and behind_s <= CUT_AFTER_S:
            return True
        self.cut_count += 1
        log.info("cut a slow client: %d bytes waiting for %.1f s", waiting, behind_s)
        self.unsubscribe(line)
        line.cut(TRY_AGAIN_LATER, "too slow; come back and resume")
        return False


def _chunks(lines: tuple[AnyLine, ...]) -> Iterator[tuple[AnyLine, ...]]:
    return (lines[start : start + CHUNK] for start in range(0, len(lines), CHUNK))
