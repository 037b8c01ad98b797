"""Watches what a publisher sends for what viewers cannot play, by headers alone."""

from collections import deque
from collections.abc import Collection
from typing import Final

from backend.contract.stream import StreamCondition
from backend.relay.h264 import begins_keyframe
from backend.relay.rtp import RtpPacket

# Times that go back so often within so many seconds are a habit of the encoder.
BACKWARD_TIMES: Final = 3
BACKWARD_WITHIN_S: Final = 10.0
KEYFRAME_WITHIN_S: Final = 6.0
VIDEO_WITHIN_S: Final = 5.0
# What was noticed is told for at least so long: it shall not flicker.
HOLD_S: Final = 10.0
HALF_CLOCK: Final = 1 << 31


class StreamInspection:
    """See the module.

    Args:
        kinds: what was offered and taken, of `audio` and `video`.

    Attributes:
        keyframe_asked_at: when a keyframe was asked for that has not come; None where none is awaited.
        keyframe_at: when the last one came; None before the first.
    """

    def __init__(self, kinds: Collection[str]) -> None:
        self._has_video = "video" in kinds
        self.keyframe_asked_at: float | None = None
        self.keyframe_at: float | None = None
        self._highest: int | None = None
        self._timestamp = 0
        self._backward_at: deque[float] = deque(maxlen=BACKWARD_TIMES)
        self._sound_since: float | None = None
        self._video_at: float | None = None
        self._noticed_at: dict[StreamCondition, float] = {}

    def begin_video(self) -> None:
        """Another stream of pictures begins: numbers and times have nothing to do with those before."""
        self._highest = None

    def on_sound(self, now: float) -> None:
        """Take note of a packet of sound."""
        self._sound_since = now if self._sound_since is None else self._sound_since

    def on_video(self, packet: RtpPacket, number: int, now: float) -> None:
        """Take note of a packet of video and its number, which never wraps."""
        self._video_at = now
        if begins_keyframe(packet.payload):
            self.keyframe_asked_at = None
            self.keyframe_at = now
        if self._highest is not None:
            if number <= self._highest:
                return
            if packet.timestamp - self._timestamp & 0xFFFFFFFF >= HALF_CLOCK:
                self._backward_at.append(now)
        self._highest = number
        self._timestamp = packet.timestamp

    def on_keyframe_asked(self, now: float) -> None:
        """Take note that the publisher was asked for a keyframe."""
        if self.keyframe_asked_at is None:
            self.keyframe_asked_at = now

    def on_silence(self) -> None:
        """Nothing comes any more: what was noticed is of no use."""
        self._sound_since = self._video_at = self.keyframe_asked_at = None
        self._backward_at.clear()
        self._noticed_at.clear()

    def conditions(self, now: float) -> list[StreamCondition]:
        """What holds now, or did a moment ago."""
        if not self._has_video:
            return [StreamCondition.SOUND_ONLY] if self._sound_since is not None else []
        for condition in self._noticed(now):
            self._noticed_at[condition] = now
        return [one for one in StreamCondition if now - self._noticed_at.get(one, -HOLD_S) < HOLD_S]

    def _noticed(self, now: float) -> list[StreamCondition]:
        if self._is_without_video(now):
            return [StreamCondition.NO_VIDEO]
        self._noticed_at.pop(StreamCondition.NO_VIDEO, None)
        noticed = []
        if len(self._backward_at) == BACKWARD_TIMES and now - self._backward_at[0] < BACKWARD_WITHIN_S:
            noticed.append(StreamCondition.BACKWARD_TIMESTAMPS)
        if self.keyframe_asked_at is not None and now - self.keyframe_asked_at > KEYFRAME_WITHIN_S:
            noticed.append(StreamCondition.NO_KEYFRAMES)
        return noticed

    def _is_without_video(self, now: float) -> bool:
        if self._sound_since is None:
            return False
        since = self._sound_since if self._video_at is None else max(self._sound_since, self._video_at)
        return now - since > VIDEO_WITHIN_S
