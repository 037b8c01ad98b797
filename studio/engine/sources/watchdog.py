"""Notices when a source gives no pictures, the same one for ever, or black ones; knows no I/O."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from studio.engine.media import Picture, VideoFrame
from studio.engine.messages.values import SourceState

STALL_SECONDS: Final = 2.0
OPENING_SECONDS: Final = 5.0
FREEZE_SECONDS: Final = 3.0
BLACK_SECONDS: Final = 3.0
_LOOK_STEP: Final = 16
_BLACK_MEAN: Final = 6.0
_BLACK_MOST: Final = 40


@dataclass(frozen=True)
class WatchPolicy:
    """What is wrong for this kind of source: a still screen is well, a still camera is broken."""

    minds_freezing: bool
    minds_black: bool


CAMERA_POLICY: Final = WatchPolicy(minds_freezing=True, minds_black=True)
CAPTURE_POLICY: Final = WatchPolicy(minds_freezing=False, minds_black=True)
CONTENT_POLICY: Final = WatchPolicy(minds_freezing=False, minds_black=False)


@dataclass(frozen=True, slots=True)
class Sight:
    """What the watchdog keeps of a frame, or of a block of sound.

    Attributes:
        arrived_at: seconds of the master clock.
        signature: a sample of the picture's bytes; equal for equal pictures.
        is_black: whether there is nothing to see.
    """

    arrived_at: float
    signature: bytes = b""
    is_black: bool = False


def look_at(frame: VideoFrame) -> Sight:
    """Look at one pixel in 256: sensor noise alone changes some of them in every frame."""
    sample: Picture = np.ascontiguousarray(frame.image[::_LOOK_STEP, ::_LOOK_STEP, :3])
    is_black = float(sample.mean()) < _BLACK_MEAN and int(sample.max()) < _BLACK_MOST
    return Sight(frame.captured_at, sample.tobytes(), is_black)


class Watchdog:
    """Keeps one source's state; fed with what is seen about ten times a second.

    A bad state stays through every reopening until something good is seen, so the alarm does not flicker.

    Args:
        policy: what is wrong for this kind of source.
        now: when the source is opened, in seconds of the master clock.
    """

    def __init__(self, policy: WatchPolicy, now: float) -> None:
        self._policy = policy
        self._state = SourceState.OPENING
        self._opened_at = now
        self._last: Sight | None = None
        self._same_since = now
        self._bright_at = now

    @property
    def state(self) -> SourceState:
        """How the source is doing."""
        return self._state

    def reopened(self, now: float) -> None:
        """Take note that the source was opened again."""
        self._opened_at = now

    def failed(self) -> SourceState:
        """Take note that the source could not be opened, or ended."""
        self._state = SourceState.FAILED
        return self._state

    def look(self, sight: Sight | None, now: float) -> SourceState:
        """Judge by the newest sight, None when there was none since the opening; return the state."""
        if sight is not None and sight.arrived_at > self._newest_at():
            self._take(sight, now)
            self._state = self._judge(now)
        elif self._is_silent(now):
            self._state = SourceState.STALLED
        return self._state

    def _take(self, sight: Sight, now: float) -> None:
        if self._last is None or sight.signature != self._last.signature:
            self._same_since = now
        if not sight.is_black:
            self._bright_at = now
        self._last = sight

    def _judge(self, now: float) -> SourceState:
        if self._policy.minds_black and now - self._bright_at >= BLACK_SECONDS:
            return SourceState.BLACK
        if self._policy.minds_freezing and now - self._same_since >= FREEZE_SECONDS:
            return SourceState.FROZEN
        return SourceState.RUNNING

    def _newest_at(self) -> float:
        """When the newest counted: what comes late from before the opening does not."""
        return max(self._opened_at, self._last.arrived_at) if self._last else self._opened_at

    def _is_silent(self, now: float) -> bool:
        newest = self._newest_at()
        return now - newest >= (STALL_SECONDS if newest > self._opened_at else OPENING_SECONDS)
