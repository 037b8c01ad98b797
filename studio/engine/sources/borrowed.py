"""The sound that belongs to a picture: played while the video source that has it is open."""

from collections.abc import Callable

from typing_extensions import override

from studio.engine.media import BLOCK_SECONDS, Sound
from studio.engine.sources.source import AudioSource, SourceError, VideoSource


class BorrowedSound(AudioSource):
    """Whatever sound a video source has.

    Args:
        video_source: gives it while it is open; None while it is not.
    """

    def __init__(self, video_source: Callable[[], VideoSource | None]) -> None:
        self._video_source = video_source

    @override
    def open(self) -> None:
        pass

    @property
    @override
    def failure(self) -> SourceError | None:
        source = self._video_source()
        if source is None or source.sound is not None:
            return None
        return SourceError(
            "no_sound", "The picture's source has no sound. Choose a microphone, or a file with sound."
        )

    @property
    @override
    def delay(self) -> float:
        return BLOCK_SECONDS

    @property
    @override
    def heard_at(self) -> float | None:
        sound = self._sound()
        return sound.heard_at if sound is not None else None

    @override
    def pull(self, count: int, at: float) -> Sound | None:
        sound = self._sound()
        return sound.pull(count, at) if sound is not None else None

    def _sound(self) -> AudioSource | None:
        source = self._video_source()
        return source.sound if source is not None else None
