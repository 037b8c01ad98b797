import sys

import pytest

from studio.engine.process import prepare_environment


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
@pytest.mark.parametrize(
    ("before", "platform"),
    [
        ({}, "offscreen"),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, "offscreen"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, None),
        ({"WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "wayland"}, "wayland"),
    ],
)
def test_qt_needs_a_display_only_where_it_captures(before: dict[str, str], platform: str | None) -> None:
    environment = {**before, "QT_QPA_PLATFORM_PLUGIN_PATH": "/cv2/qt", "QT_QPA_FONTDIR": "/cv2/fonts"}
    prepare_environment(environment)
    assert environment.get("QT_QPA_PLATFORM") == platform
    assert "QT_QPA_PLATFORM_PLUGIN_PATH" not in environment
    assert "QT_QPA_FONTDIR" not in environment
