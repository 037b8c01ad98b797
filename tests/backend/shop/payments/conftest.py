"""A till, on each kind of database."""

from collections.abc import Iterator

import pytest

from backend.storage.database import Database
from tests.backend.shop.payments.till import Till, open_till


@pytest.fixture
def till(database: Database) -> Iterator[Till]:
    """A shop's payments, with nothing paid yet."""
    with open_till(database) as till:
        yield till
