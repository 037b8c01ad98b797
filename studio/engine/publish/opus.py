"""Turns sound into Opus for RTP, with timestamps that never stumble however the capture clock wanders."""

from fractions import Fraction
from typing import Final

import av
from av.audio.frame import AudioFrame

from studio.engine.media import BLOCK_SAMPLES, SAMPLE_RATE, AudioBlock

BITRATE: Final = 128_000
MAX_WANDER: Final = SAMPLE_RATE * 60 // 1000
"""Farther than 60 ms from the count of samples is a hole, not jitter."""
_SMOOTHING: Final = 0.02


class OpusEncoder:
    """48 kHz stereo, made for music and speech, 128 kbit/s, 20 ms a packet, in-band error correction.

    The correction works while Opus codes speech; where it codes music, receivers conceal what is lost.
    """

    def __init__(self) -> None:
        context = av.CodecContext.create("libopus", "w")
        context.sample_rate, context.layout, context.format = SAMPLE_RATE, "stereo", "s16"
        context.bit_rate, context.time_base = BITRATE, Fraction(1, SAMPLE_RATE)
        context.options = {
            "application": "audio",
            "frame_duration": "20",
            "fec": "1",
            "packet_loss": "5",
        }
        context.open()
        self._context = context

    def encode(self, block: AudioBlock) -> list[bytes]:
        """Encode 20 ms; gives one packet."""
        frame = AudioFrame.from_ndarray(block.samples.reshape(1, -1), "s16", "stereo")
        frame.sample_rate = SAMPLE_RATE
        return [bytes(packet) for packet in self._context.encode(frame)]


class AudioTimeline:
    """Gives blocks timestamps that grow by their samples, and knows how these map to the master clock.

    Timestamps that followed every jitter of the capture time would make receivers stretch and squeeze the
    sound. The wander goes into the sender reports instead, where receivers learn to keep lips in sync.
    """

    def __init__(self) -> None:
        self._next: int | None = None
        self._wander = 0.0

    def stamp(self, captured_at: float) -> int:
        """Give the timestamp, in 1/48000 s, of a block whose first sample was heard then."""
        exact = captured_at * SAMPLE_RATE
        if self._next is None or abs(exact - self._next) > MAX_WANDER:
            self._next, self._wander = round(exact), 0.0
        self._wander += (exact - self._next - self._wander) * _SMOOTHING
        time = self._next
        self._next += BLOCK_SAMPLES
        return time

    def at(self, now: float) -> int:
        """Give the timestamp of a sample heard now, in seconds of the master clock."""
        return round(now * SAMPLE_RATE - self._wander)
