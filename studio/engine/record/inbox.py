"""What waits for the recorder's thread: pictures as many as are good for memory, and orders."""

import queue
import threading
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from studio.engine.publish.encoder import EncodedPicture

Order = TypeVar("Order")

MOST_PICTURES: Final = 300
"""10 s at 30 fps, 3 MB: a disk that stands still longer costs pictures, never the broadcast."""


class Inbox(Generic[Order]):
    """Filled by any thread without waiting, emptied by one.

    Args:
        request_keyframe: called when pictures were left out, so that they can go on.
    """

    def __init__(self, request_keyframe: Callable[[], None]) -> None:
        self._request_keyframe = request_keyframe
        self._items: queue.SimpleQueue[EncodedPicture | Order] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._waiting = 0
        self._awaits_keyframe = False
        self.dropped = 0

    def put(self, order: Order) -> None:
        """Add an order, behind what waits."""
        self._items.put(order)

    def offer(self, picture: EncodedPicture) -> None:
        """Add a picture, or leave it and those that refer to it out where too many wait."""
        with self._lock:
            is_full = self._waiting >= MOST_PICTURES
            if is_full or (self._awaits_keyframe and not picture.is_keyframe):
                self.dropped += 1
                is_news, self._awaits_keyframe = not self._awaits_keyframe, True
            else:
                is_news, self._awaits_keyframe = False, False
                self._waiting += 1
                self._items.put(picture)
        if is_news:
            self._request_keyframe()

    def get(self, timeout: float | None) -> EncodedPicture | Order | None:
        """Take what waits longest; None when nothing came within `timeout` seconds."""
        try:
            item = self._items.get(timeout=timeout)
        except queue.Empty:
            return None
        if isinstance(item, EncodedPicture):
            with self._lock:
                self._waiting -= 1
        return item
