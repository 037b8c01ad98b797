"""How long a question takes to be answered on one line, smoothed (RFC 6298 §2)."""

from typing import Final

# What is believed before anything was measured, and the most that is ever believed.
UNKNOWN_S: Final = 0.1
LONGEST_S: Final = 1.5
SMOOTHING: Final = 1 / 8


class RoundTrip:
    """One line's round trip.

    Attributes:
        seconds: the smoothed value; a guess until `is_measured`.
    """

    def __init__(self, guess_s: float = UNKNOWN_S) -> None:
        self.seconds = min(guess_s, LONGEST_S)
        self.is_measured = False

    @property
    def ms(self) -> float | None:
        """Milliseconds; None until measured."""
        return self.seconds * 1000 if self.is_measured else None

    def measure(self, sample_s: float) -> None:
        """Take in how long one answer took; the first counts in full, for before it there was a guess."""
        sample_s = min(max(sample_s, 0.0), LONGEST_S)
        self.seconds += (sample_s - self.seconds) * (SMOOTHING if self.is_measured else 1.0)
        self.is_measured = True
