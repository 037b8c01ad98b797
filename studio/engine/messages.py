"""What studio and engine say to each other over the pipe: commands down, events up, tagged MessagePack.

The studio states what it wants (`Configure`, `SelectVideo`, `Publish`); the engine brings it about and
keeps it so. After a crash the studio says the same again to the new process.
"""

from enum import StrEnum
from typing import Final

import msgspec

from effects.params import Declaration, Fault, Settings
from studio.engine.layer_values import Layers, LayerStats


class Message(msgspec.Struct, frozen=True, tag_field="type"):
    """What every message has: a `type` on the wire; it never changes once made."""


# --- What the messages carry ---


class VideoKind(StrEnum):
    """Where a picture comes from."""

    CAMERA = "camera"
    SCREEN = "screen"
    WINDOW = "window"
    MEDIA_FILE = "media_file"
    TEST_PATTERN = "test_pattern"
    DEMO = "demo"


class AudioKind(StrEnum):
    """Where sound comes from."""

    NONE = "none"
    MICROPHONE = "microphone"
    TEST_TONE = "test_tone"
    DEMO = "demo"
    VIDEO_SOURCE = "video_source"


class VideoSpec(msgspec.Struct, frozen=True):
    """A video source to open.

    `target` is a device id, screen name, window id or file path; empty means the default.
    """

    kind: VideoKind
    target: str = ""


class AudioSpec(msgspec.Struct, frozen=True):
    """An audio source: a device's id, empty for the default; VIDEO_SOURCE is the media file's own sound."""

    kind: AudioKind
    target: str = ""


class Device(msgspec.Struct, frozen=True):
    """Something that can be opened: its stable id, and its name for people."""

    device_id: str
    name: str


class Devices(msgspec.Struct, frozen=True):
    """All that can be opened now."""

    cameras: list[Device] = []
    screens: list[Device] = []
    windows: list[Device] = []
    microphones: list[Device] = []


class Canvas(msgspec.Struct, frozen=True):
    """The picture that is made: width and height in pixels (even), frames a second."""

    width: int = 720
    height: int = 1280
    fps: int = 30


class Bitrate(msgspec.Struct, frozen=True):
    """Between which bounds the bitrate of the largest picture adapts, in kbit/s."""

    floor_kbps: int = 400
    ceiling_kbps: int = 2500


class SourceState(StrEnum):
    """How a source is doing; in all but RUNNING the slate stands in the picture."""

    OPENING = "opening"
    RUNNING = "running"
    STALLED = "stalled"
    FROZEN = "frozen"
    BLACK = "black"
    FAILED = "failed"


class Comparison(StrEnum):
    """What the preview shows: with effects, without, or without on the left half. Viewers see none of it."""

    AFTER = "after"
    BEFORE = "before"
    SPLIT = "split"


class Strain(msgspec.Struct, frozen=True):
    """Why effects were made cheaper, in ms: what a frame took, what it may take, the dearest's share."""

    frame_ms: float
    budget_ms: float
    dearest: str = ""
    dearest_ms: float = 0.0


class PublishState(StrEnum):
    """How the broadcast's line is doing."""

    IDLE = "idle"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    RECONNECTING = "reconnecting"
    REFUSED = "refused"


class BitrateReason(StrEnum):
    """Why the bitrate is what it is."""

    CEILING = "ceiling"
    REMB = "remb"
    LOSS = "loss"
    DELAY = "delay"
    PROBING = "probing"


# --- Commands ---


class Configure(Message, frozen=True, tag="configure"):
    """Set canvas, bitrate bounds, layers, and the encoder: its FFmpeg name, empty for the best that opens."""

    canvas: Canvas
    bitrate: Bitrate
    encoder: str = ""
    layers: Layers = Layers.THREE


class SelectVideo(Message, frozen=True, tag="select_video"):
    """Show this source on the whole canvas."""

    spec: VideoSpec


class SetEffects(Message, frozen=True, tag="set_effects"):
    """Set the effects of a video source, shown or not; sources that nothing is set for have none."""

    spec: VideoSpec
    settings: Settings


class Compare(Message, frozen=True, tag="compare"):
    """Show this in the preview."""

    comparison: Comparison


class RenderLooks(Message, frozen=True, tag="render_looks"):
    """Make a small picture of the source in every look: `LooksRendered` follows once there is a picture."""


class ReloadModels(Message, frozen=True, tag="reload_models"):
    """Try networks again that could not be loaded: they were fetched."""


class SelectAudio(Message, frozen=True, tag="select_audio"):
    """Hear this source."""

    spec: AudioSpec


class SetGain(Message, frozen=True, tag="set_gain"):
    """Set the microphone strip's fader, in dB: -60 to +12."""

    gain_db: float


class Mute(Message, frozen=True, tag="mute"):
    """Silence the microphone strip."""


class Unmute(Message, frozen=True, tag="unmute"):
    """Let the microphone strip sound again."""


class Publish(Message, frozen=True, tag="publish"):
    """Publish to this WHIP endpoint with this bearer token until asked to stop; reconnect by itself.

    Attributes:
        studio: names this run of the studio, so that the relay knows who comes back.
        takes_over: take the room from another publisher, which is known; once, and not by reconnecting.
    """

    whip_url: str
    token: str
    studio: str = ""
    takes_over: bool = False


