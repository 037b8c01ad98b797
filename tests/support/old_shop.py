"""A shop of two rooms as the code left it whose accounts and wallets were the rooms', on either database."""

import sqlite3
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, MetaData, insert, select
from sqlalchemy.dialects import sqlite

from backend.storage.database import MIGRATIONS

# Made by that code: in each room three or two guests got 3,000 coins, gave 7 and 104, and made accounts.
DUMP: Final = Path(__file__).parents[1] / "backend" / "data" / "before_one_wallet.sql"
REVISION: Final = "settled_suspense"


def migrate(engine: Engine, revision: str) -> None:
    """Bring a database to a revision."""
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def restore(engine: Engine) -> None:
    """Fill an empty database with all that the old shop had."""
    migrate(engine, REVISION)
    kept = sqlite3.connect(":memory:")
    kept.executescript(DUMP.read_text(encoding="utf-8"))
    tables = MetaData()
    with engine.begin() as connection:
        tables.reflect(connection)
        for table in tables.sorted_tables:
            query = str(select(table).compile(dialect=sqlite.dialect()))
            names = [column.name for column in table.columns]
            rows = [dict(zip(names, row, strict=True)) for row in kept.execute(query)]
            if rows and table.name != "alembic_version":
                connection.execute(table.delete())
                connection.execute(insert(table), rows)
    kept.close()
