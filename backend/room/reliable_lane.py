"""The reliable lane of a room: events are numbered, saved, and only then delivered."""

from collections.abc import Iterable

from backend.contract.erasing import PersonErased
from backend.contract.protocol import Reliable, ReliableEvent
from backend.room.history import History
from backend.room.hub import Hub, Lane


class ReliableLane:
    """Where a room delivers what nobody may miss; the one queue of the room alone writes here."""

    def __init__(self, history: History, hub: Hub) -> None:
        self._history = history
        self._hub = hub

    def number(self, events: Iterable[ReliableEvent]) -> list[Reliable]:
        """Return the events under the numbers they will be delivered by."""
        return self._history.number(events)

    def deliver(self, reliable: Reliable) -> None:
        """Deliver to everybody the event whose turn it is."""
        self._hub.publish(self._history.append(reliable), Lane.RELIABLE)
        if isinstance(reliable.event, PersonErased):
            self._history.erase(reliable.event.user_id)
