"""Pictures that Qt captures, as arrays."""

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from studio.engine.media import Picture

_Format = QVideoFrameFormat.PixelFormat


def to_picture(frame: QVideoFrame) -> Picture | None:
    """Copy a frame into BGR of shape (height, width, 3); None when it holds nothing that can be read.

    The formats of cameras are converted here, in half the time of Qt's own way through a QImage.
    """
    convert = _CONVERTERS.get(frame.surfaceFormat().pixelFormat())
    if convert is None:
        return _from_image(frame.toImage())
    if not frame.map(QVideoFrame.MapMode.ReadOnly):
        return None
    try:
        return convert(frame)
    finally:
        frame.unmap()


def _rows(frame: QVideoFrame, plane: int, height: int, row_bytes: int) -> Picture:
    """One plane without its padding, of shape (height, row_bytes)."""
    stride = frame.bytesPerLine(plane)
    data = np.frombuffer(frame.bits(plane), np.uint8)[: stride * height]
    rows: Picture = data.reshape(height, stride)[:, :row_bytes]
    return rows


def _from_packed(code: int) -> Callable[[QVideoFrame], Picture]:
    def convert(frame: QVideoFrame) -> Picture:
        height, width = frame.height(), frame.width()
        pairs = _rows(frame, 0, height, width * 2).reshape(height, width, 2)
        return np.asarray(cv2.cvtColor(pairs, code), np.uint8)

    return convert


def _from_four_channels(code: int) -> Callable[[QVideoFrame], Picture]:
    def convert(frame: QVideoFrame) -> Picture:
        height, width = frame.height(), frame.width()
        pixels = _rows(frame, 0, height, width * 4).reshape(height, width, 4)
        return np.asarray(cv2.cvtColor(pixels, code), np.uint8)

    return convert


def _from_two_planes(code: int) -> Callable[[QVideoFrame], Picture]:
    def convert(frame: QVideoFrame) -> Picture:
        height, width = frame.height(), frame.width()
        chroma = _rows(frame, 1, height // 2, width)
        stacked = np.concatenate([_rows(frame, 0, height, width), chroma])
        return np.asarray(cv2.cvtColor(stacked, code), np.uint8)

    return convert


def _from_three_planes(code: int) -> Callable[[QVideoFrame], Picture]:
    def convert(frame: QVideoFrame) -> Picture:
        height, width = frame.height(), frame.width()
        planes = [_rows(frame, 0, height, width).reshape(-1)]
        planes += [_rows(frame, plane, height // 2, width // 2).reshape(-1) for plane in (1, 2)]
        stacked = np.concatenate(planes).reshape(height * 3 // 2, width)
        return np.asarray(cv2.cvtColor(stacked, code), np.uint8)

    return convert


def _from_jpeg(frame: QVideoFrame) -> Picture | None:
    data = np.frombuffer(frame.bits(0), np.uint8)[: frame.mappedBytes(0)]
    picture = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return np.asarray(picture, np.uint8) if picture is not None else None


def _from_image(image: QImage) -> Picture | None:
    if image.isNull():
        return None
    converted = image.convertToFormat(QImage.Format.Format_BGR888)
    height, width = converted.height(), converted.width()
    rows = np.frombuffer(converted.constBits(), np.uint8).reshape(height, converted.bytesPerLine())
    return rows[:, : width * 3].reshape(height, width, 3).copy()


_CONVERTERS: Final[dict[_Format, Callable[[QVideoFrame], Picture | None]]] = {
    _Format.Format_YUYV: _from_packed(cv2.COLOR_YUV2BGR_YUY2),
    _Format.Format_UYVY: _from_packed(cv2.COLOR_YUV2BGR_UYVY),
    _Format.Format_NV12: _from_two_planes(cv2.COLOR_YUV2BGR_NV12),
    _Format.Format_NV21: _from_two_planes(cv2.COLOR_YUV2BGR_NV21),
    _Format.Format_YUV420P: _from_three_planes(cv2.COLOR_YUV2BGR_I420),
    _Format.Format_YV12: _from_three_planes(cv2.COLOR_YUV2BGR_YV12),
    _Format.Format_BGRA8888: _from_four_channels(cv2.COLOR_BGRA2BGR),
    _Format.Format_BGRX8888: _from_four_channels(cv2.COLOR_BGRA2BGR),
    _Format.Format_RGBA8888: _from_four_channels(cv2.COLOR_RGBA2BGR),
    _Format.Format_RGBX8888: _from_four_channels(cv2.COLOR_RGBA2BGR),
    _Format.Format_Jpeg: _from_jpeg,
}
