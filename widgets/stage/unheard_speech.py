"""Notices that somebody speaks into a muted microphone: a word, not a cough or a cup put down."""

from typing import Final

SPEECH_DB: Final = -40.0
ENOUGH: Final = 15
"""Loud measurements until it is speech: about a second of them; a silent one takes away half of one."""
MOST: Final = 3 * ENOUGH


class UnheardSpeech:
    """Takes the measurements of a muted strip, about 15 a second.

    Attributes:
        is_speaking: whether somebody speaks.
    """

    def __init__(self) -> None:
        self._score = 0.0
        self.is_speaking = False

    def add(self, rms_db: float) -> None:
        """Count in a measurement, in dBFS."""
        change = 1.0 if rms_db > SPEECH_DB else -0.5
        self._score = min(max(self._score + change, 0.0), MOST)
        if self._score >= ENOUGH:
            self.is_speaking = True
        elif not self._score:
            self.is_speaking = False

    def reset(self) -> None:
        """Begin anew: the strip sounds."""
        self._score, self.is_speaking = 0.0, False
