"""Which class captures which kind of source."""

from collections.abc import Callable
from typing import Final

from studio.engine.media import MasterClock
from studio.engine.messages import AudioKind, AudioSpec, Canvas, VideoKind, VideoSpec
from studio.engine.sources.demo import DemoPortrait
from studio.engine.sources.generated import DemoMusic, TestTone
from studio.engine.sources.source import AudioSource, VideoSource
from studio.engine.sources.test_pattern import TestPattern
from studio.engine.watchdog import CAMERA_POLICY, CAPTURE_POLICY, CONTENT_POLICY, WatchPolicy

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
    """

    def __init__(self, clock: MasterClock) -> None:
        self._clock = clock

    def make_video(self, spec: VideoSpec, canvas: Canvas) -> VideoSource:
        """Make the video source of this kind for this canvas."""
        match spec.kind:
            case VideoKind.TEST_PATTERN:
                return TestPattern(canvas)
            case _:
                return DemoPortrait(canvas)

    def make_audio(self, spec: AudioSpec, video_source: Callable[[], VideoSource | None]) -> AudioSource:
        """Make the audio source of this kind; `video_source` gives the one shown now."""
        match spec.kind:
            case AudioKind.TEST_TONE:
                return TestTone(self._clock)
            case _:
                return DemoMusic(self._clock)
