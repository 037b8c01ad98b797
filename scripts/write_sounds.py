"""Writes the sounds of the studio into resources/sounds; run it after a change here.

Each is a few tones of a struck bar: a fundamental with one overtone, fading out.
"""

import math
import sys
import wave
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

Notes = Sequence[tuple[float, float]]

FOLDER: Final = Path(__file__).parents[1] / "resources" / "sounds"
RATE_HZ: Final = 44_100
LENGTH_S: Final = 0.7
PEAK: Final = 0.5
SOUNDS: Final = {
    "order.wav": ((0.0, 880.0), (0.12, 1318.5)),
    "fault.wav": ((0.0, 587.3), (0.14, 440.0), (0.28, 440.0)),
}
"""When each tone of a sound is struck, in seconds, and its pitch in Hz: A5, then E6 for a new order; D5, then
A4 twice for a fault."""
FADE_S: Final = 0.16


def main() -> int:
    """Write all, or into the folder that is given."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, notes in SOUNDS.items():
        samples = (round(sample * 32_767).to_bytes(2, "little", signed=True) for sample in _samples(notes))
        with wave.open(str(folder / name), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(b"".join(samples))
    return 0


def _samples(notes: Notes) -> Iterator[float]:
    """Give the samples, from -1 to 1."""
    for number in range(round(RATE_HZ * LENGTH_S)):
        at_s = number / RATE_HZ
        left = min(1.0, (LENGTH_S - at_s) / 0.05)  # ends in silence, not in a click
        yield PEAK * left * sum(_tone(at_s - start_s, pitch_hz) for start_s, pitch_hz in notes) / 1.6


def _tone(since_s: float, pitch_hz: float) -> float:
    """Give one struck tone, so long after it was struck."""
    if since_s < 0:
        return 0.0
    attack = min(1.0, since_s / 0.004)
    bar = math.sin(math.tau * pitch_hz * since_s) + 0.25 * math.sin(math.tau * 2.76 * pitch_hz * since_s)
    return attack * math.exp(-since_s / FADE_S) * bar


if __name__ == "__main__":
    sys.exit(main())
