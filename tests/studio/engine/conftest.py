"""A screen for the tests of capture, started once."""

from collections.abc import Iterator

import pytest

from tests.support.display import virtual_display


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of a virtual display of 1280x800 with a window manager."""
    with virtual_display() as name:
        yield name
