"""The reliable events of a room, numbered, so that who was away gets exactly what was missed."""

from collections import deque
from collections.abc import Iterable
from typing import Final

from backend.contract.protocol import Reliable, ReliableEvent, decode_server_message, encode
from backend.contract.words_of import erase_words
from backend.room.frames import Prepared, prepare

RING_SIZE: Final = 2000


def without_words(payload: bytes, user_id: str) -> bytes:
    """Return an encoded message without the name and the words of a person; itself where it has none."""
    if user_id.encode() not in payload:
        return payload  # nearly all of them
    message = decode_server_message(payload)
    erased = erase_words(message, user_id)
    return payload if erased is message else encode(erased)


class History:
    """The last events of one epoch: one run of the backend; numbers of another epoch mean nothing here.

    Args:
        epoch: names it.
        before: the number of the event before the first that will be taken in.
    """

    def __init__(self, epoch: str, *, before: int = 0, ring_size: int = RING_SIZE) -> None:
        self.epoch = epoch
        self.seq = before
        self._ring: deque[Prepared] = deque(maxlen=ring_size)

    def number(self, events: Iterable[ReliableEvent]) -> list[Reliable]:
        """Return the events under the numbers they will have."""
        return [Reliable(seq, event) for seq, event in enumerate(events, start=self.seq + 1)]

    def append(self, reliable: Reliable) -> Prepared:
        """Add the next event and return it ready to send."""
        prepared = prepare(reliable)
        self.add(reliable.seq, prepared)
        return prepared

    def add(self, seq: int, prepared: Prepared) -> None:
        """Add the next event, which is ready to send."""
        if seq != self.seq + 1:
            raise ValueError(f"expected event {self.seq + 1} next, got {seq}")
        self.seq = seq
        self._ring.append(prepared)

    def erase(self, user_id: str) -> None:
        """Take the name and the words of a person out of all that is still known."""
        for place, prepared in enumerate(self._ring):
            payload = without_words(prepared.payload, user_id)
            if payload is not prepared.payload:
                self._ring[place] = Prepared(payload)

    def last(self) -> list[Prepared]:
        """Return all that is still known, oldest first."""
        return list(self._ring)

    def missed(self, epoch: str, seq: int) -> list[Prepared] | None:
        """Return the events after `seq`, oldest first; None when only a snapshot helps."""
        if epoch != self.epoch or not self.seq - len(self._ring) <= seq <= self.seq:
            return None
        count = self.seq - seq
        return list(self._ring)[len(self._ring) - count :]
