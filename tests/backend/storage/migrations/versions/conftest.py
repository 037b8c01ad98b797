"""The databases that migrations are tried on."""

from pathlib import Path

import pytest

from backend.storage.database import FILE_NAME
from backend.storage.engines import Place, PostgresServer, SqliteFile
from tests.support.postgres import Postgres


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return SqliteFile(tmp_path / FILE_NAME)
    server: Postgres = request.getfixturevalue("postgres")
    return PostgresServer(server.new_database())
