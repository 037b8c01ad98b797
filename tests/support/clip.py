"""A short film in a loop, encoded once, as tracks for aiortc: sending it costs next to nothing."""

import asyncio
import fractions
from functools import cache

import av
import numpy as np
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av.stream import Stream
from numpy.typing import NDArray
from typing_extensions import override

FPS = 30
SECONDS = 1
TONE_HZ = 440
SAMPLE_RATE = 48_000
SAMPLES_A_PACKET = 960


@cache
def encoded_film(width: int, height: int) -> tuple[bytes, ...]:
    """One second of a moving picture: H.264 baseline, one access unit a frame, the first a keyframe."""
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.framerate, encoder.time_base = fractions.Fraction(FPS), fractions.Fraction(1, FPS)
    encoder.options = {"preset": "superfast", "profile": "baseline", "tune": "zerolatency", "g": str(FPS)}
    frames = [av.VideoFrame.from_ndarray(_picture(width, height, n), format="rgb24") for n in range(FPS)]
    packets = [bytes(packet) for frame in [*frames, None] for packet in encoder.encode(frame)]
    assert len(packets) == FPS
    return tuple(packets)


def _picture(width: int, height: int, number: int) -> NDArray[np.uint8]:
    """A warm room with a light that wanders, so that every frame differs."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = 2 * np.pi * number / FPS
    distance = np.hypot(x - width * (0.5 + 0.2 * np.cos(angle)), y - height * (0.42 + 0.1 * np.sin(angle)))
    light = np.clip(1.2 - distance / width, 0, 1)
    shade = 1 - y / height
    channels = (90 * shade + 150 * light, 70 * shade + 95 * light, 110 * shade + 70 * light)
    picture: NDArray[np.uint8] = np.clip(np.stack(channels, axis=-1), 0, 255).astype(np.uint8)
    return picture


class _Paced(MediaStreamTrack):
    """Gives something at a fixed pace until it is stopped.

    Attributes:
        flows: what is due is given while this is set; what was due meanwhile is left out.
    """

    def __init__(self, interval_s: float) -> None:
        super().__init__()
        self._interval_s = interval_s
        self._started_s: float | None = None
        self._count = -1
        self.flows = asyncio.Event()
        self.flows.set()

    async def _next(self) -> int:
        if self.readyState != "live":
            raise MediaStreamError
        loop = asyncio.get_running_loop()
        self._count += 1
        if self._started_s is None:
            self._started_s = loop.time()
        await asyncio.sleep(self._started_s + self._count * self._interval_s - loop.time())
        if not self.flows.is_set():
            await self.flows.wait()
            self._count = int((loop.time() - self._started_s) / self._interval_s)
        return self._count


class FilmTrack(_Paced):
    """The film, over and over."""

    kind = "video"

    def __init__(self, width: int, height: int) -> None:
        super().__init__(1 / FPS)
        self._film = encoded_film(width, height)

    @override
    async def recv(self) -> "av.Packet[Stream]":
        count = await self._next()
        packet = av.Packet(self._film[count % len(self._film)])
        packet.pts, packet.time_base = count, fractions.Fraction(1, FPS)
        return packet


class ToneTrack(_Paced):
    """A soft tone."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__(SAMPLES_A_PACKET / SAMPLE_RATE)

    @override
    async def recv(self) -> av.AudioFrame:
        count = await self._next()
        start = count * SAMPLES_A_PACKET
        times = np.arange(start, start + SAMPLES_A_PACKET) / SAMPLE_RATE
        tone = (3000 * np.sin(2 * np.pi * TONE_HZ * times)).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(np.repeat(tone, 2)[None, :], format="s16", layout="stereo")
        frame.sample_rate, frame.pts = SAMPLE_RATE, start
        frame.time_base = fractions.Fraction(1, SAMPLE_RATE)
        return frame
