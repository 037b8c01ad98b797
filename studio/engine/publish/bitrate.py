"""Decides how many bits the video may take: down fast, up slowly, always with a reason for the host."""

from dataclasses import dataclass
from typing import Final

from studio.engine.messages.values import Bitrate, BitrateReason

START_SHARE: Final = 0.6
"""Share of the ceiling to begin with: good enough to watch, and a slow line is not flooded at once."""
GROWTH_PER_SECOND: Final = 1.08
HOLD_SECONDS: Final = 3.0
HIGH_LOSS: Final = 0.10
SOME_LOSS: Final = 0.02
DELAY_FACTOR: Final = 0.85
GROWN_RTT_MS: Final = 120.0
QUEUED_PICTURES: Final = 3
REMB_LIFE_SECONDS: Final = 10.0
REMB_SHARE: Final = 0.95
AUDIO_KBPS: Final = 140
BASE_RTT_GROWTH_PER_SECOND: Final = 0.02
MAX_STEP_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class LineReport:
    """What the far end and our own queue say about the line.

    Attributes:
        loss: share of packets that did not arrive at first, since the last report; 0 to 1.
        rtt_ms: round trip; None while unknown.
        queued: pictures encoded and not yet sent.
    """

    loss: float
    rtt_ms: float | None = None
    queued: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """What the encoder is asked for, and why."""

    kbps: int
    reason: BitrateReason


class BitrateController:
    """The rules, without a clock of their own: every call says what time it is, in seconds.

    Over 10% loss the rate falls by half the loss (as in draft-ietf-rmcat-gcc, section 6); a round trip that
    grows, or a queue of our own, cuts it by 15%; under 2% loss, 3 s after the last cut, it grows by 8% a
    second. REMB is a lid.

    Args:
        bounds: between which it moves.
    """

    def __init__(self, bounds: Bitrate) -> None:
        self._bounds = bounds
        self._estimate = max(bounds.floor_kbps, bounds.ceiling_kbps * START_SHARE)
        self._reason = BitrateReason.PROBING
        self._reported_at: float | None = None
        self._held_until = 0.0
        self._base_rtt_ms: float | None = None
        self._remb_kbps: float | None = None
        self._remb_at = 0.0

    def set_bounds(self, bounds: Bitrate) -> None:
        """Move between other bounds from now on."""
        self._bounds = bounds
        self._estimate = self._clamped(self._estimate)

    def on_remb(self, kbps: float, now: float) -> None:
        """Take the most that the receiver estimates for all our streams together (REMB)."""
        self._remb_kbps, self._remb_at = kbps, now

    def on_report(self, report: LineReport, now: float) -> None:
        """Take a report; they come about once a second."""
        step = 0.0 if self._reported_at is None else min(now - self._reported_at, MAX_STEP_SECONDS)
        self._reported_at = now
        if report.loss > HIGH_LOSS:
            self._cut(1 - report.loss / 2, BitrateReason.LOSS, now)
        elif self._is_delayed(report, step):
            self._cut(DELAY_FACTOR, BitrateReason.DELAY, now)
        elif report.loss > SOME_LOSS:
            self._reason = BitrateReason.LOSS
        elif now >= self._held_until:
            self._estimate *= GROWTH_PER_SECOND**step
            self._reason = BitrateReason.PROBING
        self._estimate = min(self._clamped(self._estimate), max(self._lid(now), self._bounds.floor_kbps))

    def target(self, now: float) -> Target:
        """Say what to aim at."""
        lid = self._lid(now)
        kbps = round(self._clamped(min(self._estimate, lid)))
        if kbps >= self._bounds.ceiling_kbps:
            return Target(kbps, BitrateReason.CEILING)
        if lid <= self._estimate:
            return Target(kbps, BitrateReason.REMB)
        return Target(kbps, self._reason)

    def _cut(self, factor: float, reason: BitrateReason, now: float) -> None:
        self._estimate *= factor
        self._reason = reason
        self._held_until = now + HOLD_SECONDS

    def _is_delayed(self, report: LineReport, step: float) -> bool:
        if report.queued >= QUEUED_PICTURES:
            return True
        if report.rtt_ms is None:
            return False
        if self._base_rtt_ms is None:
            self._base_rtt_ms = report.rtt_ms
        # The base creeps upwards, so that another route with a longer way is not taken for a queue for ever.
        self._base_rtt_ms = min(report.rtt_ms, self._base_rtt_ms * (1 + BASE_RTT_GROWTH_PER_SECOND * step))
        return report.rtt_ms > self._base_rtt_ms + GROWN_RTT_MS

    def _lid(self, now: float) -> float:
        if self._remb_kbps is None or now - self._remb_at > REMB_LIFE_SECONDS:
            return float("inf")
        return self._remb_kbps * REMB_SHARE - AUDIO_KBPS

    def _clamped(self, kbps: float) -> float:
        return min(max(kbps, self._bounds.floor_kbps), self._bounds.ceiling_kbps)
