"""Which class captures which kind of source."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from studio.engine.media import MasterClock
from studio.engine.sources.borrowed import BorrowedSound
from studio.engine.sources.demo import DemoPortrait
from studio.engine.sources.generated import DemoMusic, SteadyTone
from studio.engine.sources.grab import X11Grab, find_monitor, find_window
from studio.engine.sources.media_file import MediaFile
from studio.engine.sources.microphone import Microphone
from studio.engine.sources.pattern import MovingPattern
from studio.engine.sources.qt_capture import Camera, QtScreen, QtWindow
from studio.engine.sources.source import AudioSource, VideoSource
from studio.engine.sources.stills import ColorStill, ImageFile, TextStill
from studio.engine.sources.watchdog import CAMERA_POLICY, CAPTURE_POLICY, CONTENT_POLICY, WatchPolicy
from studio.project.choices import target_of
from studio.project.kinds import values_of
from studio.project.project import Canvas, Source, SourceKind

_POLICIES: Final = {
    SourceKind.CAMERA: CAMERA_POLICY,
    SourceKind.SCREEN: CAPTURE_POLICY,
    SourceKind.WINDOW: CAPTURE_POLICY,
}


def policy_of(kind: SourceKind) -> WatchPolicy:
    """Say what is wrong for this kind of source."""
    return _POLICIES.get(kind, CONTENT_POLICY)


class SourceCatalog:
    """Makes sources, unopened.

    Args:
        clock: the master clock.
        display: the X11 display that screens and windows are on; None: Qt captures them.
    """

    def __init__(self, clock: MasterClock, display: str | None) -> None:
        self._clock = clock
        self._display = display

    def make_video(self, source: Source, canvas: Canvas) -> VideoSource:
        """Make what gives the pictures of a source, for this canvas.

        Raises:
            ValueError: this kind gives none.
        """
        target = target_of(source)
        match source.kind:
            case SourceKind.CAMERA:
                return Camera(target, canvas.fps, self._clock)
            case SourceKind.SCREEN | SourceKind.WINDOW:
                return self._make_capture(source.kind, target, canvas.fps)
            case SourceKind.MEDIA_FILE:
                return MediaFile(Path(target), canvas, self._clock)
            case SourceKind.TEST_PATTERN | SourceKind.DEMO:
                is_pattern = source.kind is SourceKind.TEST_PATTERN
                return MovingPattern(canvas) if is_pattern else DemoPortrait(canvas)
            case SourceKind.IMAGE | SourceKind.TEXT | SourceKind.COLOR:
                return _make_still(source, canvas)
            case _:
                raise ValueError(f"expected a kind that gives pictures, got {source.kind}")

    def make_audio(self, source: Source, picture: Callable[[], VideoSource | None]) -> AudioSource:
        """Make what gives the sound of a source; `picture` gives its pictures while they are open."""
        match source.kind:
            case SourceKind.MICROPHONE:
                return Microphone(target_of(source), self._clock)
            case SourceKind.TEST_TONE:
                return SteadyTone(self._clock)
            case SourceKind.DEMO_MUSIC:
                return DemoMusic(self._clock)
            case _:
                return BorrowedSound(picture)

    def _make_capture(self, kind: SourceKind, target: str, fps: int) -> VideoSource:
        is_screen = kind is SourceKind.SCREEN
        if self._display is not None:
            find = find_monitor(target) if is_screen else find_window(target)
            return X11Grab(self._display, find, fps, self._clock)
        return QtScreen(target, fps, self._clock) if is_screen else QtWindow(target, fps, self._clock)


def _make_still(source: Source, canvas: Canvas) -> VideoSource:
    values = values_of(source)
    match source.kind:
        case SourceKind.IMAGE:
            return ImageFile(Path(values.text("file")), canvas)
        case SourceKind.TEXT:
            return TextStill(values)
        case _:
            return ColorStill(values)
