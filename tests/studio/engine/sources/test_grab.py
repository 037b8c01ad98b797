import gc
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from studio.engine.media import MasterClock, VideoFrame
from studio.engine.sources.grab import Find, X11Grab, find_monitor, find_window
from studio.engine.sources.source import SourceError
from studio.engine.sources.x11 import X11Display, display_of
from tests.studio.engine.sources.waiting import failure_of, first_frame, frame_where, until
from tests.support.display import virtual_display, window

CLOCK = MasterClock()


@contextmanager
def grabbing(display: str, find: Find) -> Iterator[X11Grab]:
    source = X11Grab(display, find, 30, CLOCK)
    source.open()
    try:
        yield source
    finally:
        source.close()


def window_id(display: str, title: str) -> str:
    connection = X11Display(display)
    try:
        return until(
            lambda: next((each.device_id for each in connection.windows() if each.name == title), None)
        )
    finally:
        connection.close()


def paint_root(display: str, color: str) -> None:
    program = (
        "import sys; from Xlib.display import Display; d = Display(sys.argv[1]); s = d.screen(); r = s.root\n"
        "r.change_attributes(background_pixel=int(sys.argv[2], 16)); r.clear_area(); d.sync(); d.close()"
    )
    subprocess.run([sys.executable, "-c", program, display, color], check=True, stderr=subprocess.DEVNULL)


def corner(frame: VideoFrame) -> list[int]:
    return [int(value) for value in frame.image[10, 10, :3]]  # the mouse pointer stands in the middle


def test_a_screen_is_captured_with_its_size_and_colours(display: str) -> None:
    paint_root(display, "3264c8")  # red, green, blue
    with grabbing(display, find_monitor("")) as source:
        frame = first_frame(source)
        assert frame.image.shape == (800, 1280, 4)
        assert frame.image[790, 1270, :3].tolist() == [0xC8, 0x64, 0x32]
        later = frame_where(source, lambda newest: newest.captured_at > frame.captured_at)
        assert CLOCK.now() - later.captured_at < 1.0


def test_a_window_is_captured_alone_and_followed_when_it_grows(display: str) -> None:
    with window(display, "直播商品", "#c83232", 320, 240):
        device = window_id(display, "直播商品")
        with grabbing(display, find_window(device)) as source:
            frame_where(source, lambda frame: corner(frame) == [0x32, 0x32, 0xC8])
            assert first_frame(source).image.shape == (240, 320, 4)
            subprocess.run(
                ["xdotool", "windowsize", device, "400", "300"], check=True, env={"DISPLAY": display}
            )
            frame_where(source, lambda frame: frame.image.shape == (300, 400, 4))


def test_a_window_that_closes_is_told_by_its_name_in_the_codes(display: str) -> None:
    with window(display, "closes soon", "#00ff00"):
        source = X11Grab(display, find_window(window_id(display, "closes soon")), 30, CLOCK)
        source.open()
        first_frame(source)
    failure = failure_of(source)
    source.close()
    assert failure.code == "window_missing"
    assert "choose another window" in failure.detail


def test_a_screen_that_is_not_there_is_told_with_those_that_are(display: str) -> None:
    with grabbing(display, find_monitor("HDMI-9")) as source:
        failure = failure_of(source)
    assert failure.code == "device_missing"
    assert "'HDMI-9'" in failure.detail
    assert "choose another: screen." in failure.detail


@pytest.mark.parametrize("device", ["", "0x1", "not a number"])
def test_a_window_that_never_was_is_missing(display: str, device: str) -> None:
    with grabbing(display, find_window(device)) as source:
        assert failure_of(source).code == "window_missing"


def test_a_display_that_ends_is_told_and_nothing_crashes() -> None:
    with virtual_display(320, 240) as own:
        source = X11Grab(own, find_monitor(""), 30, CLOCK)
        source.open()
        first_frame(source)
    failure = failure_of(source)
    source.close()
    assert failure.code in ("display_lost", "capture_refused")


def test_a_display_that_never_was_is_told() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Xlib leaves the sockets it tried to the collector
        with pytest.raises(SourceError) as told:
            X11Display(":4711")
        assert told.value.code == "display_lost"
        del told
        gc.collect()


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"DISPLAY": ":3"}, ":3"),
        ({}, None),
        ({"DISPLAY": ""}, None),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, None),
    ],
)
def test_x11_is_captured_only_where_it_shows_all(environment: dict[str, str], expected: str | None) -> None:
    assert display_of(environment) == expected


def test_frames_are_views_that_stay_as_they_were(display: str) -> None:
    with grabbing(display, find_monitor("")) as source:
        frame = first_frame(source)
        before = frame.image.copy()
        paint_root(display, "00ff00")
        frame_where(source, lambda newest: newest.image[790, 1270, 1] == 255)
        assert np.array_equal(frame.image, before)


def test_windows_of_the_studio_itself_are_not_listed(display: str) -> None:
    with window(display, "工作室", "#c83232", 320, 240), window(display, "别的", "#3232c8", 320, 240):
        own = window_id(display, "工作室")
        window_id(display, "别的")
        subprocess.run(
            ["xprop", "-id", own, "-f", "_NET_WM_PID", "32c", "-set", "_NET_WM_PID", "4711"],
            check=True,
            env={"DISPLAY": display},
        )
        connection = X11Display(display, {4711})
        names = [each.name for each in connection.windows()]
        connection.close()

        assert "别的" in names
        assert "工作室" not in names
