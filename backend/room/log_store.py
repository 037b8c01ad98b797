"""The log of a room on disk: what happened, and now and then a checkpoint of what it folds to."""

from collections.abc import Callable, Sequence

from backend.contract.protocol import Reliable
from backend.features.feature_set import FeatureSet
from backend.log.entries import Record
from backend.log.event_log import Checkpoint, EventLog


class LogStore:
    """One room's log and checkpoints.

    Args:
        make: makes the features from an encoded checkpoint, or from nothing; blocks.
        finish: is given the features once the log is replayed; blocks.

    Attributes:
        is_fenced: see `Outbox`.
    """

    def __init__(
        self,
        log: EventLog,
        make: Callable[[bytes | None], FeatureSet],
        finish: Callable[[FeatureSet], None] = lambda _features: None,
    ) -> None:
        self._log = log
        self._make = make
        self._finish = finish
        self.is_fenced = log.is_fenced

    def load(self) -> FeatureSet:
        """Make the features from the last checkpoint and the records after it. This blocks."""
        checkpoint = self._log.checkpoint()
        return self.replay(checkpoint.folds if checkpoint else None)

    def replay(self, encoded: bytes | None = None) -> FeatureSet:
        """Make them from a checkpoint and the records after it; from all without one. This blocks."""
        features = self._make(encoded)
        for record in self._log.after(features.number):
            features.apply(record)
        self._finish(features)
        return features

    async def save(
        self, features: FeatureSet, records: Sequence[Record], events: Sequence[Reliable] = ()
    ) -> None:
        """See `Store.save`."""
        await self._log.save(records, events, features.companions)

    def save_checkpoint(self, features: FeatureSet) -> None:
        """See `Store.save_checkpoint`."""
        self._log.save_checkpoint(Checkpoint(features.number, features.encode()))
