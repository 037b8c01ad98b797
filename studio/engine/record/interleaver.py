"""Puts pictures and sound into the order of their time; they come by two ways of different delay."""

from collections import deque
from collections.abc import Iterator
from typing import Final, TypeAlias

from studio.engine.media import AudioBlock
from studio.engine.publish.encoder import VIDEO_RATE, EncodedPicture

MOST_HELD_SECONDS: Final = 1.0
"""One that is so far ahead of the other goes on without it."""

Item: TypeAlias = EncodedPicture | AudioBlock


def time_of(item: Item) -> float:
    """Give when an item was captured, in seconds of the master clock."""
    return item.captured_at if isinstance(item, AudioBlock) else item.time / VIDEO_RATE


class Interleaver:
    """Holds each kind until the other has come as far, at most a second."""

    def __init__(self) -> None:
        self._pictures: deque[EncodedPicture] = deque()
        self._sounds: deque[AudioBlock] = deque()
        self._newest = {EncodedPicture: float("-inf"), AudioBlock: float("-inf")}

    def add(self, item: Item) -> Iterator[Item]:
        """Take an item; gives those whose turn has come."""
        if isinstance(item, AudioBlock):
            self._sounds.append(item)
        else:
            self._pictures.append(item)
        self._newest[type(item)] = time_of(item)
        yield from self._due()

    def flush(self) -> Iterator[Item]:
        """Give all that is held."""
        while self._pictures or self._sounds:
            yield self._pop()

    def _due(self) -> Iterator[Item]:
        while self._pictures or self._sounds:
            oldest = min(time_of(queue[0]) for queue in (self._pictures, self._sounds) if queue)
            is_known = oldest <= min(self._newest.values())
            if not is_known and max(self._newest.values()) - oldest < MOST_HELD_SECONDS:
                return
            yield self._pop()

    def _pop(self) -> Item:
        if not self._sounds:
            return self._pictures.popleft()
        if not self._pictures or time_of(self._sounds[0]) < time_of(self._pictures[0]):
            return self._sounds.popleft()
        return self._pictures.popleft()
