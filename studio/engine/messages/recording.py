"""What studio and engine say to each other about recordings."""

from enum import StrEnum

import msgspec

from studio.engine.messages.values import Message


class RecordingState(StrEnum):
    """How the recording is doing; STARTING until its first picture is written."""

    IDLE = "idle"
    STARTING = "starting"
    RECORDING = "recording"
    PAUSED = "paused"


class RecordingProblem(StrEnum):
    """Why a recording ended by itself or did not begin."""

    DISK_FULL = "disk_full"
    NOT_WRITABLE = "not_writable"
    NO_ENCODER = "no_encoder"


# --- Commands ---


class StartRecording(Message, frozen=True, tag="start_recording"):
    """Record what is composed until asked to stop, as MP4 files that can be played while they grow.

    Attributes:
        folder: where the files go; made if it is not there.
        name: of the files, without an ending; a number follows where it is taken.
        title: of the first chapter.
        split_bytes: begin another file at about this size; 0: never.
        split_seconds: begin another file after this time; 0: never.
    """

    folder: str
    name: str
    title: str = ""
    split_bytes: int = 0
    split_seconds: float = 0.0


class StopRecording(Message, frozen=True, tag="stop_recording"):
    """End the recording; `RecordingChanged` follows when its file is whole."""


class PauseRecording(Message, frozen=True, tag="pause_recording"):
    """Record nothing until asked to go on; the file shows no gap."""


class ResumeRecording(Message, frozen=True, tag="resume_recording"):
    """Go on after a pause."""


class AddChapter(Message, frozen=True, tag="add_chapter"):
    """Begin a chapter of this title now; nothing happens while nothing is recorded."""

    title: str


class SaveReplay(Message, frozen=True, tag="save_replay"):
    """Write the last 30 s of what was encoded into a file; `ReplaySaved` follows.

    Attributes:
        folder: where the file goes; made if it is not there.
        name: of the file, without an ending; a number follows where it is taken.
        title: of its one chapter.
    """

    folder: str
    name: str
    title: str = ""


class ListRecordings(Message, frozen=True, tag="list_recordings"):
    """List the recordings of a folder, the newest first; `RecordingsListed` follows, then what each is."""

    folder: str


class ExportRecording(Message, frozen=True, tag="export_recording"):
    """Copy a part of a recording into a file, without encoding it anew; `RecordingExported` follows.

    Attributes:
        begin, end: in seconds; it begins at the keyframe at or before `begin`.
        target: it is written over.
    """

    path: str
    begin: float
    end: float
    target: str


LibraryCommand = ListRecordings | ExportRecording
RecorderCommand = StartRecording | StopRecording | PauseRecording | ResumeRecording | AddChapter | SaveReplay
RecordCommand = RecorderCommand | LibraryCommand


# --- Events ---


class RecordingChanged(Message, frozen=True, tag="recording_changed"):
    """The recording's state; `path` is the newest file, `problem` why it ended by itself."""

    state: RecordingState
    path: str = ""
    problem: RecordingProblem | None = None
    detail: str = ""


class RecordingMeasured(Message, frozen=True, tag="recording_measured"):
    """Once a second while recording.

    Attributes:
        seconds: recorded so far, in all files, without pauses.
        size_bytes: of all files.
        dropped: pictures that were not recorded because the disk was too slow.
        seconds_left: until the disk is full and the recording ends; None while not known.
    """

    seconds: float
    size_bytes: int
    dropped: int
    seconds_left: float | None = None


class ReplaySaved(Message, frozen=True, tag="replay_saved"):
    """A replay was written; `path` is empty where it was not: nothing was encoded lately, or `problem`."""

    path: str
    problem: RecordingProblem | None = None
    detail: str = ""


class Chapter(msgspec.Struct, frozen=True):
    """A part of a file from `at_ms` to the next chapter."""

    at_ms: int
    title: str


class RecordingsListed(Message, frozen=True, tag="recordings_listed"):
    """The paths of a folder's newest recordings, the newest first."""

    folder: str
    paths: tuple[str, ...]


class RecordingRead(Message, frozen=True, tag="recording_read"):
    """What a recording is.

    Attributes:
        modified_at: when it was written last, in seconds since 1970.
        seconds: how long it is; 0 where it cannot be read.
        is_growing: it is being written now.
        thumbnail: a picture of it as JPEG; empty where there is none.
    """

    path: str
    modified_at: float
    size_bytes: int
    seconds: float = 0.0
    chapters: tuple[Chapter, ...] = ()
    is_growing: bool = False
    thumbnail: bytes = b""


class RecordingExported(Message, frozen=True, tag="recording_exported"):
    """A part was copied; `detail` says in English why it was not."""

    target: str
    detail: str = ""


RecorderEvent = RecordingChanged | RecordingMeasured | ReplaySaved
LibraryEvent = RecordingsListed | RecordingRead | RecordingExported
RecordEvent = RecorderEvent | LibraryEvent
