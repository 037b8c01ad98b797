"""Where the times of an RTP stream stand on the time of day (RFC 3550 §6.4.1)."""

from typing import Final

from backend.relay.rtcp import SenderReport
from backend.relay.rtp import signed_32

# From 1900 (NTP) to 1970, in seconds.
NTP_EPOCH_S: Final = 2_208_988_800


class StreamClock:
    """The clock of one stream: by the sender's reports, and before the first one by when packets come.

    Args:
        rate: ticks a second.

    Attributes:
        is_exact: whether a report came.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._ticks: int | None = None
        self._reference: tuple[int, float] | None = None
        self.is_exact = False

    def ticks(self, timestamp: int) -> int:
        """An RTP time counted on from the first, without a wrap."""
        if self._ticks is None:
            self._ticks = timestamp
        self._ticks += signed_32(timestamp - self._ticks)
        return self._ticks

    def on_report(self, report: SenderReport) -> None:
        """Take in the sender's pair of times."""
        self._reference = (self.ticks(report.rtp_time), report.ntp / (1 << 32) - NTP_EPOCH_S)
        self.is_exact = True

    def day_s(self, ticks: int, now_s: float) -> float:
        """The time of day, in seconds since 1970, of a counted time that comes now."""
        if self._reference is None:
            self._reference = (ticks, now_s)
        at, day_s = self._reference
        return day_s + (ticks - at) / self._rate
