"""What a decoder gives, as a frame: scaled, in our colours, upright, square pixels, nothing hidden shown."""

from enum import IntEnum
from fractions import Fraction
from typing import Any, Final

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.sidedata.sidedata import Type
from av.video.reformatter import VideoReformatter

from effects.buffers import Buffers
from effects.files.colors import Colors, to_screen
from effects.frame import Frame

Size = tuple[int, int]
"""Width and height in pixels."""

_LONGEST_SIDE: Final = 8192
_MOST_STRETCHED: Final = 8
_BAND_ROWS: Final = 256
_PEAK_NITS: Final = 1000.0
_HD_WIDTH: Final = 1280
_HD_HEIGHT: Final = 576


class _Matrix(IntEnum):
    """How luma and colour are put together (ITU-T H.273, table 4)."""

    BT709 = 1
    UNKNOWN = 2
    RESERVED = 3
    BT601 = 6


class Developer:
    """Makes frames of one film's decoded pictures; belongs to one thread.

    Args:
        enough: frames are made as small as still covers this.
        pixel_shape: width of a pixel over its height.
    """

    def __init__(self, enough: Size, pixel_shape: Fraction | None = None) -> None:
        self._enough = enough
        shape = float(pixel_shape or 1)
        self._shape = shape if 1 / _MOST_STRETCHED <= shape <= _MOST_STRETCHED else 1.0
        self._reformatter = VideoReformatter()
        self._buffers = Buffers()

    def developed(self, picture: av.VideoFrame) -> Frame:
        """Return the picture as a frame.

        Raises:
            av.error.FFmpegError, ValueError: its format cannot be read.
        """
        _settle_matrix(picture)
        turn = _Turn(picture)
        size = self._size(picture, turn)
        colors = _colors_of(picture)
        frame = self._colored(picture, size, colors)
        if _may_be_transparent(picture):
            frame = self._covered(picture, size, frame, colors)
        return turn.upright(frame)

    def _size(self, picture: av.VideoFrame, turn: "_Turn") -> Size:
        """Return how large it is made, before it is turned."""
        width = picture.width * max(self._shape, 1.0)
        height = picture.height / min(self._shape, 1.0)
        enough = self._enough[::-1] if turn.is_across else self._enough
        return scaled_to((width, height), enough)

    def _colored(self, picture: av.VideoFrame, size: Size, colors: Colors) -> Frame:
        if colors.is_ours:
            return _array(self._reformatted(picture, size, "bgr24"), np.uint8, 3)
        if colors.needs_depth:
            deep = _array(self._reformatted(picture, size, "bgr48le"), np.uint16, 3)
            return to_screen(colors).apply(deep, self._buffers)
        flat = _array(self._reformatted(picture, size, "bgr24"), np.uint8, 3)
        return to_screen(colors).apply(flat, self._buffers)

    def _covered(self, picture: av.VideoFrame, size: Size, frame: Frame, colors: Colors) -> Frame:
        """Return the frame over black, without what stands where nothing is to be seen."""
        whole = _array(self._reformatted(picture, (picture.width, picture.height), "bgra"), np.uint8, 4)
        if colors.is_ours:  # before it is scaled: else hidden colours come through at the edges
            return resized(over_black(whole), size)
        alpha = np.asarray(cv2.resize(whole[..., 3], size, interpolation=cv2.INTER_AREA), np.uint8)
        return over_black(np.dstack([frame, alpha]))

    def _reformatted(self, picture: av.VideoFrame, size: Size, name: str) -> av.VideoFrame:
        return self._reformatter.reformat(picture, width=size[0], height=size[1], format=name)


class _Turn:
    """How a picture has to be turned to stand upright: by its display matrix (ISO/IEC 14496-12 §8.3.2)."""

    def __init__(self, picture: av.VideoFrame) -> None:
        """Read it; a picture that names none stands upright."""
        data = _side_data(picture, Type.DISPLAYMATRIX)
        matrix = np.frombuffer(data, np.int32) if data else np.array([1, 0, 0, 0, 1])
        a, b, c, d = (float(matrix[place]) for place in (0, 1, 3, 4))
        self.is_across: Final = abs(b) + abs(c) > abs(a) + abs(d)
        self._is_mirrored, self._is_upside_down = (c < 0, b < 0) if self.is_across else (a < 0, d < 0)

    def upright(self, frame: Frame) -> Frame:
        """Return the frame as it is meant to be seen."""
        turned = cv2.transpose(frame) if self.is_across else frame
        if self._is_mirrored and self._is_upside_down:
            turned = cv2.flip(turned, -1)
        elif self._is_mirrored or self._is_upside_down:
            turned = cv2.flip(turned, 1 if self._is_mirrored else 0)
        return np.asarray(turned, np.uint8)


