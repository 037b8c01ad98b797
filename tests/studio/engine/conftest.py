"""A screen and a sound server for the tests of capture, started once."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import sound
from tests.support.display import virtual_display


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of a virtual display of 1280x800 with a window manager."""
    with virtual_display() as name:
        yield name


@pytest.fixture(scope="session")
def sound_server() -> Iterator[sound.SoundServer]:
    """A PulseAudio with a microphone."""
    with tempfile.TemporaryDirectory() as folder, sound.sound_server(Path(folder)) as server:
        yield server
