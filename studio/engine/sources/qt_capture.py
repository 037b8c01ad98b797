"""Cameras everywhere, and screens and windows where there is no X11, captured by Qt in the main thread."""

import logging
from abc import abstractmethod
from typing import Final

from PySide6.QtCore import QCameraPermission, QCoreApplication, QMicrophonePermission, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QCapturableWindow,
    QMediaCaptureSession,
    QMediaDevices,
    QScreenCapture,
    QVideoFrame,
    QVideoFrameFormat,
    QVideoSink,
    QWindowCapture,
)
from typing_extensions import override

from studio.engine.media import MasterClock, VideoFrame
from studio.engine.sources.qt_pictures import to_picture
from studio.engine.sources.source import SourceError, VideoSource

log = logging.getLogger("livestall.sources")

_PACE_SHARE: Final = 0.8
"""A frame that comes sooner than this share of the canvas's frame time after the last is not converted."""
_ENOUGH_LINES: Final = 720


class QtCapture(VideoSource):
    """What all of Qt's captures share: a session, and a sink whose frames become arrays.

    Args:
        fps: frames a second that are wanted; what comes faster is thinned.
        clock: the master clock.
    """

    def __init__(self, fps: int, clock: MasterClock) -> None:
        self._pause = _PACE_SHARE / fps
        self._clock = clock
        self._frame: VideoFrame | None = None
        self._failure: SourceError | None = None
        self._session: QMediaCaptureSession | None = None
        self._sink: QVideoSink | None = None
        self._capture: QObject | None = None

    @override
    def open(self) -> None:
        session, sink = QMediaCaptureSession(), QVideoSink()
        sink.videoFrameChanged.connect(self.on_frame)
        session.setVideoSink(sink)
        self._capture = self._begin(session)
        self._session, self._sink = session, sink

    @override
    def close(self) -> None:
        capture, session, sink = self._capture, self._session, self._sink
        self._capture = self._session = self._sink = None
        if capture is None or session is None or sink is None:
            return
        sink.videoFrameChanged.disconnect(self.on_frame)
        if isinstance(capture, QCamera | QScreenCapture | QWindowCapture):
            capture.stop()
        for part in (capture, session, sink):
            part.deleteLater()

    @property
    @override
    def failure(self) -> SourceError | None:
        return self._failure

    @override
    def newest(self, at: float) -> VideoFrame | None:
        return self._frame

    def on_frame(self, frame: QVideoFrame) -> None:
        """Keep a frame that Qt captured."""
        now = self._clock.now()
        if self._frame is not None and now - self._frame.captured_at < self._pause:
            return
        picture = to_picture(frame)
        if picture is not None:
            self._frame = VideoFrame(picture, captured_at=now)

    def on_error(self, text: str) -> None:
        """Take note that Qt's capture ended."""
        self._failure = SourceError(
            "capture_refused",
            f"The capture ended ({text or 'no reason given'}). Close other programs that use the device, "
            "or allow this program to capture in the system's privacy settings.",
        )

    @abstractmethod
    def _begin(self, session: QMediaCaptureSession) -> QObject:
        """Make the capture, join it to the session, and start it.

        Raises:
            SourceError: there is no such device.
        """


class Camera(QtCapture):
    """A camera by its stable id; empty: the system's default."""

    def __init__(self, device_id: str, fps: int, clock: MasterClock) -> None:
        super().__init__(fps, clock)
        self._device_id = device_id
        self._fps = fps

    @override
    def _begin(self, session: QMediaCaptureSession) -> QObject:
        require_camera_permission()
        device = self._find()
        camera = QCamera(device)
        best = choose_format(device.videoFormats(), self._fps)
        if best is not None:
            camera.setCameraFormat(best)
        camera.errorOccurred.connect(lambda _, text: self.on_error(text))
        session.setCamera(camera)
        camera.start()
        return camera

    def _find(self) -> QCameraDevice:
        devices = QMediaDevices.videoInputs()
        if not devices:
            raise SourceError(
                "device_missing", "No camera is connected. Plug one in, or choose another source."
            )
        if not self._device_id:
            return QMediaDevices.defaultVideoInput()
        for device in devices:
            if device.id().toStdString() == self._device_id:
                return device
        there = ", ".join(device.description() for device in devices)
        raise SourceError(
            "device_missing", f"The camera is not connected. Plug it in again, or choose another: {there}."
        )


class QtScreen(QtCapture):
    """A screen by its name; empty: the primary one."""

    def __init__(self, name: str, fps: int, clock: MasterClock) -> None:
        super().__init__(fps, clock)
        self._name = name

    @override
    def _begin(self, session: QMediaCaptureSession) -> QObject:
        screens = QGuiApplication.screens()
        screen = next((each for each in screens if self._name in ("", each.name())), None)
        if screen is None:
            there = ", ".join(each.name() for each in screens) or "there is none"
            raise SourceError(
                "device_missing",
                f"There is no screen {self._name!r}. Connect it, or choose another: {there}.",
            )
        capture = QScreenCapture()
        capture.setScreen(screen)
        capture.errorOccurred.connect(lambda _, text: self.on_error(text))
        session.setScreenCapture(capture)
        capture.start()
        return capture


class QtWindow(QtCapture):
    """A window by its title: Qt keeps the ids to itself."""

    def __init__(self, title: str, fps: int, clock: MasterClock) -> None:
        super().__init__(fps, clock)
        self._title = title

    @override
    def _begin(self, session: QMediaCaptureSession) -> QObject:
        windows: list[QCapturableWindow] = QWindowCapture.capturableWindows()
        window = next((each for each in windows if each.description() == self._title), None)
        if window is None:
            raise SourceError(
                "window_missing",
                f"There is no window {self._title!r}. Open it again, or choose another window.",
            )
        capture = QWindowCapture()
        capture.setWindow(window)
        capture.errorOccurred.connect(lambda _, text: self.on_error(text))
        session.setWindowCapture(capture)
        capture.start()
        return capture


def choose_format(formats: list[QCameraFormat], fps: int) -> QCameraFormat | None:
    """Choose fast enough first, then the smallest of at least 720 lines, then one that needs no decoding."""

    def rank(each: QCameraFormat) -> tuple[bool, bool, int, bool]:
        size = each.resolution()
        lines = min(size.width(), size.height())
        area = size.width() * size.height()
        is_enough = lines >= _ENOUGH_LINES
        is_raw = each.pixelFormat() != QVideoFrameFormat.PixelFormat.Format_Jpeg
        return each.maxFrameRate() >= fps - 1, is_enough, -area if is_enough else area, is_raw

    return max(formats, key=rank, default=None)


def require_camera_permission() -> None:
    """Ask the system for the camera where it wants to be asked (macOS).

    Raises:
        SourceError: it was refused, or has not been answered yet.
    """
    _require(QCameraPermission(), "camera")


def require_microphone_permission() -> None:
    """Ask the system for the microphone where it wants to be asked (macOS).

    Raises:
        SourceError: it was refused, or has not been answered yet.
    """
    _require(QMicrophonePermission(), "microphone")


def _require(permission: QCameraPermission | QMicrophonePermission, name: str) -> None:
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("expected a QCoreApplication, there is none")
    status = application.checkPermission(permission)
    if status == Qt.PermissionStatus.Undetermined:
        application.requestPermission(permission, application, lambda _: None)
    if status != Qt.PermissionStatus.Granted:
        raise SourceError(
            "permission", f"The system does not allow the {name}. Allow it in the system's privacy settings."
        )
