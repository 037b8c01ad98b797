"""Keeps a source going: opens it, watches it, tells of its state, and opens it again with growing pauses."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from typing_extensions import override

from studio.engine.media import MasterClock, Sound, VideoFrame
from studio.engine.messages.values import SourceState
from studio.engine.scene.draw_list import FrameProvider
from studio.engine.scene.slates import Slate
from studio.engine.sources.source import AudioSource, Source, SourceError, VideoSource
from studio.engine.sources.watchdog import (
    CONTENT_POLICY,
    OPENING_SECONDS,
    STALL_SECONDS,
    Sight,
    Watchdog,
    WatchPolicy,
    look_at,
)

log = logging.getLogger("livestall.sources")

RETRY_SECONDS: Final = (1.0, 2.0, 4.0, 8.0, 15.0)
_WELL_SECONDS: Final = 5.0
"""A source that ran this long is well again: the next pause is the shortest."""

_REMEDIES: Final = {
    SourceState.STALLED: (
        "no_frames",
        "The source gives nothing. Check its cable and whether another program uses it",
    ),
    SourceState.FROZEN: (
        "picture_frozen",
        "The camera repeats the same picture. Unplug it and plug it in again",
    ),
    SourceState.BLACK: ("picture_black", "The picture is black. Take off the lens cap, or allow the capture"),
}


@dataclass(frozen=True)
class SourceReport:
    """The report on a source: its state, and cause and remedy where it is not well."""

    state: SourceState
    code: str = ""
    detail: str = ""


AnySource = TypeVar("AnySource", bound=Source)


class SourceSupervisor(ABC, Generic[AnySource]):
    """Keeps one source; all methods but those of the subclasses belong to the engine's main thread.

    Args:
        make: makes a new source; called before each opening.
        policy: what is wrong for this kind of source.
        clock: the master clock.
        on_report: called with every change.
    """

    def __init__(
        self,
        make: Callable[[], AnySource],
        policy: WatchPolicy,
        clock: MasterClock,
        on_report: Callable[[SourceReport], None],
    ) -> None:
        self._make = make
        self._clock = clock
        self._on_report = on_report
        self._watchdog = Watchdog(policy, clock.now())
        self._source: AnySource | None = None
        self._report = SourceReport(SourceState.OPENING)
        self._attempts = 0
        self._retry_at = float("inf")
        self._well_since: float | None = None

    @property
    def state(self) -> SourceState:
        """How the source is doing."""
        return self._report.state

    @property
    def source(self) -> AnySource | None:
        """The source while it is open."""
        return self._source

    def start(self) -> None:
        """Open the source."""
        self._on_report(self._report)
        self._open(self._clock.now())

    def stop(self) -> None:
        """Close the source and keep it no more."""
        self._retry_at = float("inf")
        self._close()

    def retry_soon(self) -> None:
        """Try at the next tick: a device was plugged in."""
        if self._report.state is SourceState.FAILED:
            self._retry_at = self._clock.now()

    def tick(self) -> None:
        """Watch; call it about ten times a second."""
        now = self._clock.now()
        failure = self._source.failure if self._source else None
        if failure is not None:
            self._fail(failure, now)
        elif self._source is not None:
            self._watch(now)
        if now >= self._retry_at:
            self._close()
            self._open(now)

    def _watch(self, now: float) -> None:
        state = self._watchdog.look(self._see(), now)
        if state in (SourceState.RUNNING, SourceState.OPENING):
            self._tell(SourceReport(state))
            self._retry_at = float("inf")
            self._note_health(state, now)
            return
        self._well_since = None
        if state is not self._report.state:
            code, remedy = _REMEDIES[state]
            self._tell(SourceReport(state, code, f"{remedy}; it is being opened again."))
        if self._retry_at == float("inf"):
            self._retry_at = now + self._next_pause()

    def _note_health(self, state: SourceState, now: float) -> None:
        if state is SourceState.OPENING:
            return
        self._well_since = self._well_since if self._well_since is not None else now
        if now - self._well_since >= _WELL_SECONDS:
            self._attempts = 0

    def _open(self, now: float) -> None:
        self._retry_at = float("inf")
        self._watchdog.reopened(now)
        source = self._make()
        try:
            source.open()
        except SourceError as error:
            self._fail(error, now)
            return
        self._source = source
        if self._report.state not in (SourceState.OPENING, SourceState.RUNNING):
            self._retry_at = now + max(OPENING_SECONDS, self._next_pause())

    def _fail(self, error: SourceError, now: float) -> None:
        self._close()
        self._well_since = None
        self._watchdog.failed()
        self._retry_at = now + self._next_pause()
        self._tell(SourceReport(SourceState.FAILED, error.code, error.detail))

    def _next_pause(self) -> float:
        pause = RETRY_SECONDS[min(self._attempts, len(RETRY_SECONDS) - 1)]
        self._attempts += 1
        return pause

    def _close(self) -> None:
        source, self._source = self._source, None
        self._forget()
        if source is not None:
            source.close()

    def _tell(self, report: SourceReport) -> None:
        if report != self._report:
            self._report = report
            log.info("source is %s %s %s", report.state.value, report.code, report.detail)
            self._on_report(report)

    @abstractmethod
    def _see(self) -> Sight | None:
        """The newest that came from the source."""

    def _forget(self) -> None:
        """Forget what was seen of a source that is closed."""


class Effects(Protocol):
    """What is done to a source's pictures (see `studio.engine.effects.source_effects.SourceEffects`)."""

    def through(self, frame: VideoFrame) -> VideoFrame:
        """Take the source's newest picture, return the one to show."""

    def forget(self) -> None:
        """Forget the pictures before: the source is opened again."""


