"""Turns pictures into H.264 ready for RTP, at a bitrate that may change at any moment."""

import logging
from dataclasses import dataclass
from typing import Final

from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from studio.engine.publish.codecs import CODECS, TIME_BASE, open_codec
from studio.engine.publish.packetizer import packetize
from studio.engine.publish.pixels import AvFrames, PlanarPicture

log = logging.getLogger("livestall.publish")

VIDEO_RATE: Final = 90_000
KEYFRAME_GAP: Final = VIDEO_RATE * 3 // 10
"""Least time between keyframes that were asked for: many receivers may ask at once."""
REOPEN_GAP: Final = VIDEO_RATE * 2
REOPEN_CHANGE: Final = 0.15
BUFFER_SECONDS: Final = 0.5
"""A keyframe may take the bits of half a second at once."""
REBUFFER_FACTOR: Final = 2.5
"""The burst allowance stays that of the opening: too far from it, keyframes get blurred or clog the line."""


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """One picture, as a byte stream and cut into RTP payloads.

    Attributes:
        data: the picture as an Annex B byte stream; a keyframe's begins with its parameter sets.
        payloads: in sending order, one datagram each.
        time: when it was captured, in 1/90000 s of the master clock.
        is_keyframe: a decoder can begin here.
        size: width and height in pixels.
    """

    data: bytes
    payloads: list[bytes]
    time: int
    is_keyframe: bool
    size: tuple[int, int]


class H264Encoder:
    """An encoder that follows the size of its pictures and the bitrate it is set to; used by one thread.

    Keyframes come when they are asked for; by itself one comes only where none was for 4 s.

    Args:
        name: FFmpeg's name of the encoder, a key of `CODECS`.
        fps: frames a second, expected.
        target_kbps: bitrate to begin with.
        ceiling_kbps: the most it will be asked for.
        buffer_seconds: a keyframe may take the bits of so long at once.
    """

    def __init__(
        self,
        name: str,
        fps: int,
        target_kbps: int,
        ceiling_kbps: int,
        buffer_seconds: float = BUFFER_SECONDS,
    ) -> None:
        self._codec = CODECS[name]
        self._fps = fps
        self._target_kbps = min(target_kbps, ceiling_kbps)
        self._context: VideoCodecContext | None = None
        self._ceiling_kbps = ceiling_kbps
        self._buffer_seconds = buffer_seconds
        self._current_kbps = 0
        self._opened_kbps = 0
        self._opened_at = -REOPEN_GAP
        self._wants_keyframe = False
        self._must_begin = True
        self._last_keyframe = -KEYFRAME_GAP
        self._last_time = -1
        self._frames: AvFrames | None = None

    @property
    def name(self) -> str:
        """FFmpeg's name of the encoder."""
        return self._codec.name

    def request_keyframe(self) -> None:
        """Make the next picture a keyframe; within 0.3 s of the last one, as soon as that time is over."""
        self._wants_keyframe = True

    def begin_group(self) -> None:
        """Make the next picture a keyframe, however short ago the last one was."""
        self._must_begin = True

    def set_target(self, kbps: int) -> None:
        """Aim at this bitrate from the next picture on."""
        self._target_kbps = min(kbps, self._ceiling_kbps)

    def encode(self, picture: PlanarPicture) -> list[EncodedPicture]:
        """Encode one picture; gives what is ready, which for most encoders is that picture.

        Raises:
            av.error.FFmpegError: the encoder gave up or does not open.
        """
        time = max(round(picture.captured_at * VIDEO_RATE), self._last_time + 1)
        self._last_time = time
        context, frames = self._made_ready(picture.size, time)
        frame = frames.make(picture)
        frame.pts, frame.time_base = time, TIME_BASE
        if self._must_begin or (self._wants_keyframe and time - self._last_keyframe >= KEYFRAME_GAP):
            frame.pict_type = PictureType.I
        self._must_begin = False
        return [
            self._pack(bytes(packet), packet.pts, picture.size, is_keyframe=packet.is_keyframe)
            for packet in context.encode(frame)
        ]

    def _pack(
        self, data: bytes, pts: int | None, size: tuple[int, int], *, is_keyframe: bool
    ) -> EncodedPicture:
        time = self._last_time if pts is None else pts
        if is_keyframe:
            self._wants_keyframe = False
            self._last_keyframe = time
        return EncodedPicture(data, packetize(data), time, is_keyframe, size)

    def _made_ready(self, size: tuple[int, int], time: int) -> tuple[VideoCodecContext, AvFrames]:
        context, frames = self._context, self._frames
        if context is None or frames is None or frames.size != size:
            return self._open(size, time)
        if self._target_kbps != self._current_kbps:
            if self._is_worth_reopening(time):
                return self._open(size, time)
            if self._codec.rebitrates:
                context.bit_rate = self._target_kbps * 1000
                self._current_kbps = self._target_kbps
        return context, frames

    def _is_worth_reopening(self, time: int) -> bool:
        if time - self._opened_at < REOPEN_GAP:
            return False
        ratio = self._target_kbps / self._opened_kbps
        if self._codec.rebitrates:
            return not 1 / REBUFFER_FACTOR <= ratio <= REBUFFER_FACTOR
        return abs(ratio - 1) > REOPEN_CHANGE

    def _open(self, size: tuple[int, int], time: int) -> tuple[VideoCodecContext, AvFrames]:
        self._context = None
        ceiling_kbps = self._ceiling_kbps if self._codec.rebitrates else self._target_kbps
        context = open_codec(
            self._codec,
            size,
            fps=self._fps,
            ceiling_kbps=ceiling_kbps,
            buffer_kbit=round(self._target_kbps * self._buffer_seconds),
        )
        context.bit_rate = self._target_kbps * 1000
        frames = self._frames
        if frames is None or frames.size != size:
            frames = AvFrames(size, self._codec.pixels)
        self._context, self._frames = context, frames
        self._current_kbps = self._opened_kbps = self._target_kbps
        self._opened_at = time
        log.info("encoder %s opened: %dx%d, %d kbit/s", self.name, *size, self._target_kbps)
        return context, frames
