"""The numbers of the running studio, as the stats panel and the status bar show them."""

from dataclasses import dataclass

from studio.engine.layer_values import LayerStats


@dataclass(frozen=True)
class StudioStats:
    """Once a second.

    Attributes:
        fps: frames made in the last second; `target_fps` is what is wanted.
        late: frames made late since the start.
        encoded_late: frames that the encoder skipped because it was busy, since the start.
        sent, dropped: frames of the largest layer sent, and not sent, since publishing began.
        bitrate_kbps: bits of all layers really sent in the last second; `target_kbps` is what is wanted.
        bitrate_reason: why it is asked for that, in a word: ceiling, remb, loss, delay, probing.
        rtt_ms: round trip to the relay; None while unknown.
        loss: share of packets lost, 0 to 1.
        layers: of the picture, those sent in the last second, the largest first.
        skew_ms: how much later the sound is than the picture.
        is_publishing: whether anything is sent at all.
        studio_cpu, engine_cpu, backend_cpu: percent of one core; None while there is no such process here.
    """

    fps: float = 0.0
    target_fps: int = 30
    late: int = 0
    encoded_late: int = 0
    sent: int = 0
    dropped: int = 0
    bitrate_kbps: float = 0.0
    target_kbps: int = 0
    bitrate_reason: str = ""
    rtt_ms: float | None = None
    loss: float = 0.0
    layers: tuple[LayerStats, ...] = ()
    skew_ms: float = 0.0
    is_publishing: bool = False
    studio_cpu: float | None = None
    engine_cpu: float | None = None
    backend_cpu: float | None = None

    @property
    def dropped_share(self) -> float:
        """Dropped frames of all that should have been sent, 0 to 1."""
        total = self.sent + self.dropped
        return self.dropped / total if total else 0.0


def fps_tone(stats: StudioStats) -> str:
    """The colour of the frame rate: amber below 95% of the target, red below 80%."""
    return _below(stats.fps, stats.target_fps * 0.95, stats.target_fps * 0.8)


def dropped_tone(stats: StudioStats) -> str:
    """The colour of dropped frames: amber from 1%, red from 5%."""
    return _above(stats.dropped_share, 0.01, 0.05)


def rtt_tone(stats: StudioStats) -> str:
    """The colour of the round trip: amber from 150 ms, red from 400 ms."""
    return _above(stats.rtt_ms or 0.0, 150.0, 400.0)


def loss_tone(stats: StudioStats) -> str:
    """The colour of packets lost: amber from 2%, red from 10%."""
    return _above(stats.loss, 0.02, 0.1)


def rate_tone(stats: StudioStats) -> str:
    """The colour of the bitrate: red while something should be sent and nothing is."""
    return "bad" if stats.is_publishing and not stats.bitrate_kbps else ""


def _above(value: float, warn: float, bad: float) -> str:
    return "bad" if value >= bad else "warn" if value >= warn else ""


def _below(value: float, warn: float, bad: float) -> str:
    return "bad" if value < bad else "warn" if value < warn else ""
