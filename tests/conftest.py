"""What every test stands on: Qt without a screen unless a test brings one, and a home of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import av  # noqa: F401 - before OpenCV, as in the engine (see studio/engine/launch.py)
import pytest

# Set before anything imports Qt; tests that need a real window start their own display in a process of its own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder of the test's own, so that no test reads or writes the developer's."""
    path = tmp_path_factory.mktemp("home")
    for name, folder in (
        ("HOME", "."),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"),
        ("XDG_CACHE_HOME", ".cache"),
    ):
        monkeypatch.setenv(name, str(path / folder))
    yield path
