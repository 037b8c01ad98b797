"""The fragments of one room: who watches them, and what who comes later needs to begin at once."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Final

from backend.egress.messages import FragmentMade, InitMade
from backend.egress.segments import Segments
from backend.room.frames import PreparedBytes
from backend.room.line import Line

# Some 3 s of a stream of 4 Mbit/s. Beyond, a viewer goes on from the next keyframe.
MOST_WAITING_BYTES: Final = 1_500_000
MOST_KEPT_BYTES: Final = 16 * 1024 * 1024
# The close code of a service that starts again (RFC 6455 §7.4, IANA's registry): come back.
SERVICE_RESTART: Final = 1012


class Viewer:
    """Somebody who gets fragments as they come."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._is_behind = True

    def begin(self, init: PreparedBytes, since_key: Sequence[PreparedBytes] = ()) -> None:
        """Send what the fragments need, and those from the last keyframe on, however many they are."""
        self.line.send(init)
        self._is_behind = not since_key
        for fragment in since_key:
            self.line.send(fragment)

    def send(self, fragment: PreparedBytes, *, is_key: bool) -> None:
        """Send a fragment; where the line is too far behind, none until a keyframe."""
        is_full = self.line.waiting_bytes > MOST_WAITING_BYTES
        self._is_behind = is_full or (self._is_behind and not is_key)
        if not self._is_behind:
            self.line.send(fragment)


class RoomStream:
    """See the module.

    Args:
        clock_s: seconds of a clock that never goes back.

    Attributes:
        segments: for HLS.
    """

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self.segments = Segments()
        self._has_segment = asyncio.Event()
        self._clock_s = clock_s
        self._viewers: set[Viewer] = set()
        self._wanted_at = clock_s()
        self._init: PreparedBytes | None = None
        self._since_key: list[PreparedBytes] = []

    @property
    def idle_s(self) -> float:
        """How long nobody has wanted it."""
        return 0.0 if self._viewers else self._clock_s() - self._wanted_at

    def touch(self) -> None:
        """Take note that somebody wants it who does not stay: HLS asks again and again."""
        self._wanted_at = self._clock_s()

    async def until_segment(self) -> None:
        """Wait until there is a segment; the caller wants it all the while."""
        if not self.segments.has_any:
            await self._has_segment.wait()
        self.touch()

    def join(self, viewer: Viewer) -> None:
        """Add a viewer, who gets all from the last keyframe on."""
        self._viewers.add(viewer)
        if self._init is not None:
            viewer.begin(self._init, self._since_key)

    def leave(self, viewer: Viewer) -> None:
        """Undo `join`."""
        self._viewers.discard(viewer)
        self.touch()

    def on_made(self, made: InitMade | FragmentMade) -> None:
        """Take in what the process made."""
        if isinstance(made, InitMade):
            self._on_init(made)
        else:
            self._on_fragment(made)

    def _on_init(self, made: InitMade) -> None:
        self.segments.begin(made.data)
        self._since_key = []
        self._init = PreparedBytes(made.data)
        for viewer in self._viewers:
            viewer.begin(self._init)

    def _on_fragment(self, made: FragmentMade) -> None:
        fragment = PreparedBytes(made.data)
        if made.is_key:
            self._since_key = []
        if made.is_key or self._since_key:
            self._since_key.append(fragment)
        if sum(len(one.payload) for one in self._since_key) > MOST_KEPT_BYTES:
            self._since_key = []
        for viewer in self._viewers:
            viewer.send(fragment, is_key=made.is_key)
        if self.segments.add(made.data, is_key=made.is_key, duration=made.duration):
            self._has_segment.set()

    def end(self) -> None:
        """The process is gone: the next one begins another line of time, so viewers come anew."""
        self._init, self._since_key = None, []
        for viewer in list(self._viewers):
            viewer.line.cut(SERVICE_RESTART, "the stream begins anew")
