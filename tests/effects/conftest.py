"""Pictures and networks for the tests of effects: a portrait that is always here, networks where fetched."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import pytest

from effects.frame import Frame
from effects.models.registry import Registry, default_folder

# Read at collection: later each test has a home of its own, with the user's cache out of sight.
MODELS: Final = default_folder()
FOOTAGE: Final = Path(__file__).with_name("footage.toml")


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> Iterator[None]:
    """The same arithmetic and the same cost on every machine."""
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    yield
    cv2.setNumThreads(before)


@pytest.fixture(scope="session")
def models() -> Registry:
    """The networks of this machine; a test that wants one that is not here is skipped."""
    registry = Registry.read(MODELS)
    if registry.missing():
        pytest.skip("networks are missing: run scripts/fetch_models.py")
    return registry


@pytest.fixture(scope="session")
def portrait() -> Frame:
    """A woman in front of a flag and a shuttle: BGR (512, 512, 3)."""
    picture = cv2.imread(str(Path(__file__).with_name("data") / "astronaut.jpg"))
    assert picture is not None
    return picture.astype(np.uint8)


@pytest.fixture(scope="session")
def wide_portrait(portrait: Frame) -> Frame:
    """The portrait as a 720p camera would give it: BGR (720, 1280, 3), mirrored at the sides."""
    tall = cv2.resize(portrait, (720, 720), interpolation=cv2.INTER_CUBIC)
    return cv2.copyMakeBorder(tall, 0, 0, 280, 280, cv2.BORDER_REFLECT).astype(np.uint8)


def read_footage(name: str, count: int) -> list[Frame]:
    """Return the first frames of a clip at 720p; the test is skipped where the clip was not fetched."""
    registry = Registry.read(MODELS, FOOTAGE)
    if not registry.is_here(name):
        pytest.skip(f"{name} is missing: see {FOOTAGE.name}")
    capture = cv2.VideoCapture(str(registry.path(name)))
    frames = []
    for _ in range(count):
        is_read, frame = capture.read()
        if is_read:
            frames.append(np.asarray(cv2.resize(frame, (1280, 720), interpolation=cv2.INTER_CUBIC), np.uint8))
    capture.release()
    return frames
