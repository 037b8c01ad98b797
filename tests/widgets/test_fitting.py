import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("scale", ["1", "1.5", "2"])
def test_every_window_fits_every_screen_in_both_languages(scale: str) -> None:
    """At 1024x576 to 1920x1080 logical pixels no text is cut and no control lies outside."""
    environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run(
        [sys.executable, "-m", "tests.widgets.fitting"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        timeout=300,
    ).stdout.decode()

    assert [json.loads(line) for line in said.splitlines()] == []