class VideoSupervisor(SourceSupervisor[VideoSource]):
    """A video source that is always there: its picture, or a slate.

    Args:
        slates: what is shown while the source is not well.
        meanwhile: shown instead of the starting slate while the source opens for the first time.
        effects: what its pictures go through before they are shown; a slate does not.
    """

    def __init__(
        self,
        make: Callable[[], VideoSource],
        policy: WatchPolicy,
        clock: MasterClock,
        on_report: Callable[[SourceReport], None],
        *,
        slates: dict[Slate, FrameProvider],
        meanwhile: FrameProvider | None = None,
        effects: Effects | None = None,
    ) -> None:
        super().__init__(make, policy, clock, on_report)
        self._slates = slates
        self._meanwhile = meanwhile
        self._effects = effects
        self._patience_until = clock.now() + STALL_SECONDS
        self._seen: VideoFrame | None = None

    def newest(self, at: float) -> VideoFrame | None:
        """Return the picture, or the slate that stands in for it; called by the compose thread."""
        source = self._source
        frame = source.newest(at) if source is not None else None
        if frame is not None:
            self._seen = frame
        state = self._report.state
        if frame is not None and state in (SourceState.OPENING, SourceState.RUNNING):
            return self._effects.through(frame) if self._effects is not None else frame
        return self._stand_in(state).newest(at)

    def watch(self, at: float) -> None:
        """Look at the source without showing it; called by the compose thread."""
        source = self._source
        frame = source.newest(at) if source is not None else None
        if frame is not None:
            self._seen = frame

    def _stand_in(self, state: SourceState) -> FrameProvider:
        if state is not SourceState.OPENING:
            return self._slates[Slate.SOURCE_LOST]
        if self._meanwhile is not None and self._clock.now() < self._patience_until:
            return self._meanwhile
        return self._slates[Slate.STARTING]

    @override
    def _see(self) -> Sight | None:
        frame = self._seen
        if frame is None and self._source is not None and self._source.is_loading:
            self._watchdog.reopened(self._clock.now())
        return look_at(frame) if frame is not None else None

    @override
    def _forget(self) -> None:
        self._seen = None
        if self._effects is not None:
            self._effects.forget()


class AudioSupervisor(SourceSupervisor[AudioSource]):
    """An audio source that is always there: its sound, or silence."""

    def __init__(
        self,
        make: Callable[[], AudioSource],
        clock: MasterClock,
        on_report: Callable[[SourceReport], None],
    ) -> None:
        super().__init__(make, CONTENT_POLICY, clock, on_report)

    @property
    def delay(self) -> float:
        """How many seconds after a sample was heard it can be pulled."""
        source = self._source
        return source.delay if source is not None else 0.0

    def pull(self, count: int, at: float) -> Sound | None:
        """Return what was heard from `at` on, None for silence; called by the mixer's thread."""
        source = self._source
        return source.pull(count, at) if source is not None else None

    @override
    def _see(self) -> Sight | None:
        source = self._source
        heard_at = source.heard_at if source is not None else None
        return Sight(heard_at) if heard_at is not None else None