def scaled_to(size: tuple[float, float], enough: Size) -> Size:
    """Return the size, made smaller as far as it still covers `enough`, in whole even pixels."""
    width, height = size
    scale = min(1.0, max(enough[0] / width, enough[1] / height), _LONGEST_SIDE / max(width, height))
    return _even(width * scale), _even(height * scale)


def resized(frame: Frame, size: Size) -> Frame:
    """Return the frame at this size."""
    if frame.shape[1::-1] == size:
        return frame
    is_smaller = size[0] < frame.shape[1]
    way = cv2.INTER_AREA if is_smaller else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(frame, size, interpolation=way), np.uint8)


def over_black(picture: npt.NDArray[np.uint8]) -> Frame:
    """Return a BGRA picture over black, worked on in bands so that it takes little more memory."""
    result = np.empty((*picture.shape[:2], 3), np.uint8)
    for top in range(0, len(picture), _BAND_ROWS):
        band = picture[top : top + _BAND_ROWS]
        weight = cv2.cvtColor(np.ascontiguousarray(band[..., 3]), cv2.COLOR_GRAY2BGR)
        colors = cv2.cvtColor(np.ascontiguousarray(band), cv2.COLOR_BGRA2BGR)
        result[top : top + _BAND_ROWS] = cv2.multiply(colors, weight, scale=1 / 255)
    return result


def opaque(picture: npt.NDArray[Any]) -> Frame:
    """Return what was decoded (1 to 4 channels, 8 or 16 bits) as BGR over black."""
    is_deep = picture.dtype == np.uint16
    flat = np.asarray(cv2.convertScaleAbs(picture, alpha=1 / 257) if is_deep else picture, np.uint8)
    channels = 1 if flat.ndim == 2 else flat.shape[2]
    if channels == 4:
        return over_black(flat)
    if channels == 1:
        return np.asarray(cv2.cvtColor(flat, cv2.COLOR_GRAY2BGR), np.uint8)
    if channels == 2:
        grey = cv2.cvtColor(np.ascontiguousarray(flat[..., 0]), cv2.COLOR_GRAY2BGR)
        return over_black(np.dstack([grey, flat[..., 1]]))
    return flat


def _settle_matrix(picture: av.VideoFrame) -> None:
    """Name the matrix where the film names none: players take BT.709 for HD, BT.601 for less."""
    if picture.colorspace in (_Matrix.UNKNOWN, _Matrix.RESERVED) and not picture.format.is_rgb:
        is_hd = picture.width >= _HD_WIDTH or picture.height > _HD_HEIGHT
        picture.colorspace = _Matrix.BT709 if is_hd else _Matrix.BT601


def _colors_of(picture: av.VideoFrame) -> Colors:
    light = _side_data(picture, Type.CONTENT_LIGHT_LEVEL)
    peak = int(np.frombuffer(light, np.uint32)[0]) if light else 0
    return Colors(picture.color_primaries, picture.color_trc, float(peak or _PEAK_NITS))


def _side_data(picture: av.VideoFrame, kind: Type) -> bytes:
    """Return what came with the picture; empty when nothing of this kind did."""
    found: Any = picture.side_data
    data = found.get(kind)
    return bytes(data) if data is not None else b""


def _may_be_transparent(picture: av.VideoFrame) -> bool:
    described = picture.format
    return described.has_palette or any(component.is_alpha for component in described.components)


def _array(picture: av.VideoFrame, kind: type[Any], channels: int) -> npt.NDArray[Any]:
    """Return a packed picture's pixels, (height, width, channels), copied."""
    plane = picture.planes[0]
    rows: npt.NDArray[Any] = np.frombuffer(memoryview(plane), kind).reshape(picture.height, -1)
    pixels: npt.NDArray[Any] = rows[:, : picture.width * channels]
    whole: npt.NDArray[Any] = pixels.reshape(picture.height, picture.width, channels)
    return whole.copy()


def _even(size: float) -> int:
    return max(2, round(size / 2) * 2)
