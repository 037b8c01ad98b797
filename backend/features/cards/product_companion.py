"""Saves changes of products in the log's transaction: the log and the catalogue agree, whatever breaks."""

from collections.abc import Sequence

from sqlalchemy import Connection

from backend.log.entries import ProductEdited, Record
from backend.shop.room_products import CatalogStore


class ProductCompanion:
    """A companion of the event log (see `backend.log.event_log.Companion`)."""

    def __init__(self, store: CatalogStore) -> None:
        self._store = store

    def write(self, connection: Connection, records: Sequence[Record]) -> None:
        """Write what was changed, in its order."""
        for record in records:
            if isinstance(record.entry, ProductEdited):
                self._store.write(connection, record.entry.after)
