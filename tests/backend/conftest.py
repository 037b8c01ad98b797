"""A backend for tests of whole paths."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.backend.running import RunningBackend, running_backend


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    """A running backend with the demo products in its room."""
    async with running_backend(tmp_path) as running:
        yield running
