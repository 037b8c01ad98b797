"""Which class captures which kind of source."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from studio.engine.media import MasterClock
from studio.engine.messages import AudioKind, AudioSpec, Canvas, VideoKind, VideoSpec
from studio.engine.sources.borrowed import BorrowedSound
from studio.engine.sources.demo import DemoPortrait
from studio.engine.sources.generated import DemoMusic, SteadyTone
from studio.engine.sources.grab import X11Grab, find_monitor, find_window
from studio.engine.sources.media_file import MediaFile
from studio.engine.sources.microphone import Microphone
from studio.engine.sources.pattern import MovingPattern
from studio.engine.sources.qt_capture import Camera, QtScreen, QtWindow
from studio.engine.sources.source import AudioSource, VideoSource
from studio.engine.sources.watchdog import CAMERA_POLICY, CAPTURE_POLICY, CONTENT_POLICY, WatchPolicy

_POLICIES: Final = {
    VideoKind.CAMERA: CAMERA_POLICY,
    VideoKind.SCREEN: CAPTURE_POLICY,
    VideoKind.WINDOW: CAPTURE_POLICY,
}


def policy_of(kind: VideoKind) -> WatchPolicy:
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

    def make_video(self, spec: VideoSpec, canvas: Canvas) -> VideoSource:
        """Make the video source of this kind for this canvas."""
        match spec.kind:
            case VideoKind.CAMERA:
                return Camera(spec.target, canvas.fps, self._clock)
            case VideoKind.SCREEN | VideoKind.WINDOW:
                return self._make_capture(spec, canvas.fps)
            case VideoKind.MEDIA_FILE:
                return MediaFile(Path(spec.target), canvas, self._clock)
            case VideoKind.TEST_PATTERN:
                return MovingPattern(canvas)
            case VideoKind.DEMO:
                return DemoPortrait(canvas)

    def make_audio(self, spec: AudioSpec, video_source: Callable[[], VideoSource | None]) -> AudioSource:
        """Make the audio source of this kind; `video_source` gives the video source shown now.

        Raises:
            ValueError: no source makes silence.
        """
        match spec.kind:
            case AudioKind.MICROPHONE:
                return Microphone(spec.target, self._clock)
            case AudioKind.TEST_TONE:
                return SteadyTone(self._clock)
            case AudioKind.DEMO:
                return DemoMusic(self._clock)
            case AudioKind.VIDEO_SOURCE:
                return BorrowedSound(video_source)
            case AudioKind.NONE:
                raise ValueError("expected a kind that sounds, got none")

    def _make_capture(self, spec: VideoSpec, fps: int) -> VideoSource:
        is_screen = spec.kind is VideoKind.SCREEN
        if self._display is not None:
            find = find_monitor(spec.target) if is_screen else find_window(spec.target)
            return X11Grab(self._display, find, fps, self._clock)
        return (
            QtScreen(spec.target, fps, self._clock) if is_screen else QtWindow(spec.target, fps, self._clock)
        )
