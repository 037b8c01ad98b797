"""Writes H.264 as it came, and sound as AAC, into any container that FFmpeg knows: a file or a server."""

import io
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.packet import Packet

from studio.engine.media import CHANNELS, SAMPLE_RATE, Samples
from studio.engine.publish.codecs import TIME_BASE
from studio.engine.publish.encoder import EncodedPicture

AAC_BITRATE: Final = 160_000
PRIMING: Final = 1024
"""The decoder's first samples are the encoder's delay. The first 21 ms of sound give way to them: else FFmpeg
stretches the first picture by as much."""
MAX_WANDER: Final = SAMPLE_RATE * 2 // 1000
"""Sound that is farther than 2 ms from the count of samples is a hole or an overlap: a pause, a busy disk."""


class MediaWriter:
    """One picture and one sound; used by one thread.

    Args:
        target: a path or an address; a file is written over.
        container: FFmpeg's name of the container.
        options: of the container.
        first: the keyframe that it begins with; it says what all pictures have in common.

    Raises:
        OSError, av.error.FFmpegError: it cannot be opened, or not written; so do all methods.
    """

    def __init__(
        self, target: str, container: str, options: Mapping[str, str], first: EncodedPicture
    ) -> None:
        self._container = av.open(target, "w", format=container, options=dict(options))
        # FLV says the parameter sets in its head, before the first picture: FFmpeg has to know them by then.
        with av.open(io.BytesIO(first.data), format="h264") as source:
            self._video = self._container.add_stream_from_template(source.streams.video[0], opaque=True)
        self._video.time_base = TIME_BASE
        self._audio = self._container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
        self._audio.bit_rate = AAC_BITRATE
        self._container.start_encoding()  # else a file is made and a server asked with the first picture only
        self._samples = PRIMING

    def write_picture(self, picture: EncodedPicture, at: int, duration: int) -> None:
        """Write a picture; `at` and `duration` are in 1/90000 s from the beginning."""
        packet = Packet(picture.data)
        packet.stream = self._video
        packet.pts = packet.dts = at
        packet.time_base, packet.duration = TIME_BASE, duration
        packet.is_keyframe = picture.is_keyframe
        self._container.mux(packet)

    def write_sound(self, samples: Samples, at: int) -> None:
        """Write sound whose first sample is due at `at`, in samples from the beginning; holes become silence.

        Args:
            samples: int16 of shape (count, 2).
            at: may be negative: what is before the beginning is left out.
        """
        off = at - self._samples
        if off < -MAX_WANDER:
            samples = samples[-off:]
        while off > MAX_WANDER and len(samples):
            silence = min(off, SAMPLE_RATE)  # a hole may be long, memory is short
            self._encode(np.zeros((silence, CHANNELS), np.int16))
            off -= silence
        self._encode(samples)

    def close(self) -> None:
        """Write what the encoder holds, and end."""
        try:
            self._container.mux(self._audio.encode(None))
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
