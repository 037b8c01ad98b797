"""The crowd's events, made fit for a screen: those of a tick become one of each type."""

from collections.abc import Mapping
from typing import Any

from backend.contract.protocol import ChatSampledEvent, ReliableEvent
from backend.features.merging import Merge

_LATEST: Merge[Any] = Merge()


class Sampler:
    """Gathers the crowd's events between two ticks of `SampledFeed` and hands over one of each type.

    Args:
        merges: the features' rules, by type of event; of a type without one the latest event is enough.
    """

    def __init__(self, merges: Mapping[type[ChatSampledEvent], Merge[Any]]) -> None:
        self._merges = merges
        self._waiting: dict[type[ChatSampledEvent], list[ChatSampledEvent]] = {}

    def offer(self, event: ChatSampledEvent) -> None:
        """Add an event."""
        self._waiting.setdefault(type(event), []).append(event)

    def retract(self, by: ReliableEvent) -> None:
        """Show no more what an event takes away before its tick."""
        for kind, events in self._waiting.items():
            self._waiting[kind] = self._rule(kind).retract(events, by)

    def take(self) -> list[ChatSampledEvent]:
        """Hand over what is to be delivered now; see `backend.room.feed.Source`."""
        merged = [self._rule(kind).merge(events) for kind, events in self._waiting.items()]
        self._waiting = {}
        return merged

    def _rule(self, kind: type[ChatSampledEvent]) -> Merge[Any]:
        return self._merges.get(kind, _LATEST)
