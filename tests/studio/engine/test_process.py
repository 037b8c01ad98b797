import os
import subprocess
import sys
from typing import Final

import pytest

from studio.engine.process import prepare_environment

_ENCODE: Final = """
import numpy as np
from studio.engine.media import AudioBlock, BLOCK_SAMPLES
from studio.engine.process import open_application
from studio.engine.publish.opus import OpusEncoder

application = open_application()
encoder = OpusEncoder()
for index in range(3):
    encoder.encode(AudioBlock(np.zeros((BLOCK_SAMPLES, 2), np.int16), index * 0.02))
"""


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


def test_sound_is_encoded_under_a_chinese_desktop() -> None:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _ENCODE],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
