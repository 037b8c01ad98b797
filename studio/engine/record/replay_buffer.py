"""The last seconds of what was encoded, to be kept when something happened that is worth it."""

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from studio.engine.media import AudioBlock
from studio.engine.messages.recording import SaveReplay, StartRecording
from studio.engine.record.interleaver import Interleaver, Item, time_of
from studio.engine.record.recording import Recording

REPLAY_SECONDS: Final = 30.0
_KEYFRAME_SECONDS: Final = 2.0


class ReplayBuffer:
    """Keeps the last 30 s and what is needed to decode them: about 25 MB at 2.5 Mbit/s."""

    def __init__(self) -> None:
        self._interleaver = Interleaver()
        self._items: deque[Item] = deque()

    def add(self, item: Item) -> None:
        """Take a picture or a block of sound."""
        for due in self._interleaver.add(item):
            self._items.append(due)
            oldest = time_of(due) - REPLAY_SECONDS - _KEYFRAME_SECONDS
            while time_of(self._items[0]) < oldest:
                self._items.popleft()

    def items(self) -> Sequence[Item]:
        """Give the last 30 s in the order of time, from a keyframe on; empty where no picture came lately."""
        if not self._items:
            return ()
        begin = time_of(self._items[-1]) - REPLAY_SECONDS
        keyframes = [
            number
            for number, item in enumerate(self._items)
            if not isinstance(item, AudioBlock) and item.is_keyframe
        ]
        before = [number for number in keyframes if time_of(self._items[number]) <= begin]
        first = before[-1:] or keyframes[:1]
        return list(self._items)[first[0] :] if first else ()

    def save(self, command: SaveReplay, fps: int) -> Path | None:
        """Write the last 30 s into a file; gives its path, None where no picture came lately.

        Raises:
            OSError, av.error.FFmpegError: it cannot be written.
        """
        recording = Recording(StartRecording(command.folder, command.name, command.title), fps)
        for item in self.items():
            recording.take(item)
        path = recording.path
        recording.close()
        return path
