"""One MP4 file that can be played while it grows and after a crash: H.264 as it came, sound as AAC."""

from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.packet import Packet

from studio.engine.media import CHANNELS, SAMPLE_RATE, Samples
from studio.engine.messages.recording import Chapter
from studio.engine.publish.codecs import TIME_BASE
from studio.engine.publish.encoder import EncodedPicture
from studio.engine.record.chapters import to_muxed

AAC_BITRATE: Final = 160_000
PRIMING: Final = 1024
"""The decoder's first samples are the encoder's delay. The file's first 21 ms of sound give way to them: else
FFmpeg stretches the first picture by as much."""
FRAGMENT_US: Final = 1_000_000
"""A file whose process was killed lacks at most this much, and what was still encoded."""
MAX_WANDER: Final = SAMPLE_RATE * 2 // 1000
"""Sound that is farther than 2 ms from the count of samples is a hole or an overlap: a pause, a busy disk."""


class Mp4Writer:
    """Writes one file. The sound is AAC: of Opus in MP4 too many players and editors know nothing.

    Fragments go to disk every second; on `close` FFmpeg makes a usual MP4 of it, with all chapters
    (`hybrid_fragmented`).

    Args:
        path: it is written over.
        size: width and height in pixels.
        fps: frames a second, expected.

    Raises:
        OSError, av.error.FFmpegError: it cannot be written.
    """

    def __init__(self, path: Path, size: tuple[int, int], fps: int) -> None:
        self._container = av.open(
            str(path),
            "w",
            format="mp4",
            options={
                "movflags": "hybrid_fragmented",
                "frag_duration": str(FRAGMENT_US),
                "flush_packets": "1",
            },
        )
        width, height = size
        self._video = self._container.add_mux_stream(
            "h264", rate=fps, width=width, height=height, time_base=TIME_BASE
        )
        self._audio = self._container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
        self._audio.bit_rate = AAC_BITRATE
        self._samples = PRIMING

    def write_picture(self, picture: EncodedPicture, at: int, duration: int) -> None:
        """Write a picture; `at` and `duration` are in 1/90000 s of the file."""
        packet = Packet(picture.data)
        packet.stream = self._video
        packet.pts = packet.dts = at
        packet.time_base, packet.duration = TIME_BASE, duration
        packet.is_keyframe = picture.is_keyframe
        self._container.mux(packet)

    def write_sound(self, samples: Samples, at: int) -> None:
        """Write sound whose first sample is due at `at`, in samples of the file; holes become silence.

        Args:
            samples: int16 of shape (count, 2).
            at: may be negative: what is before the file's beginning is left out.
        """
        off = at - self._samples
        if off < -MAX_WANDER:
            samples = samples[-off:]
        while off > MAX_WANDER and len(samples):
            silence = min(off, SAMPLE_RATE)  # a hole may be long, memory is short
            self._encode(np.zeros((silence, CHANNELS), np.int16))
            off -= silence
        self._encode(samples)

    def close(self, chapters: tuple[Chapter, ...], seconds: float) -> None:
        """Make the file whole.

        Args:
            chapters: in order.
            seconds: how long the file is.
        """
        try:
            self._container.mux(self._audio.encode(None))
            self._container.set_chapters(to_muxed(chapters, round(seconds * 1000)))
        finally:
            self._container.close()

    def _encode(self, samples: Samples) -> None:
        if not len(samples):
            return
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples).reshape(1, -1), "s16", "stereo")
        frame.sample_rate, frame.pts = SAMPLE_RATE, self._samples
        frame.time_base = Fraction(1, SAMPLE_RATE)
        self._samples += len(samples)
        self._container.mux(self._audio.encode(frame))
