"""Turns pictures into H.264 ready for RTP, at a bitrate that may change at any moment."""

import logging
from dataclasses import dataclass
from typing import Final

from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from studio.engine.media import VideoFrame
from studio.engine.publish.codecs import CODECS, TIME_BASE, open_codec
from studio.engine.publish.packetizer import packetize
from studio.engine.publish.pixels import PixelConverter

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
    """

    data: bytes
    payloads: list[bytes]
    time: int
    is_keyframe: bool


class H264Encoder:
    """An encoder that follows the size of its pictures and the bitrate it is set to; used by one thread.

    Args:
        name: FFmpeg's name of the encoder, a key of `CODECS`.
        fps: frames a second, expected.
        target_kbps: bitrate to begin with.
        ceiling_kbps: the most it will be asked for.
    """

    def __init__(self, name: str, fps: int, target_kbps: int, ceiling_kbps: int) -> None:
        self._codec = CODECS[name]
        self._fps = fps
        self._target_kbps = min(target_kbps, ceiling_kbps)
        self._context: VideoCodecContext | None = None
        self._ceiling_kbps = ceiling_kbps
        self._current_kbps = 0
        self._opened_kbps = 0
        self._opened_at = -REOPEN_GAP
        self._wants_keyframe = False
        self._last_keyframe = -KEYFRAME_GAP
        self._last_time = -1
        self._converter: PixelConverter | None = None

    @property
    def name(self) -> str:
        """FFmpeg's name of the encoder."""
        return self._codec.name

    def request_keyframe(self) -> None:
        """Make the next picture a keyframe; within 0.3 s of the last one, as soon as that time is over."""
        self._wants_keyframe = True

    def set_target(self, kbps: int) -> None:
        """Aim at this bitrate from the next picture on."""
        self._target_kbps = min(kbps, self._ceiling_kbps)

    def encode(self, frame: VideoFrame) -> list[EncodedPicture]:
        """Encode one picture; gives what is ready, which for most encoders is that picture.

        Raises:
            av.error.FFmpegError: the encoder gave up or does not open.
        """
        time = max(round(frame.captured_at * VIDEO_RATE), self._last_time + 1)
        self._last_time = time
        height, width = frame.image.shape[:2]
        context, converter = self._made_ready(width, height, time)
        picture = converter.convert(frame.image)
        picture.pts, picture.time_base = time, TIME_BASE
        if self._wants_keyframe and time - self._last_keyframe >= KEYFRAME_GAP:
            picture.pict_type = PictureType.I
        return [
            self._pack(bytes(packet), packet.pts, is_keyframe=packet.is_keyframe)
            for packet in context.encode(picture)
        ]

    def _pack(self, data: bytes, pts: int | None, *, is_keyframe: bool) -> EncodedPicture:
        time = self._last_time if pts is None else pts
        if is_keyframe:
            self._wants_keyframe = False
            self._last_keyframe = time
        return EncodedPicture(data, packetize(data), time, is_keyframe)

    def _made_ready(self, width: int, height: int, time: int) -> tuple[VideoCodecContext, PixelConverter]:
        context, converter = self._context, self._converter
        if context is None or converter is None or converter.size != (width, height):
            return self._open(width, height, time)
        if self._target_kbps != self._current_kbps:
            if self._is_worth_reopening(time):
                return self._open(width, height, time)
            if self._codec.rebitrates:
                context.bit_rate = self._target_kbps * 1000
                self._current_kbps = self._target_kbps
        return context, converter

    def _is_worth_reopening(self, time: int) -> bool:
        if time - self._opened_at < REOPEN_GAP:
            return False
        ratio = self._target_kbps / self._opened_kbps
        if self._codec.rebitrates:
            return not 1 / REBUFFER_FACTOR <= ratio <= REBUFFER_FACTOR
        return abs(ratio - 1) > REOPEN_CHANGE

    def _open(self, width: int, height: int, time: int) -> tuple[VideoCodecContext, PixelConverter]:
        self._context = None
        ceiling_kbps = self._ceiling_kbps if self._codec.rebitrates else self._target_kbps
        context = open_codec(
            self._codec,
            (width, height),
            fps=self._fps,
            ceiling_kbps=ceiling_kbps,
            buffer_kbit=round(self._target_kbps * BUFFER_SECONDS),
        )
        context.bit_rate = self._target_kbps * 1000
        converter = self._converter
        if converter is None or converter.size != (width, height):
            converter = PixelConverter(width, height, self._codec.pixels)
        self._context, self._converter = context, converter
        self._current_kbps = self._opened_kbps = self._target_kbps
        self._opened_at = time
        log.info("encoder %s opened: %dx%d, %d kbit/s", self.name, width, height, self._target_kbps)
        return context, converter
