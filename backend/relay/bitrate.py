"""How much a publisher may send, by what it loses on the way (draft-ietf-rmcat-gcc-02 §6, loss alone)."""

from typing import Final

FLOOR_BPS: Final = 150_000
CALM_LOSS: Final = 0.02
HEAVY_LOSS: Final = 0.10
GROWTH: Final = 1.08


class BitrateEstimate:
    """Starts at the ceiling, gives way under heavy loss, comes back in calm: one step a report.

    Attributes:
        allowed_bps: what the publisher is told.
    """

    def __init__(self, ceiling_bps: int) -> None:
        self._ceiling_bps = ceiling_bps
        self.allowed_bps = ceiling_bps

    def update(self, loss: float, received_bps: int) -> int:
        """Take in the last interval: part (0..1) lost, payload received; the new allowance."""
        if loss > HEAVY_LOSS and received_bps:
            # Down from what really flows: an allowance far above it would take long to be felt.
            sent_bps = received_bps / (1.0 - min(loss, 0.9))
            self._set(min(self.allowed_bps, sent_bps) * (1.0 - 0.5 * loss))
        elif loss < CALM_LOSS:
            self._set(self.allowed_bps * GROWTH)
        return self.allowed_bps

    def _set(self, bitrate_bps: float) -> None:
        self.allowed_bps = int(min(self._ceiling_bps, max(FLOOR_BPS, bitrate_bps)))
