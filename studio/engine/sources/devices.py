"""What can be captured now, and word when that changes: devices by Qt's notice, windows by looking."""

import logging
import os
import threading
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import QMediaDevices, QWindowCapture

from studio.engine.messages.values import Device, Devices
from studio.engine.sources.source import SourceError
from studio.engine.sources.x11 import X11Display

log = logging.getLogger("livestall.sources")

_LOOK_SECONDS: Final = 2.0
_JOIN_TIMEOUT_S: Final = 2.0

Surfaces = tuple[list[Device], list[Device]]
"""Screens and windows."""


class DeviceWatch(QObject):
    """Tells of all that can be opened, at the start and whenever it changes; lives in the main thread.

    Args:
        display: the X11 display whose windows are listed; None: Qt lists them.
        on_change: called with every change.
    """

    _surfaces_seen = Signal(object)

    def __init__(self, display: str | None, on_change: Callable[[Devices], None]) -> None:
        super().__init__()
        self._display = display
        self._on_change = on_change
        self._surfaces: Surfaces = ([], [])
        self._told: Devices | None = None
        self._media = QMediaDevices(self)
        self._media.videoInputsChanged.connect(self.on_devices_changed)
        self._media.audioInputsChanged.connect(self.on_devices_changed)
        self._surfaces_seen.connect(self.on_surfaces_seen, Qt.ConnectionType.QueuedConnection)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch_x11, name="windows", daemon=True)

    def start(self) -> None:
        """Tell of what there is, and begin to watch."""
        if self._display is None:
            self._surfaces = _list_by_qt()
        else:
            self._thread.start()
        self.on_devices_changed()

    def close(self) -> None:
        """Watch no more."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(_JOIN_TIMEOUT_S)

    def on_devices_changed(self) -> None:
        """Report, if anything is different from the last report."""
        screens, windows = self._surfaces
        devices = Devices(
            cameras=[
                _to_device(each.id().toStdString(), each.description())
                for each in QMediaDevices.videoInputs()
            ],
            screens=screens,
            windows=windows,
            microphones=[
                _to_device(each.id().toStdString(), each.description())
                for each in QMediaDevices.audioInputs()
            ],
        )
        if devices != self._told:
            self._told = devices
            self._on_change(devices)

    def on_surfaces_seen(self, surfaces: Surfaces) -> None:
        """Take over what the other thread saw."""
        self._surfaces = surfaces
        self.on_devices_changed()

    def _watch_x11(self) -> None:
        display: X11Display | None = None
        seen: Surfaces | None = None
        while not self._end.is_set():
            try:
                display = display or X11Display(self._display or "", _own_pids())
                now: Surfaces = ([device for device, _ in display.monitors()], display.windows())
            except SourceError as error:
                log.warning("windows cannot be listed", extra={"detail": error.detail})
                _close(display)
                display, now = None, ([], [])
            if now != seen:
                seen = now
                self._surfaces_seen.emit(now)
            self._end.wait(_LOOK_SECONDS)
        _close(display)


def _close(display: X11Display | None) -> None:
    if display is not None:
        display.close()


def _list_by_qt() -> Surfaces:
    titles = [window.description() for window in QWindowCapture.capturableWindows()]
    screens = [
        _to_device(screen.name(), screen.name()) for screen in QGuiApplication.screens() if screen.name()
    ]
    return screens, [_to_device(title, title) for title in titles if title]


def _to_device(device_id: str, name: str) -> Device:
    return Device(device_id, name)


def _own_pids() -> frozenset[int]:
    """The engine's process, and the studio's that started it."""
    return frozenset({os.getpid(), os.getppid()})
