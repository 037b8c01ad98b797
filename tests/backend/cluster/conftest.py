"""A real bus and a real database for nodes."""

from collections.abc import Iterator

import pytest

from tests.support.nats import Nats, running_nats


@pytest.fixture(scope="session")
def nats() -> Iterator[Nats]:
    """A NATS server."""
    with running_nats() as server:
        yield server
