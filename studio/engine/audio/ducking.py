"""Turns music down while somebody speaks."""

from typing import Final

from studio.engine.audio.meter import to_amplitude
from studio.engine.media import BLOCK_SECONDS

SPEECH_DB: Final = -40.0
"""An RMS above is speech: breath and a quiet room stay below."""
ATTACK_S: Final = 0.12
HOLD_S: Final = 0.6
"""The pauses between words are no reason to come back."""
RELEASE_S: Final = 1.0


class Ducker:
    """Follows speech block by block, 20 ms each; belongs to one thread.

    A level goes down within `ATTACK_S`, stays for `HOLD_S` after the last word and comes back within
    `RELEASE_S`, at a constant number of dB a second.
    """

    def __init__(self) -> None:
        self._depth = 0.0  # 0, not at all, to 1
        self._held_s = 0.0

    def follow(self, speech_db: float) -> None:
        """Hear a block of speech of this RMS, in dBFS."""
        if speech_db > SPEECH_DB:
            self._held_s = HOLD_S
            self._depth = min(1.0, self._depth + BLOCK_SECONDS / ATTACK_S)
            return
        self._held_s -= BLOCK_SECONDS
        if self._held_s < 0:
            self._depth = max(0.0, self._depth - BLOCK_SECONDS / RELEASE_S)

    def amplitude(self, ducked_db: float) -> float:
        """Return the factor for a strip that goes down by so many dB, 0 or more."""
        return to_amplitude(-ducked_db * self._depth)
