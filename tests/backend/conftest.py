"""A backend for tests of whole paths."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from blockbuster import blockbuster_ctx

from tests.backend.running import RunningBackend, running_backend


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    """A running backend with the demo products in its room."""
    async with running_backend(tmp_path) as running:
        # Whatever blocks the loop of one viewer's request would hold up all the others.
        with blockbuster_ctx("backend"):
            yield running
