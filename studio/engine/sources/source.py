"""The face that every source has, whatever it captures."""

from abc import ABC, abstractmethod

from studio.engine.media import Sound, VideoFrame


class SourceError(Exception):
    """A source cannot be had.

    Args:
        code: what the studio's translations know it by, such as `device_missing`.
        detail: cause and remedy, in English.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Source(ABC):
    """What can be opened, can fail, and is closed; opened and closed in the engine's main thread only."""

    @abstractmethod
    def open(self) -> None:
        """Begin to capture, without waiting for the first frame.

        Raises:
            SourceError: when it is clear at once that it cannot be had.
        """

    def close(self) -> None:  # noqa: B027 - what is made on demand has nothing to close
        """End capturing; harmless when it is not open."""

    @property
    def failure(self) -> SourceError | None:
        """What ended it after it was opened; None while all is well."""
        return None


class VideoSource(Source):
    """A source of pictures."""

    @abstractmethod
    def newest(self, at: float) -> VideoFrame | None:
        """Return the newest picture at this time of the master clock; None before the first.

        Called by the compose thread. Unlike a composed frame its image may also be BGRX, of shape
        (height, width, 4); like one it is never written again.
        """

    @property
    def is_loading(self) -> bool:
        """Whether it is at work on its first picture, which may take longer than a device has to begin."""
        return False

    @property
    def sound(self) -> "AudioSource | None":
        """The sound that belongs to the picture; None when there is none."""
        return None


class AudioSource(Source):
    """A source of sound, read by the mixer at the pace of the master clock."""

    @property
    @abstractmethod
    def delay(self) -> float:
        """How many seconds after a sample was heard it can be pulled; may change while open."""

    @abstractmethod
    def pull(self, count: int, at: float) -> Sound | None:
        """Return what was heard from `at` on: float32 of shape (count, 2), -1 to 1; None when nothing was.

        Called by the mixer's thread with times that follow on each other, `count` samples apart.
        """

    @property
    def lateness(self) -> float:
        """How much later than it was heard the sound is stamped now, in seconds."""
        return 0.0

    @property
    @abstractmethod
    def heard_at(self) -> float | None:
        """When sound last arrived, in seconds of the master clock; None before the first."""
