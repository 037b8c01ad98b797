"""A room's log without a disk, which can be full, and slow."""

import asyncio
from collections.abc import Sequence

from backend.contract.protocol import Reliable
from backend.features.chat.blocked_words import WordFile
from backend.features.feature_set import FeatureSet
from backend.features.surroundings import Surroundings
from backend.log.entries import Entry, Record
from backend.shop.room_products import Catalog
from backend.storage.database import StorageError


class LogMemory:
    """Saves a room's records for as long as the test lasts; see `backend.room.processor.Store`.

    Args:
        around: what the features are made of.
        history: what happened before.

    Attributes:
        transactions: the records of each transaction.
        is_fenced: see `Outbox`.
    """

    def __init__(self, around: Surroundings | None = None, history: Sequence[Entry] = ()) -> None:
        self.around = around or Surroundings(Catalog(), WordFile(None))
        self.transactions: list[list[Record]] = []
        self.is_fenced = False
        self.is_full = False
        self.may_write = asyncio.Event()
        self.may_write.set()
        before = FeatureSet(self.around)
        for entry in history:
            record = before.record(entry, 1)
            before.apply(record)
            self.transactions.append([record])

    @property
    def records(self) -> list[Record]:
        """All that was saved."""
        return [record for saved in self.transactions for record in saved]

    def load(self) -> FeatureSet:
        """Make the features of all that was saved."""
        features = FeatureSet(self.around)
        for record in self.records:
            features.apply(record)
        return features

    async def save(self, features: FeatureSet, records: Sequence[Record], events: Sequence[Reliable]) -> None:
        """Save the records."""
        await self.may_write.wait()
        if self.is_full:
            raise StorageError("The disk is full. Free some space on it.")
        self.transactions.append(list(records))

    def save_checkpoint(self, features: FeatureSet) -> None:
        """Nothing to save: all is replayed."""
