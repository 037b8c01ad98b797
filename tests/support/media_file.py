"""Media files for tests, made on the spot."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import OutputContainer
from av.stream import Disposition

from studio.engine.sources.time_code import draw_time_code

RATE = 48_000
CODE_HEIGHT = 20
_SAMPLES_A_FRAME = 1024


def make_video(
    path: Path,
    *,
    seconds: float = 2.0,
    fps: int = 30,
    size: tuple[int, int] = (320, 180),
    tone_hertz: int | None = None,
) -> Path:
    """Write a video whose pictures carry their own number as a time code, with a tone or without sound.

    Args:
        path: where to; the name's end says the container, such as `.mp4`.
        seconds: how long.
        fps: pictures a second.
        size: width and height.
        tone_hertz: the tone's pitch; None: no sound at all.
    """
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=fps)
        video.width, video.height = size
        video.pix_fmt = "yuv420p"
        video.bit_rate = 4_000_000
        audio = container.add_stream("aac", rate=RATE, layout="stereo") if tone_hertz else None
        for number in range(round(seconds * fps)):
            image = np.full((size[1], size[0], 3), 128, np.uint8)
            draw_time_code(image, number, CODE_HEIGHT)
            container.mux(video.encode(av.VideoFrame.from_ndarray(image, "bgr24")))
        container.mux(video.encode())
        if audio is not None and tone_hertz is not None:
            for frame in _tone(seconds, tone_hertz):
                container.mux(audio.encode(frame))
            container.mux(audio.encode())
    return path


def _tone(seconds: float, hertz: int) -> list[av.AudioFrame]:
    wave = np.sin(np.arange(round(seconds * RATE)) * 2 * np.pi * hertz / RATE).astype(np.float32) * 0.3
    frames = []
    for begin in range(0, len(wave) - _SAMPLES_A_FRAME + 1, _SAMPLES_A_FRAME):
        part = np.tile(wave[begin : begin + _SAMPLES_A_FRAME], (2, 1))
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(part), "fltp", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, begin, Fraction(1, RATE)
        frames.append(frame)
    return frames


@dataclass(frozen=True)
class Look:
    """How a film's pictures are stored.

    Attributes:
        codec: FFmpeg's name of the encoder.
        pixels: FFmpeg's name of the pixel format.
        colors: primaries, transfer, matrix and range (ITU-T H.273); 2 is unknown, a range of 0 too.
        turned: degrees against the clock that a player has to turn it.
        mirrored: whether a player has to mirror it after that.
        pixel_shape: width of a pixel over its height.
    """

    codec: str = "ffv1"
    pixels: str = "bgr0"
    colors: tuple[int, int, int, int] = (2, 2, 2, 0)
    turned: int = 0
    mirrored: bool = False
    pixel_shape: Fraction = Fraction(1)


def make_film(
    path: Path,
    pictures: Sequence[tuple[float, av.VideoFrame]],
    look: Look = Look(),
    *,
    tone_seconds: float = 0.0,
    break_packets: Container[int] = (),
) -> Path:
    """Write a film of these pictures, each at its time in seconds.

    Args:
        path: where to; the name's end says the container.
        pictures: when each is shown, and what.
        look: how they are stored.
        tone_seconds: how long a tone sounds; 0: there is no sound.
        break_packets: which packets hold nonsense.
    """
    with av.open(str(path), "w") as container:
        video = _video_stream(container, pictures[0][1], look)
        audio = container.add_stream("pcm_s16le", rate=RATE, layout="stereo") if tone_seconds else None
        packets: list[av.Packet[Any]] = []
        for due_s, picture in pictures:
            picture.pts, picture.time_base = round(due_s * 1000), Fraction(1, 1000)
            picture.color_primaries, picture.color_trc, picture.colorspace, picture.color_range = look.colors
            packets += video.encode(picture)
        packets += video.encode()
        for number, packet in enumerate(packets):
            container.mux(_broken(packet) if number in break_packets else packet)
        if audio is not None:
            for frame in _tone(tone_seconds, 440):
                resampled = av.AudioResampler("s16", "stereo", RATE).resample(frame)
                container.mux([packet for part in resampled for packet in audio.encode(part)])
    return path


def make_music(path: Path, cover: av.VideoFrame, seconds: float) -> Path:
    """Write a tone with a picture that belongs to it, as `.flac` or `.mp3`."""
    with av.open(str(path), "w") as container:
        audio = container.add_stream("flac" if path.suffix == ".flac" else "libmp3lame", rate=RATE)
        assert isinstance(audio, av.AudioStream)
        picture = container.add_stream("png", rate=1)
        assert isinstance(picture, av.VideoStream)
        picture.width, picture.height, picture.pix_fmt = cover.width, cover.height, "rgb24"
        picture.disposition = Disposition.attached_pic
        container.mux([*picture.encode(cover), *picture.encode()])
        resampler = av.AudioResampler(audio.format, audio.layout, RATE)
        for frame in _tone(seconds, 440):
            container.mux([packet for part in resampler.resample(frame) for packet in audio.encode(part)])
        container.mux(audio.encode())
    return path


def _video_stream(container: OutputContainer, picture: av.VideoFrame, look: Look) -> av.VideoStream:
    video = container.add_stream(look.codec, rate=1000)
    assert isinstance(video, av.VideoStream)
    video.width, video.height, video.pix_fmt = picture.width, picture.height, look.pixels
    video.codec_context.time_base = Fraction(1, 1000)
    video.color_primaries, video.color_trc, video.colorspace, video.color_range = look.colors
    video.codec_context.sample_aspect_ratio = look.pixel_shape
    if look.turned or look.mirrored:
        video.set_display_rotation(look.turned, hflip=look.mirrored)
    return video


def _broken(packet: "av.Packet[Any]") -> "av.Packet[Any]":
    broken: av.Packet[Any] = av.Packet(b"\xff" * max(16, packet.size // 2))
    broken.pts, broken.dts, broken.time_base = packet.pts, packet.dts, packet.time_base
    broken.stream = packet.stream
    return broken


def grey(level: int, size: tuple[int, int] = (64, 48)) -> av.VideoFrame:
    """Return a picture of one grey."""
    return av.VideoFrame.from_ndarray(np.full((size[1], size[0], 3), level, np.uint8), "bgr24")
