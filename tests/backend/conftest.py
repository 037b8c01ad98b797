"""A backend for tests of whole paths."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from blockbuster import blockbuster_ctx

from backend.storage.database import Database
from backend.storage.engines import PostgresServer
from tests.backend.running import RunningBackend, running_backend
from tests.support.migrated import open_migrated
from tests.support.postgres import Postgres, is_installed, running_postgres


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    """A running backend with the demo products in its room."""
    async with running_backend(tmp_path) as running:
        # Whatever blocks the loop of one viewer's request would hold up all the others.
        with blockbuster_ctx("backend"):
            yield running


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; take a database of your own from it."""
    if not is_installed():
        pytest.skip("there is no PostgreSQL here: apt install postgresql")
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database, once of each kind."""
    if request.param == "sqlite":
        database = open_migrated(tmp_path)
    else:
        server: Postgres = request.getfixturevalue("postgres")
        database = Database(PostgresServer(server.new_migrated()))
    yield database
    database.close()
