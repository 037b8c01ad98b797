"""A place for one thing between two threads: the newest wins, what is not taken in time is dropped."""

import threading
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Slot(Generic[Item]):
    """Holds at most one item."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._item: Item | None = None
        self._is_closed = False
        self._is_woken = False
        self.dropped = 0

    def put(self, item: Item) -> None:
        """Put an item in, in place of one that was not taken; never waits."""
        with self._changed:
            if self._item is not None:
                self.dropped += 1
            self._item = item
            self._changed.notify()

    def take(self) -> Item | None:
        """Wait for an item and take it; None when the slot is empty and closed, or was woken."""
        with self._changed:
            self._changed.wait_for(lambda: self._item is not None or self._is_closed or self._is_woken)
            self._is_woken = False
            item, self._item = self._item, None
            return item

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take."""
        return self._item is None

    def wake(self) -> None:
        """Let whoever waits look up once: there is something else to do."""
        with self._changed:
            self._is_woken = True
            self._changed.notify_all()

    def close(self) -> None:
        """Let whoever waits go: there will be no more items."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
