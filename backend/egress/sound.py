"""Opus in, AAC out: what every browser plays out of an MP4 file, on a line of time without gaps."""

from collections import deque
from typing import Any, Final

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame

from backend.egress.boxes import AUDIO, AUDIO_CLOCK, CHANNELS, Run, Sample

BITRATE_BPS: Final = 128_000
FRAME: Final = 1024
# Sound may stand so far from its time before silence or a cut puts it right: 60 ms, which no ear hears.
TOLERANCE: Final = AUDIO_CLOCK * 60 // 1000


class Sound:
    """One stream of sound. Times are counts of samples at 48 kHz.

    Args:
        start: when it begins.
    """

    def __init__(self, start: int) -> None:
        self._decoder = _codec("libopus", "r")
        self._encoder = _codec("aac", "w")
        self._encoder.bit_rate = BITRATE_BPS
        self._waiting = np.zeros((CHANNELS, 0), np.float32)
        self._end = start
        # An encoder's first frame is of what was before the first sample.
        self._starts = deque([start - FRAME])
        self._encoded = start
        self._samples: list[tuple[int, Sample]] = []

    def put(self, packet: bytes, at: int) -> None:
        """Take in an Opus packet whose sound begins at this time; one that is broken is left out."""
        if not packet:
            return  # to the decoder that is the end of all sound
        try:
            frames = self._decoder.decode(av.Packet(packet))
        except av.FFmpegError:
            return
        for frame in frames:
            samples = _stereo(frame)
            self._write(samples, at)
            at += samples.shape[1]

    def fill(self, until: int) -> None:
        """Let there be silence up to this time, where no sound came."""
        if until > self._end:
            self._append(np.zeros((CHANNELS, until - self._end), np.float32))

    def take(self) -> Run:
        """What is encoded since the last time."""
        taken, self._samples = self._samples, []
        start = taken[0][0] if taken else 0
        return Run(AUDIO, start, [sample for _, sample in taken])

    def _write(self, samples: "np.ndarray[Any, np.dtype[np.float32]]", at: int) -> None:
        late = at - self._end
        if late > TOLERANCE:
            self.fill(at)
        elif late < -TOLERANCE:
            samples = samples[:, -late:]
        self._append(samples)

    def _append(self, samples: "np.ndarray[Any, np.dtype[np.float32]]") -> None:
        self._end += samples.shape[1]
        self._waiting = np.concatenate((self._waiting, samples), axis=1)
        while self._waiting.shape[1] >= FRAME:
            block, self._waiting = self._waiting[:, :FRAME], self._waiting[:, FRAME:]
            self._encode(np.ascontiguousarray(block))

    def _encode(self, block: "np.ndarray[Any, np.dtype[np.float32]]") -> None:
        frame = AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        frame.sample_rate = AUDIO_CLOCK
        frame.pts = self._encoded
        self._starts.append(self._encoded)
        self._encoded += FRAME
        for packet in self._encoder.encode(frame):
            start = self._starts.popleft()
            if start >= 0:
                self._samples.append((start, Sample(bytes(packet), FRAME)))


def _codec(name: str, mode: str) -> AudioCodecContext:
    codec = av.CodecContext.create(name, mode)  # type: ignore[call-overload]
    codec.sample_rate = AUDIO_CLOCK
    codec.layout = "stereo"
    codec.format = "fltp" if mode == "w" else "s16"
    return codec  # type: ignore[no-any-return]


def _stereo(frame: AudioFrame) -> "np.ndarray[Any, np.dtype[np.float32]]":
    """A decoded frame as 2 × n samples, -1..1."""
    samples = frame.to_ndarray()
    if frame.format.is_packed:
        samples = samples.reshape(-1, frame.layout.nb_channels).T
    if samples.dtype == np.int16:
        samples = samples.astype(np.float32) / 32768
    return np.broadcast_to(samples.astype(np.float32), (CHANNELS, samples.shape[1]))
