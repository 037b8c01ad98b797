import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtMultimedia import (
    QCameraFormat,
    QMediaCaptureSession,
    QVideoFrame,
    QVideoFrameFormat,
    QVideoSink,
)
from typing_extensions import override

from studio.engine.media import MasterClock
from studio.engine.sources.qt_capture import Camera, QtCapture, QtScreen, QtWindow, choose_format
from studio.engine.sources.qt_pictures import to_picture
from studio.engine.sources.source import SourceError

_Format = QVideoFrameFormat.PixelFormat
BLUE_BGR = np.array([200, 40, 30])
YUV_OF_BLUE = {"y": 63, "u": 200, "v": 112}  # BT.601, limited range


def frame_of(kind: QVideoFrameFormat.PixelFormat, planes: list[bytes], width: int = 64) -> QVideoFrame:
    frame = QVideoFrame(QVideoFrameFormat(QSize(width, 48), kind))
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    for number, pattern in enumerate(planes):
        size = frame.mappedBytes(number)
        memoryview(frame.bits(number))[:size] = (pattern * (size // len(pattern) + 1))[:size]
    frame.unmap()
    return frame


Y, U, V = (bytes([YUV_OF_BLUE[part]]) for part in "yuv")


@pytest.mark.parametrize(
    ("kind", "planes"),
    [
        (_Format.Format_YUYV, [Y + U + Y + V]),
        (_Format.Format_UYVY, [U + Y + V + Y]),
        (_Format.Format_NV12, [Y, U + V]),
        (_Format.Format_NV21, [Y, V + U]),
        (_Format.Format_YUV420P, [Y, U, V]),
        (_Format.Format_YV12, [Y, V, U]),
        (_Format.Format_BGRX8888, [bytes([200, 40, 30, 255])]),
        (_Format.Format_BGRA8888, [bytes([200, 40, 30, 255])]),
        (_Format.Format_RGBX8888, [bytes([30, 40, 200, 255])]),
        (_Format.Format_RGBA8888, [bytes([30, 40, 200, 255])]),
    ],
)
def test_what_cameras_give_becomes_bgr(
    qapp: QGuiApplication, kind: QVideoFrameFormat.PixelFormat, planes: list[bytes]
) -> None:
    picture = to_picture(frame_of(kind, planes))
    assert picture is not None
    assert picture.shape == (48, 64, 3)
    assert picture.flags.c_contiguous
    assert np.abs(picture.astype(int) - BLUE_BGR).max() <= 6


def test_other_formats_go_through_qt_s_own_conversion(qapp: QGuiApplication) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(30, 40, 200))
    frame = QVideoFrame(image)
    frame_format = frame.surfaceFormat().pixelFormat()
    picture = to_picture(frame)
    assert picture is not None, frame_format
    assert picture.shape == (20, 30, 3)
    assert picture[10, 15].tolist() == BLUE_BGR.tolist()


def test_a_frame_without_content_is_none(qapp: QGuiApplication) -> None:
    assert to_picture(QVideoFrame()) is None


class Loose(QtCapture):
    """A capture without a device: its sink is fed by the test."""

    @override
    def _begin(self, session: QMediaCaptureSession) -> QVideoSink:
        return session.videoSink()


def test_frames_of_the_sink_are_kept_thinned_to_the_canvas_s_pace(qapp: QGuiApplication) -> None:
    now = 10.0
    capture = Loose(30, MasterClock(lambda: now))
    capture.open()
    assert capture._sink is not None
    seen = []
    for _ in range(60):  # a 60 Hz screen on a canvas of 30 frames a second
        now += 1 / 60
        capture._sink.setVideoFrame(frame_of(_Format.Format_BGRX8888, [b"\x01\x02\x03\xff"]))
        qapp.processEvents()
        frame = capture.newest(now)
        assert frame is not None
        seen.append(frame.captured_at)
    assert 28 <= len(set(seen)) <= 31
    capture.close()
    capture.close()


def test_an_error_of_qt_s_becomes_cause_and_remedy() -> None:
    capture = Loose(30, MasterClock())
    capture.on_error("Device busy")
    assert capture.failure is not None
    assert capture.failure.code == "capture_refused"
    assert "Device busy" in capture.failure.detail
    assert "Close other programs" in capture.failure.detail


@pytest.mark.parametrize(
    ("capture", "code", "words"),
    [
        (Camera("", 30, MasterClock()), "device_missing", "Plug one in"),
        (Camera("gone", 30, MasterClock()), "device_missing", "Plug"),
        (QtScreen("HDMI-9", 30, MasterClock()), "device_missing", "HDMI-9"),
        (QtWindow("closed", 30, MasterClock()), "window_missing", "closed"),
    ],
)
def test_what_is_not_there_is_told_with_a_remedy(
    qapp: QGuiApplication, capture: QtCapture, code: str, words: str
) -> None:
    with pytest.raises(SourceError) as told:
        capture.open()
    assert told.value.code == code
    assert words in told.value.detail
    capture.close()


class OfCamera:
    """A camera's format as Qt would tell it."""

    def __init__(self, width: int, height: int, fps: float, kind: QVideoFrameFormat.PixelFormat) -> None:
        self._size, self._fps, self._kind = QSize(width, height), fps, kind

    def resolution(self) -> QSize:
        return self._size

    def maxFrameRate(self) -> float:  # noqa: N802 - Qt's name
        return self._fps

    def pixelFormat(self) -> QVideoFrameFormat.PixelFormat:  # noqa: N802 - Qt's name
        return self._kind


VGA = OfCamera(640, 480, 30, _Format.Format_YUYV)
HD_SLOW = OfCamera(1280, 720, 10, _Format.Format_YUYV)
HD_JPEG = OfCamera(1280, 720, 30, _Format.Format_Jpeg)
HD_RAW = OfCamera(1280, 720, 30, _Format.Format_NV12)
UHD = OfCamera(3840, 2160, 30, _Format.Format_NV12)


@pytest.mark.parametrize(
    ("formats", "best"),
    [
        ([VGA, HD_SLOW, HD_JPEG], HD_JPEG),
        ([HD_JPEG, HD_RAW, UHD], HD_RAW),
        ([VGA, HD_SLOW], VGA),
        ([UHD, VGA], UHD),
        ([], None),
    ],
)
def test_the_camera_s_format_is_fast_enough_first_then_large_enough(
    formats: list[QCameraFormat], best: QCameraFormat | None
) -> None:
    assert choose_format(formats, 30) is best
