"""The newest frames and blocks, between the thread that makes them and whoever shows or sends them."""

import asyncio
import contextlib
import threading
from collections import deque
from typing import Final, Generic, TypeVar

from studio.engine.media import AudioBlock, VideoFrame

Item = TypeVar("Item")

AUDIO_BLOCKS_KEPT: Final = 10  # 200 ms: more would be heard as delay, less would not bridge a busy moment


class FeedReader(Generic[Item]):
    """One reader's own slot: a slow reader loses the oldest items instead of lagging behind.

    Read it from one thread or one event loop, not both. Made by `Feed.reader()`.
    """

    def __init__(self, capacity: int) -> None:
        self._items: deque[Item] = deque()
        self._capacity = capacity
        self._condition = threading.Condition()
        self._waiter: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None
        self._skipped = 0

    @property
    def skipped(self) -> int:
        """How many items were dropped unread because this reader was busy."""
        return self._skipped

    def wait(self, timeout: float) -> Item | None:
        """Block a thread until there is an item, at most `timeout` seconds; None when none came."""
        with self._condition:
            if not self._items:
                self._condition.wait(timeout)
            return self._items.popleft() if self._items else None

    async def next(self) -> Item:
        """Wait in an event loop for the oldest item that is kept."""
        fresh = asyncio.Event()
        while True:
            with self._condition:
                if self._items:
                    self._waiter = None
                    return self._items.popleft()
                fresh.clear()
                self._waiter = (asyncio.get_running_loop(), fresh)
            await fresh.wait()

    def clear(self) -> None:
        """Forget what waits, uncounted: for a reader that starts over."""
        with self._condition:
            self._items.clear()

    def _offer(self, item: Item) -> None:
        with self._condition:
            if len(self._items) >= self._capacity:
                self._items.popleft()
                self._skipped += 1
            self._items.append(item)
            self._condition.notify()
            waiter, self._waiter = self._waiter, None
        if waiter is not None:
            loop, fresh = waiter
            with contextlib.suppress(RuntimeError):  # the reader's loop was closed meanwhile
                loop.call_soon_threadsafe(fresh.set)


class Feed(Generic[Item]):
    """Hands every item to every reader; thread-safe.

    Args:
        capacity: how many unread items a reader keeps.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._lock = threading.Lock()
        self._readers: tuple[FeedReader[Item], ...] = ()

    def put(self, item: Item) -> None:
        """Offer an item to all readers; never blocks."""
        for reader in self._readers:
            reader._offer(item)  # noqa: SLF001 - the feed's own half of the reader

    def reader(self, capacity: int | None = None) -> FeedReader[Item]:
        """Make a reader that sees what is put from now on; it keeps `capacity` items, or the feed's."""
        reader = FeedReader[Item](capacity or self._capacity)
        with self._lock:
            self._readers = (*self._readers, reader)
        return reader

    def remove(self, reader: FeedReader[Item]) -> None:
        """Feed this reader no more."""
        with self._lock:
            self._readers = tuple(other for other in self._readers if other is not reader)


FrameReader = FeedReader[VideoFrame]
AudioReader = FeedReader[AudioBlock]


class LatestFrame(Feed[VideoFrame]):
    """The newest picture only: who comes late gets the newest and a count of those missed."""

    def __init__(self) -> None:
        super().__init__(capacity=1)


class AudioFeed(Feed[AudioBlock]):
    """Sound in order, at most 200 ms of it for each reader that asks for no more."""

    def __init__(self) -> None:
        super().__init__(capacity=AUDIO_BLOCKS_KEPT)
