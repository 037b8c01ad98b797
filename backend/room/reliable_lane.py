"""The reliable lane of a room: events are numbered, kept, and only then told, one writer at a time."""

import asyncio
from collections.abc import Iterable

from backend.contract.protocol import Reliable, ReliableEvent
from backend.room.history import History
from backend.room.hub import Hub, Lane


class ReliableLane:
    """Where a room's parts tell what nobody may miss.

    Whoever tells something holds `turn` from `number` until the last `tell`: what is kept under a number is
    told under it, and in that order.

    Attributes:
        turn: held by the one part that is keeping and telling.
    """

    def __init__(self, history: History, hub: Hub) -> None:
        self._history = history
        self._hub = hub
        self.turn = asyncio.Lock()

    def number(self, events: Iterable[ReliableEvent]) -> list[Reliable]:
        """Return the events under the numbers they will be told by."""
        return self._history.number(events)

    def tell(self, reliable: Reliable) -> None:
        """Tell everybody the event whose turn it is."""
        self._hub.publish(self._history.append(reliable), Lane.RELIABLE)
