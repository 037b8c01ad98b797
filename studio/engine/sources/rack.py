"""The sources that are open, by their ids: each once, whatever shows or sounds it."""

from collections.abc import Callable, Mapping
from typing import Generic, Protocol, TypeVar


class Supervisor(Protocol):
    """What keeps one source (see `studio.engine.sources.supervisor.SourceSupervisor`)."""

    def start(self) -> None:
        """Open the source."""

    def stop(self) -> None:
        """Close the source and keep it no more."""

    def tick(self) -> None:
        """Watch it."""

    def retry_soon(self) -> None:
        """Try again soon, if it failed."""


AnySupervisor = TypeVar("AnySupervisor", bound=Supervisor)
Opening = TypeVar("Opening")


class SourceRack(Generic[Opening, AnySupervisor]):
    """Opens what is wanted and was not, and gives back what is wanted no more; in the engine's main thread.

    An opening is all that makes a difference to how a source is opened; a source with another one is opened
    anew.

    Args:
        make: makes the supervisor of a source, unstarted.
    """

    def __init__(self, make: Callable[[str, Opening], AnySupervisor]) -> None:
        self._make = make
        self._open: dict[str, tuple[Opening, AnySupervisor]] = {}

    def bring_about(self, wanted: Mapping[str, Opening]) -> list[AnySupervisor]:
        """Open these sources; return those to be stopped once nothing shows or sounds them any more."""
        before = self._open
        self._open = {
            source_id: before[source_id]
            if source_id in before and before[source_id][0] == opening
            else (opening, self._make(source_id, opening))
            for source_id, opening in wanted.items()
        }
        for source_id, (_, supervisor) in self._open.items():
            if source_id not in before or before[source_id][1] is not supervisor:
                supervisor.start()
        return [old for source_id, (_, old) in before.items() if self.get(source_id) is not old]

    def get(self, source_id: str) -> AnySupervisor | None:
        """Return the supervisor of a source; None when it is not open."""
        held = self._open.get(source_id)
        return held[1] if held is not None else None

    def all(self) -> list[AnySupervisor]:
        """Return the supervisors of all sources that are open."""
        return [supervisor for _, supervisor in self._open.values()]

    def tick(self) -> None:
        """Watch the sources; call it about ten times a second."""
        for supervisor in self.all():
            supervisor.tick()

    def retry_soon(self) -> None:
        """Try failed sources at the next tick: devices have changed."""
        for supervisor in self.all():
            supervisor.retry_soon()
