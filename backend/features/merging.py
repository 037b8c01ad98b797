"""How the crowd's events between two ticks of the sampled lane become one of each type."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from backend.contract.protocol import ChatSampledEvent, ReliableEvent

Event = TypeVar("Event", bound=ChatSampledEvent)


class Merge(Generic[Event]):
    """The rule for one type of event; where a feature declares none, the latest event is enough."""

    def merge(self, events: Sequence[Event]) -> Event:
        """Return one event for those of a tick, oldest first, at least one: as much as a screen can show."""
        return events[-1]

    def retract(self, events: list[Event], by: ReliableEvent) -> list[Event]:
        """Return what is left of the events that wait once a reliable event has taken something away."""
        return events
