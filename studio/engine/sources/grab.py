"""Screens and windows of an X11 display, captured by FFmpeg: 1% of a core at 1080p30, a tenth of Qt's way."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

import av
import av.error
import numpy as np
from typing_extensions import override

from studio.engine.media import MasterClock, Picture, VideoFrame
from studio.engine.sources.source import SourceError, VideoSource
from studio.engine.sources.x11 import Area, X11Display

log = logging.getLogger("livestall.sources")

_LOOK_AGAIN_SECONDS: Final = 1.0
_JOIN_TIMEOUT_S: Final = 2.0

Find = Callable[[X11Display], tuple[Area, dict[str, str]]]


class X11Grab(VideoSource):
    """Captures part of an X11 display in a thread of its own, and follows a window that changes its size.

    Args:
        display: such as `:0`.
        find: says where the picture is, and which options FFmpeg needs for it.
        fps: frames a second.
        clock: the master clock.
    """

    def __init__(self, display: str, find: Find, fps: int, clock: MasterClock) -> None:
        self._display = display
        self._find = find
        self._fps = fps
        self._clock = clock
        self._frame: VideoFrame | None = None
        self._failure: SourceError | None = None
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="x11 grab", daemon=True)

    @override
    def open(self) -> None:
        self._thread.start()

    @override
    def close(self) -> None:
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(_JOIN_TIMEOUT_S)

    @property
    @override
    def failure(self) -> SourceError | None:
        return self._failure

    @override
    def newest(self, at: float) -> VideoFrame | None:
        return self._frame

    def _run(self) -> None:
        try:
            _check_libraries()
            display = X11Display(self._display)
            try:
                while not self._end.is_set():
                    self._capture(display)
            finally:
                display.close()
        except SourceError as error:
            self._failure = error
        except Exception as error:
            log.exception("capture ended", extra={"display": self._display})
            self._failure = SourceError("internal", f"The capture ended ({error!r}); it is started again.")

    def _capture(self, display: X11Display) -> None:
        """Capture until asked to end, or until the picture's place has changed."""
        area, options = self._find(display)
        next_look = self._clock.now() + _LOOK_AGAIN_SECONDS
        try:
            with av.open(
                f"{self._display}", format="x11grab", options=self._options(area, options)
            ) as container:
                for frame in container.decode(video=0):
                    now = self._clock.now()
                    self._frame = VideoFrame(_to_picture(frame), captured_at=now)
                    if self._end.is_set():
                        return
                    if now >= next_look:
                        next_look = now + _LOOK_AGAIN_SECONDS
                        if self._find(display)[0] != area:
                            return
        except (av.error.FFmpegError, OSError) as error:
            self._find(display)  # says it better when the window is gone
            raise SourceError(
                "capture_refused",
                f"The display {self._display} refused the capture ({error}); it is tried again.",
            ) from error

    def _options(self, area: Area, options: dict[str, str]) -> dict[str, str]:
        return {
            "framerate": str(self._fps),
            "video_size": f"{area.width}x{area.height}",
            "draw_mouse": "1",
            **options,
        }


def find_monitor(name: str) -> Find:
    """Return what finds a monitor by its name; the primary one when the name is empty."""

    def find(display: X11Display) -> tuple[Area, dict[str, str]]:
        monitors = display.monitors()
        for device, area in monitors:
            if name in ("", device.device_id):
                return area, {"grab_x": str(area.x), "grab_y": str(area.y)}
        there = ", ".join(device.name or device.device_id for device, _ in monitors)
        raise SourceError(
            "device_missing", f"There is no screen {name!r}. Connect it, or choose another: {there}."
        )

    return find


def find_window(device_id: str) -> Find:
    """Return what finds a window by its id."""

    def find(display: X11Display) -> tuple[Area, dict[str, str]]:
        if not device_id:
            raise SourceError("window_missing", "No window was chosen. Choose one from the list.")
        return display.window_area(device_id), {"window_id": device_id}

    return find


def _check_libraries() -> None:
    """Refuse where capturing would crash the process (see `studio.engine.launch`)."""
    if "/opencv_python.libs/libxcb-shm" in Path("/proc/self/maps").read_text():
        raise SourceError("internal", "The screen cannot be captured: OpenCV was loaded before PyAV.")


def _to_picture(frame: av.VideoFrame) -> Picture:
    """Look at FFmpeg's own memory: BGRX of shape (height, width, 4)."""
    plane = frame.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(frame.height, plane.line_size // 4, 4)
    picture: Picture = rows[:, : frame.width]
    return picture