class StopPublishing(Message, frozen=True, tag="stop_publishing"):
    """End the broadcast's line (WHIP DELETE)."""


class ShowSlate(Message, frozen=True, tag="show_slate"):
    """Send the "back soon" slate and silence instead of the scene."""


class HideSlate(Message, frozen=True, tag="hide_slate"):
    """Send the scene again."""


class Quit(Message, frozen=True, tag="quit"):
    """Stop publishing, close the sources, and end the process."""


EngineCommand = (
    Configure
    | SelectVideo
    | SetEffects
    | Compare
    | RenderLooks
    | ReloadModels
    | SelectAudio
    | SetGain
    | Mute
    | Unmute
    | Publish
    | StopPublishing
    | ShowSlate
    | HideSlate
    | Quit
)


# --- Events ---


class EngineReady(Message, frozen=True, tag="engine_ready"):
    """The process takes commands. `encoder` is the FFmpeg name of the one that will be used."""

    pid: int
    encoder: str


class DevicesChanged(Message, frozen=True, tag="devices_changed"):
    """At the start, and whenever something is plugged in or out."""

    devices: Devices


class PreviewOpened(Message, frozen=True, tag="preview_opened"):
    """The preview ring was made, or made again for another canvas (see `studio.engine.preview.ring`)."""

    name: str
    width: int
    height: int


class VideoSourceChanged(Message, frozen=True, tag="video_source_changed"):
    """The video source's state; where it failed, `detail` has cause and remedy, `code` is for translation."""

    spec: VideoSpec
    state: SourceState
    code: str = ""
    detail: str = ""


class AudioSourceChanged(Message, frozen=True, tag="audio_source_changed"):
    """The audio source's state."""

    spec: AudioSpec
    state: SourceState
    code: str = ""
    detail: str = ""


class EffectsDeclared(Message, frozen=True, tag="effects_declared"):
    """At the start: what every filter lets people set."""

    declarations: tuple[Declaration, ...]


class EffectsMeasured(Message, frozen=True, tag="effects_measured"):
    """Once a second while effects are on, and after every `SetEffects`.

    Attributes:
        spec: the source they are of.
        step: what the governor gives up to keep the frames coming; 0 is nothing.
        step_name: the step's English name.
        strain: why; None on step 0.
        costs_ms: what each filter in use takes a frame; also `networks` and `matte`.
        dropped: frames left out since the source was chosen because the networks were busy.
        problems: what cannot be known of frames (`matte`, `faces`), and why in English: a network is missing.
        failures: filters that failed and are left out until their settings change, and why.
        rejections: filters whose settings could not be carried out and that go on as before, and why.
    """

    spec: VideoSpec
    step: int = 0
    step_name: str = ""
    strain: Strain | None = None
    costs_ms: dict[str, float] = {}
    dropped: int = 0
    problems: dict[str, str] = {}
    failures: dict[str, str] = {}
    rejections: dict[str, str | Fault] = {}


class LooksRendered(Message, frozen=True, tag="looks_rendered"):
    """The source in every look: JPEG by the value of the colour filter's `look`."""

    spec: VideoSpec
    pictures: dict[str, bytes]


class PublishChanged(Message, frozen=True, tag="publish_changed"):
    """The broadcast's line changed; `detail` names the cause, `code` for translation."""

    state: PublishState
    code: str = ""
    detail: str = ""


class MeterMeasured(Message, frozen=True, tag="meter_measured"):
    """Peak and RMS of the microphone strip after its fader, in dBFS (-100 to 0), about 15 times a second.

    Attributes:
        unheard_db: RMS before the fader of what nobody hears because the strip is muted.
    """

    peak_db: float
    rms_db: float
    unheard_db: float = -100.0


class StatsMeasured(Message, frozen=True, tag="stats_measured"):
    """Once a second.

    Attributes:
        fps: frames composed in the last second.
        late, encoded_late: frames composed late, and skipped by a busy encoder, since the start.
        sent, dropped: frames of the top layer sent, and not sent, since publishing began.
        bitrate_kbps: video bits of all layers really sent in the last second.
        target_kbps, reason: what the encoders of all layers are asked for now, and why.
        rtt_ms: round trip to the relay; None while unknown.
        loss: share of the top layer's packets the relay reports lost, 0 to 1.
        cpu: the engine's CPU, in percent of one core.
        skew_ms: audio against video at capture: how much later the audio is.
        layers: those sent in the last second, the best first.
    """

    fps: float
    late: int
    encoded_late: int
    sent: int
    dropped: int
    bitrate_kbps: float
    target_kbps: int
    reason: BitrateReason
    rtt_ms: float | None
    loss: float
    cpu: float
    skew_ms: float
    layers: tuple[LayerStats, ...] = ()


EngineEvent = (
    EngineReady
    | DevicesChanged
    | PreviewOpened
    | VideoSourceChanged
    | AudioSourceChanged
    | EffectsDeclared
    | EffectsMeasured
    | LooksRendered
    | PublishChanged
    | MeterMeasured
    | StatsMeasured
)

MAX_MESSAGE_BYTES: Final = 1 << 20

encode = msgspec.msgpack.Encoder().encode
decode_command = msgspec.msgpack.Decoder(EngineCommand).decode
decode_event = msgspec.msgpack.Decoder(EngineEvent).decode
