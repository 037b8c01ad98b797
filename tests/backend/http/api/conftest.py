"""A market for the routes of the shop."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.backend.http.api.shopping import Market, open_market


@pytest.fixture
async def market(tmp_path: Path) -> AsyncIterator[Market]:
    """A backend that sells tea and cups."""
    async with open_market(tmp_path) as market:
        yield market
