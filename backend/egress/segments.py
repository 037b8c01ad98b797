"""HLS segments of a room's fragments, and the playlist that names them (RFC 8216; ISO/IEC 23000-19)."""

import secrets
from collections import deque
from typing import Final, NamedTuple

from backend.egress.boxes import VIDEO_CLOCK

# A segment ends with the first keyframe from here on: the studio sends one every 2 s.
SEGMENT: Final = VIDEO_CLOCK * 19 // 10
LEAST_TARGET_S: Final = 2
KEPT: Final = 8
MAX_SEGMENT_BYTES: Final = 32 * 1024 * 1024


class Segment(NamedTuple):
    """Fragments from keyframe to keyframe.

    Attributes:
        name: of its file; no other segment ever had it.
        seconds: how long it plays.
        init: the name of its init segment.
        is_discontinuous: whether its times do not go on from the segment before.
    """

    name: str
    data: bytes
    seconds: float
    init: str
    is_discontinuous: bool


class Segments:
    """The newest segments of a room."""

    def __init__(self) -> None:
        # A cache in front may keep a file for long: another stream's must not have its name.
        self._epoch = secrets.token_hex(4)
        self._inits: dict[str, bytes] = {}
        self._init = ""
        self._kept: deque[Segment] = deque()
        self._parts: list[bytes] = []
        self._duration = 0
        self._made = 0
        self._target_s = LEAST_TARGET_S
        self._discontinuities = 0
        self._is_discontinuous = False

    @property
    def has_any(self) -> bool:
        """Whether there is something to play."""
        return bool(self._kept)

    def begin(self, init: bytes) -> None:
        """Let what follows need this init segment."""
        self._is_discontinuous = self._is_discontinuous or bool(self._init)
        self._drop()
        self._init = f"{self._epoch}-{self._made}-{len(self._inits)}.mp4"
        used = {segment.init for segment in self._kept}
        self._inits = {name: data for name, data in self._inits.items() if name in used}
        self._inits[self._init] = init

    def add(self, data: bytes, *, is_key: bool, duration: int) -> bool:
        """Take in a fragment of this duration in 1/90000 s; return whether a segment is whole by it."""
        is_whole = is_key and self._duration >= SEGMENT
        if is_whole:
            self._finish()
        if is_key or self._parts:
            self._parts.append(data)
            self._duration += duration
        if sum(map(len, self._parts)) > MAX_SEGMENT_BYTES:
            self._drop()
            self._is_discontinuous = True
        return is_whole

    def _finish(self) -> None:
        seconds = self._duration / VIDEO_CLOCK
        name = f"{self._epoch}-{self._made}.m4s"
        segment = Segment(name, b"".join(self._parts), seconds, self._init, self._is_discontinuous)
        self._kept.append(segment)
        self._made += 1
        self._target_s = max(self._target_s, round(seconds))
        self._is_discontinuous = False
        self._drop()
        if len(self._kept) > KEPT:
            self._discontinuities += self._kept.popleft().is_discontinuous

    def _drop(self) -> None:
        self._parts, self._duration = [], 0

    def file(self, name: str) -> bytes | None:
        """A segment or an init segment; None where there is none of that name any more."""
        if name in self._inits:
            return self._inits[name]
        return next((segment.data for segment in self._kept if segment.name == name), None)

    def playlist(self) -> str:
        """The playlist as of now."""
        lines = [
            "#EXTM3U",
            "#EXT-X-VERSION:7",
            "#EXT-X-INDEPENDENT-SEGMENTS",
            f"#EXT-X-TARGETDURATION:{self._target_s}",
            f"#EXT-X-MEDIA-SEQUENCE:{self._made - len(self._kept)}",
            f"#EXT-X-DISCONTINUITY-SEQUENCE:{self._discontinuities}",
        ]
        init = ""
        for segment in self._kept:
            if segment.is_discontinuous:
                lines.append("#EXT-X-DISCONTINUITY")
            if segment.init != init:
                init = segment.init
                lines.append(f'#EXT-X-MAP:URI="{init}"')
            lines += [f"#EXTINF:{segment.seconds:.5f},", segment.name]
        return "\n".join(lines) + "\n"
