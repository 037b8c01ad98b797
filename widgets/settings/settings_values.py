"""The values that the settings dialog shows and returns, and the choices it offers; without Qt."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Final

import msgspec

from studio.project.choices import AudioKind, AudioSpec, VideoKind, VideoSpec

MIN_KBPS: Final = 100
MAX_KBPS: Final = 20_000
MAX_SPLIT_MINUTES: Final = 24 * 60
MAX_SPLIT_MEGABYTES: Final = 100_000
RATES: Final = (15, 24, 25, 30, 50, 60)
ENCODERS: Final = ("", "libx264", "h264_nvenc", "h264_qsv", "h264_amf", "h264_videotoolbox", "h264_vaapi")


class Orientation(StrEnum):
    """The shape of the picture."""

    PORTRAIT = "9:16"
    LANDSCAPE = "16:9"


class BackendPlace(StrEnum):
    """Where the backend runs."""

    HERE = "here"
    REMOTE = "remote"


class RecordingChoices(msgspec.Struct, frozen=True):
    """How recordings are made.

    Attributes:
        folder: where they go; empty for the user's videos.
        begins_with_live: a recording begins and ends with each broadcast.
        split_minutes: another file begins after so long; 0: never.
        split_megabytes: another file begins at about this size; 0: never.
    """

    folder: str = ""
    begins_with_live: bool = False
    split_minutes: Annotated[int, msgspec.Meta(ge=0, le=MAX_SPLIT_MINUTES)] = 0
    split_megabytes: Annotated[int, msgspec.Meta(ge=0, le=MAX_SPLIT_MEGABYTES)] = 0


@dataclass(frozen=True)
class SettingsValues:
    """What the dialog shows and gives back.

    Attributes:
        language: `zh_CN`, `en`, or empty for the system's.
        sends_layers: two smaller pictures are sent besides.
        encoder: FFmpeg name; empty for the best that opens.
        is_open_to_lan: whether phones on the network reach the backend that runs here.
        port: of the backend that runs here; 0 takes a free one.
        remote_url, remote_room, remote_token: the backend elsewhere.
    """

    language: str = ""
    orientation: Orientation = Orientation.PORTRAIT
    fps: int = 30
    floor_kbps: int = 400
    ceiling_kbps: int = 2500
    sends_layers: bool = True
    encoder: str = ""
    picture: VideoSpec = field(default_factory=lambda: VideoSpec(VideoKind.CAMERA))
    sound: AudioSpec = field(default_factory=lambda: AudioSpec(AudioKind.MICROPHONE))
    backend_place: BackendPlace = BackendPlace.HERE
    is_open_to_lan: bool = False
    port: int = 8787
    remote_url: str = ""
    remote_room: str = ""
    remote_token: str = ""
    recording: RecordingChoices = field(default_factory=RecordingChoices)
