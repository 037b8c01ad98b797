"""The reliable events of a room, numbered, so that who was away gets exactly what was missed."""

from collections import deque
from collections.abc import Iterable
from typing import Final

from backend.messages import Reliable, ReliableEvent
from backend.room.frames import Prepared, prepare

RING_SIZE: Final = 2000


class History:
    """The last events of one epoch: one run of the backend; numbers of another epoch mean nothing here."""

    def __init__(self, epoch: str, *, ring_size: int = RING_SIZE) -> None:
        self.epoch = epoch
        self.seq = 0
        self._ring: deque[Prepared] = deque(maxlen=ring_size)

    def number(self, events: Iterable[ReliableEvent]) -> list[Reliable]:
        """Return the events under the numbers they will have."""
        return [Reliable(seq, event) for seq, event in enumerate(events, start=self.seq + 1)]

    def append(self, reliable: Reliable) -> Prepared:
        """Take in the next event and return it ready to send."""
        if reliable.seq != self.seq + 1:
            raise ValueError(f"expected event {self.seq + 1} next, got {reliable.seq}")
        prepared = prepare(reliable)
        self.seq = reliable.seq
        self._ring.append(prepared)
        return prepared

    def missed(self, epoch: str, seq: int) -> list[Prepared] | None:
        """Return the events after `seq`, oldest first; None when only a snapshot helps."""
        if epoch != self.epoch or not self.seq - len(self._ring) <= seq <= self.seq:
            return None
        count = self.seq - seq
        return list(self._ring)[len(self._ring) - count :]
