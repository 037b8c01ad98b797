"""What the engine reports to the studio."""

import msgspec

from effects.params import Declaration, Fault
from studio.engine.layer_values import LayerStats
from studio.engine.messages.recording import RecordEvent
from studio.engine.messages.restreaming import RestreamChanged
from studio.engine.messages.values import BitrateReason, Devices, Message, PublishState, SourceState, Strain


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
    """A source's picture; where it failed, `detail` has cause and remedy, `code` is for translation."""

    source_id: str
    state: SourceState
    code: str = ""
    detail: str = ""


class AudioSourceChanged(Message, frozen=True, tag="audio_source_changed"):
    """A source's sound; `detail` and `code` as of a picture."""

    source_id: str
    state: SourceState
    code: str = ""
    detail: str = ""


class EffectsDeclared(Message, frozen=True, tag="effects_declared"):
    """At the start: what every filter lets people set."""

    declarations: tuple[Declaration, ...]


class SoundFiltersDeclared(Message, frozen=True, tag="sound_filters_declared"):
    """At the start: what every filter of the mixer lets people set, in the order a voice usually takes."""

    declarations: tuple[Declaration, ...]


class EffectsMeasured(Message, frozen=True, tag="effects_measured"):
    """Once a second while a source's effects are on, and whenever they were set.

    Attributes:
        source_id: the source they are of.
        step: what the governor gives up to keep the frames coming; 0 is nothing.
        step_name: the step's English name.
        strain: why; None on step 0.
        costs_ms: what each filter in use takes a frame; also `networks` and `matte`.
        dropped: frames left out since the source was chosen because the networks were busy.
        problems: what cannot be known of frames (`matte`, `faces`), and why in English: a network is missing.
        failures: filters that failed and are left out until their settings change, and why.
        rejections: filters whose settings could not be carried out and that go on as before, and why.
    """

    source_id: str
    step: int = 0
    step_name: str = ""
    strain: Strain | None = None
    costs_ms: dict[str, float] = msgspec.field(default_factory=dict)
    dropped: int = 0
    problems: dict[str, str] = msgspec.field(default_factory=dict)
    failures: dict[str, str] = msgspec.field(default_factory=dict)
    rejections: dict[str, str | Fault] = msgspec.field(default_factory=dict)


class LooksRendered(Message, frozen=True, tag="looks_rendered"):
    """The source in every look: JPEG by the value of the colour filter's `look`."""

    source_id: str
    pictures: dict[str, bytes]


class PublishChanged(Message, frozen=True, tag="publish_changed"):
    """The broadcast's line changed; `detail` names the cause, `code` for translation."""

    state: PublishState
    code: str = ""
    detail: str = ""


class MeterMeasured(Message, frozen=True, tag="meter_measured"):
    """Peak and RMS of a strip after its fader, in dBFS (-100 to 0), about 15 times a second.

    Attributes:
        strip_id: the strip they are of.
        unheard_db: RMS before the fader of what nobody hears because the strip is muted.
        is_clipped: whether its source came at full scale: it is distorted before any filter.
        ducked_db: by how much it is down now because somebody speaks.
    """

    strip_id: str
    peak_db: float
    rms_db: float
    unheard_db: float = -100.0
    is_clipped: bool = False
    ducked_db: float = 0.0


class MixMeasured(Message, frozen=True, tag="mix_measured"):
    """What viewers hear, about 15 times a second.

    Attributes:
        peak_db, rms_db: in dBFS, -100 to 0.
        momentary_lufs, short_term_lufs: of the last 0.4 s and of the last 3 s (EBU R128), -70 for silence.
        integrated_lufs: of the broadcast so far, without its silences.
    """

    peak_db: float
    rms_db: float
    momentary_lufs: float
    short_term_lufs: float
    integrated_lufs: float


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
    | SoundFiltersDeclared
    | EffectsMeasured
    | LooksRendered
    | PublishChanged
    | MeterMeasured
    | MixMeasured
    | StatsMeasured
    | RecordEvent
    | RestreamChanged
)

decode_event = msgspec.msgpack.Decoder(EngineEvent).decode
