"""The sound of a media file: read from the beginning to the end, and given to the mixer when it is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

import av
import av.error
import numpy as np
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream

from effects.files.film import packets_of, times_of
from effects.files.regular import can_decode, open_media
from effects.files.times import Jumps
from studio.engine.media import SAMPLE_RATE, Sound


@dataclass(frozen=True, slots=True, eq=False)
class SoundPiece:
    """Samples at 48 kHz, and when the first is due in seconds from the beginning of the file."""

    samples: Sound
    due_s: float


class FileSound:
    """One pass through the sound of a file; opened with `with`, closed with it. Belongs to one thread.

    The file is opened apart from its picture: neither waits for what the other's decoder still holds, and it
    does not matter how far apart the file holds them.

    Args:
        path: the file.
        jumps: shared with the picture of the same file.
    """

    def __init__(self, path: Path, jumps: Jumps) -> None:
        """Open the file.

        Raises:
            OSError, av.error.FFmpegError: it cannot be read.
        """
        self._container: Final = open_media(path)
        stream = self._container.streams.best("audio")
        self._stream: Final = stream if isinstance(stream, AudioStream) and can_decode(stream) else None
        self._times: Final = times_of(self._container, jumps)
        self._resampler = AudioResampler(format="flt", layout="stereo", rate=SAMPLE_RATE)

    def __enter__(self) -> "FileSound":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._container.close()

    @property
    def is_silent(self) -> bool:
        """Whether the file holds no sound that can be decoded."""
        return self._stream is None

    @property
    def over_s(self) -> float:
        """When the last sound so far is over, in seconds from the beginning."""
        return self._times.over_s

    def pieces(self) -> Iterator[SoundPiece]:
        """Decode all; what is damaged is left out."""
        if self._stream is None:
            return
        for packet in packets_of(self._container, self._stream):
            for frame in self._resampled(packet):
                samples = np.asarray(frame.to_ndarray(), np.float32).reshape(-1, 2)
                if len(samples):
                    due_s = self._times.due(frame.time, len(samples) / SAMPLE_RATE)
                    yield SoundPiece(np.nan_to_num(samples), due_s)

    def _resampled(self, packet: "av.Packet[AudioStream]") -> list[av.AudioFrame]:
        try:
            return [part for frame in packet.decode() for part in self._resampler.resample(frame)]
        except (av.error.FFmpegError, ValueError):
            # The sound may have changed its form with the damage: another resampler takes either.
            self._resampler = AudioResampler(format="flt", layout="stereo", rate=SAMPLE_RATE)
            return []
