"""Sends the broadcast to the wanted targets: starts and ends what differs from what is wanted."""

from collections.abc import Callable
from functools import partial

from studio.engine.latest import AudioFeed
from studio.engine.media import MasterClock
from studio.engine.messages.restreaming import Restream, RestreamChanged, RestreamState, RestreamTarget
from studio.engine.publish.shared_encoder import SharedEncoder
from studio.engine.restream.target_thread import TargetThread


class Restreamer:
    """Its methods belong to the engine's main thread and return at once, but `close`.

    Args:
        encoder: encodes the pictures.
        audio: where sound comes from.
        clock: the one that both are stamped with.
        emit: takes events, from any thread.
    """

    def __init__(
        self,
        encoder: SharedEncoder,
        audio: AudioFeed,
        clock: MasterClock,
        emit: Callable[[RestreamChanged], None],
    ) -> None:
        self._emit = emit
        self._make = partial(TargetThread, encoder=encoder, audio=audio, clock=clock, emit=emit)
        self._threads: dict[RestreamTarget, TargetThread] = {}

    def handle(self, command: Restream) -> None:
        """Send to these targets and no others; one whose address changed is begun anew."""
        for target in [target for target in self._threads if target not in command.targets]:
            self._threads.pop(target).stop()
            self._emit(RestreamChanged(target.target_id, RestreamState.IDLE))
        for target in command.targets:
            if target not in self._threads:
                self._threads[target] = self._make(target)

    def close(self) -> None:
        """End all; waits at most 4 s for each."""
        threads = list(self._threads.values())
        self.handle(Restream(()))
        for thread in threads:
            thread.join()
