"""The mark of a restored backup: until payments were compared with their providers, nothing is sent."""

from typing import Final

from sqlalchemy import Connection, delete, select

from backend.storage.catalog_tables import SHOP_SETTINGS

NAME: Final = "restored"

# Of a backup that holds the mark of an earlier one, the older moment counts. The number is the caller's own.
MARKING: Final = (
    f"INSERT INTO shop_settings (name, value) VALUES ('{NAME}', '{{taken_at_ms}}') "  # noqa: S608
    "ON CONFLICT (name) DO UPDATE SET value = CASE WHEN CAST(shop_settings.value AS BIGINT) < "
    "CAST(excluded.value AS BIGINT) THEN shop_settings.value ELSE excluded.value END"
)


def marking(taken_at_ms: int) -> str:
    """Return the statement that marks a database as of a backup that was taken then."""
    return MARKING.format(taken_at_ms=int(taken_at_ms))


def restored_from_ms(connection: Connection) -> int | None:
    """Return when the backup was taken that this database comes from; None where all is compared."""
    value = connection.scalar(select(SHOP_SETTINGS.c.value).where(SHOP_SETTINGS.c.name == NAME))
    return None if value is None else int(value)


def clear_mark(connection: Connection) -> None:
    """Record that payments were compared with their providers."""
    connection.execute(delete(SHOP_SETTINGS).where(SHOP_SETTINGS.c.name == NAME))
