"""What can be shown and heard, as the panels speak of it."""

from dataclasses import dataclass
from enum import StrEnum


class PictureKind(StrEnum):
    """Where a picture comes from."""

    CAMERA = "camera"
    SCREEN = "screen"
    WINDOW = "window"
    MEDIA_FILE = "media_file"
    TEST_PATTERN = "test_pattern"
    DEMO = "demo"


class SoundKind(StrEnum):
    """Where sound comes from."""

    NONE = "none"
    MICROPHONE = "microphone"
    VIDEO_SOURCE = "video_source"
    TEST_TONE = "test_tone"
    DEMO = "demo"


class Health(StrEnum):
    """How a source is doing."""

    OPENING = "opening"
    RUNNING = "running"
    TROUBLED = "troubled"
    FAILED = "failed"


@dataclass(frozen=True)
class Picture:
    """A video source: its kind, and a device id, screen, window id or file path; empty means the default."""

    kind: PictureKind
    target: str = ""


@dataclass(frozen=True)
class Sound:
    """An audio source: its kind, and a device id; empty means the default."""

    kind: SoundKind
    target: str = ""


@dataclass(frozen=True)
class Entry:
    """Something that can be opened: its stable id, and its name for people."""

    target: str
    name: str


@dataclass(frozen=True)
class Offer:
    """All that can be opened now."""

    cameras: tuple[Entry, ...] = ()
    screens: tuple[Entry, ...] = ()
    windows: tuple[Entry, ...] = ()
    microphones: tuple[Entry, ...] = ()
