"""Which H.264 encoders there are, how each is told to hurry, and which of them open on this machine."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, cast

import av
import av.error
import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

SOFTWARE: Final = "libx264"
TIME_BASE: Final = Fraction(1, 90_000)
KEYFRAME_SECONDS: Final = 2
"""All layers have a keyframe of the same picture so often."""
LONGEST_GROUP_SECONDS: Final = 2 * KEYFRAME_SECONDS
"""After so long an encoder makes a keyframe unasked: longer, or it would come beside the others' one."""

_BT601: Final = 6
_BT709: Final = 1
_LIMITED: Final = 1


@dataclass(frozen=True, slots=True)
class Codec:
    """An encoder by its FFmpeg name.

    Attributes:
        name: FFmpeg's name.
        pixels: the pixel format it takes: `yuv420p` or `nv12`.
        options: private options for low delay.
        rebitrates: it follows a new bitrate while running; others are opened again.
    """

    name: str
    pixels: str
    options: Mapping[str, str] = field(default_factory=dict)
    rebitrates: bool = False


# Best first. The options say in FFmpeg's words: no look-ahead, every picture out at once, an IDR when asked.
CODECS: Final = {
    codec.name: codec
    for codec in (
        Codec(
            "h264_nvenc",
            "yuv420p",
            {"preset": "p3", "tune": "ull", "rc": "cbr", "zerolatency": "1", "delay": "0", "forced-idr": "1"},
            rebitrates=True,
        ),
        Codec("h264_videotoolbox", "yuv420p", {"realtime": "1", "prio_speed": "1", "allow_sw": "0"}),
        Codec(
            "h264_qsv",
            "nv12",
            {"preset": "veryfast", "async_depth": "1", "forced_idr": "1", "look_ahead": "0"},
        ),
        Codec("h264_amf", "yuv420p", {"usage": "ultralowlatency", "rc": "cbr", "forced_idr": "1"}),
        Codec("h264_mf", "nv12", {"rate_control": "cbr", "scenario": "live_streaming", "hw_encoding": "1"}),
        Codec("h264_v4l2m2m", "yuv420p"),
        Codec(
            SOFTWARE,
            "yuv420p",
            {"preset": "superfast", "tune": "zerolatency", "forced-idr": "1", "sc_threshold": "0"},
            rebitrates=True,
        ),
    )
}


def open_codec(
    codec: Codec, size: tuple[int, int], *, fps: int, ceiling_kbps: int, buffer_kbit: int
) -> VideoCodecContext:
    """Open an encoder for BT.601 limited-range pictures with times in 1/90000 s.

    Args:
        codec: which one.
        size: width and height of the pictures in pixels, even.
        fps: frames a second, expected.
        ceiling_kbps: the bitrate to begin with; later ones may not be higher.
        buffer_kbit: how much may leave in one burst (the decoder's buffer model, VBV).

    Raises:
        av.error.FFmpegError: it does not open here (no such hardware, driver or permission).
        ValueError: this FFmpeg was built without it.
    """
    context = cast(VideoCodecContext, av.CodecContext.create(codec.name, "w"))
    width, height = size
    context.width, context.height, context.pix_fmt = width, height, codec.pixels
    context.framerate, context.time_base = Fraction(fps), TIME_BASE
    context.gop_size, context.max_b_frames = LONGEST_GROUP_SECONDS * fps, 0
    context.bit_rate = ceiling_kbps * 1000
    context.color_range, context.colorspace = _LIMITED, _BT601
    context.color_primaries, context.color_trc = _BT709, _BT709
    context.options = {
        # Equal to the bitrate: x264 takes a new one only where it began as a constant one, and none above.
        "maxrate": str(ceiling_kbps * 1000),
        "bufsize": str(buffer_kbit * 1000),
        **codec.options,
    }
    if codec.name == SOFTWARE:
        # One slice up to 720p: no bits lost between slices, and all fragments of a picture are equal.
        context.thread_count = 1 if width * height <= 1280 * 720 else 2
        context.profile = "Baseline"
    context.open()
    return context


class EncoderChoice:
    """Which encoder to use: the one asked for where it opens, else the best that does; thread-safe.

    Args:
        probe: names those that open, best first; asked once, when it first matters.
    """

    def __init__(self, probe: Callable[[], list[str]] | None = None) -> None:
        self._probe = probe or probe_encoders
        self._lock = threading.Lock()
        self._usable: list[str] | None = None

    def choose(self, wanted: str) -> str:
        """Name the encoder to use; empty `wanted` means the best."""
        with self._lock:
            if self._usable is None:
                self._usable = self._probe()
            return wanted if wanted in self._usable else self._usable[0]

    def discard(self, name: str) -> None:
        """Choose this one no more: it opened, then failed. The software encoder always stays."""
        with self._lock:
            self._usable = [other for other in self._usable or [] if other != name or name == SOFTWARE]


def probe_encoders() -> list[str]:
    """Name the encoders that encode a picture on this machine, best first; `libx264` is always the last.

    Takes some 10 ms without such hardware, up to a second with it.
    """
    return [name for name, codec in CODECS.items() if name == SOFTWARE or _encodes(codec)]


def _encodes(codec: Codec) -> bool:
    width, height = 640, 360
    try:
        context = open_codec(codec, (width, height), fps=30, ceiling_kbps=1000, buffer_kbit=500)
        frame = VideoFrame.from_ndarray(np.full((height * 3 // 2, width), 128, np.uint8), codec.pixels)
        frame.pts, frame.time_base = 0, TIME_BASE
        return any(packet.size for packet in [*context.encode(frame), *context.encode(None)])
    except (av.error.FFmpegError, ValueError):
        return False
