"""The layers of a room's picture: what viewers can have of them, and who goes over to which at its keyframe.

The room's own picture (`BestLayer`) is the top. Each layer has besides a track that is written only while
viewers are on it.
"""

import random
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, Protocol

from backend.relay.best_layer import BestLayer, begins_turn, time_ahead
from backend.relay.incoming import Incoming
from backend.relay.layer_choice import Layer
from backend.relay.rtp import RtpPacket
from backend.relay.simulcast import MAX_LAYERS
from backend.relay.track import Track

# Keyframes are asked for no oftener for those who go down. For those who go up they come by themselves, and
# are asked for only where a publisher sends none: all viewers of that layer pay for it.
DOWN_ASK_S: Final = 1.0
UP_ASK_S: Final = 10.0


class Climber(Protocol):
    """A viewer, as far as the ladder knows them."""

    @property
    def track(self) -> Track:
        """What they get, or got last."""

    @property
    def is_halted(self) -> bool:
        """Whether they get nothing until they go over."""

    def go_over(self, track: Track, number: int, timestamp: int, exact: int | None, now: float) -> None:
        """See `Feed.go_over`."""

    def on_stranded(self) -> None:
        """Their layer ended with its publisher; they go over to the room's picture."""


class _Wait(NamedTuple):
    """What a viewer waits for: a layer by its key (None: the room's picture), since when, and which way."""

    key: int | None
    since: float
    is_down: bool


class Ladder:
    """See the module.

    Args:
        top: the room's picture.
        dice: see `Track`.
        flush: sends what waits in a track, now.
        on_track_ready: a packet was put into a track.

    Attributes:
        climbers: the viewers.
        lower: the layers' own tracks.
    """

    def __init__(
        self,
        top: Track,
        dice: random.Random,
        *,
        flush: Callable[[Track], None],
        on_track_ready: Callable[[Track, RtpPacket], None],
    ) -> None:
        self.climbers: set[Climber] = set()
        self.top = top
        self.lower = [Track(top.kind, dice, top.stream) for _ in range(MAX_LAYERS)]
        self._flush = flush
        self._on_track_ready = on_track_ready
        self._best = BestLayer([])
        self._layers: Sequence[Incoming] = []
        self._ask: Callable[[Incoming, float], None] | None = None
        # Where the layers' own tracks began: the source's number, by layer.
        self._opened: dict[int, int] = {}
        self._waiting: dict[Climber, _Wait] = {}
        self._asked_at: dict[int, float] = {}

    # --- What comes ---

    def begin(
        self, best: BestLayer, layers: Sequence[Incoming], ask: Callable[[Incoming, float], None]
    ) -> None:
        """Another publisher feeds the room: who is not on its picture goes over to it.

        Args:
            best: which of the layers the room's picture is.
            layers: what comes.
            ask: asks for a keyframe of a layer, now.
        """
        self._best, self._layers, self._ask = best, layers, ask
        self._opened.clear()
        self._asked_at.clear()
        self._waiting.clear()
        for climber in self.climbers:
            if climber.track is not self.top or climber.is_halted:
                climber.on_stranded()
                self._waiting[climber] = _Wait(None, 0.0, is_down=True)

    def coming(self, now: float) -> list[Layer]:
        """The layers that come now and whose size and cost are known, the best first."""
        return [
            Layer(self._layers.index(one), one.height, one.cost_bps)
            for one in self._best.coming(now)
            if one.height and one.cost_bps
        ]

    def key_of(self, track: Track) -> int | None:
        """Which layer a track carries; None for none of this publisher's."""
        current = self._best.current
        if track is self.top:
            return self._layers.index(current) if current is not None else None
        key = self.lower.index(track)
        return key if key in self._opened else None

    def watched(self) -> list[Incoming]:
        """Layers that viewers get from tracks of their own."""
        return [self._layers[key] for key in self._opened if self.lower[key].audiences]

    def on_clock(self, layer: Incoming) -> None:
        """Take in that a layer's sender reported its times."""
        key = self._layers.index(layer)
        if key in self._opened:
            layer.tell_clock(self.lower[key])

    def on_restart(self, layer: Incoming) -> None:
        """Another stream comes in the place of a layer's: its track goes on from the next keyframe."""
        self._opened.pop(self._layers.index(layer), None)

    # --- Who goes where ---

    def await_layer(self, climber: Climber, key: int, now: float, *, is_down: bool) -> None:
        """Let a viewer go over at this layer's next keyframe."""
        waiting = self._waiting.get(climber)
        if waiting is None or waiting.key != key:
            self._waiting[climber] = _Wait(key, now, is_down)

    def stay(self, climber: Climber) -> None:
        """Let a viewer stay where they are."""
        self._waiting.pop(climber, None)

    def remove(self, climber: Climber) -> None:
        """Forget a viewer."""
        self.climbers.discard(climber)
        self._waiting.pop(climber, None)

    def on_timer(self, now: float) -> None:
        """Ask for the keyframes that viewers wait for."""
        for wait in list(self._waiting.values()):
            layer = self._best.current if wait.key is None else self._layers[wait.key]
            if layer is not None and (wait.is_down or now - wait.since >= UP_ASK_S):
                self.ask(layer, now, DOWN_ASK_S if wait.is_down else UP_ASK_S)

    def ask(self, layer: Incoming, now: float, pause_s: float = DOWN_ASK_S) -> None:
        """Ask for a keyframe of a layer, unless that was done so recently."""
        key = self._layers.index(layer)
        asked_at = self._asked_at.get(key)
        if self._ask is not None and (asked_at is None or now - asked_at >= pause_s):
            self._asked_at[key] = now
            self._ask(layer, now)

    def ask_for(self, track: Track, now: float) -> bool:
        """Ask for a keyframe of the layer that a track carries; False where it is the room's picture."""
        key = self.key_of(track)
        if track is self.top or key is None:
            return False
        self.ask(self._layers[key], now)
        return True

    # --- Media ---

    def on_packet(self, layer: Incoming, packet: RtpPacket, number: int, now: float, *, is_top: bool) -> None:
        """Take in a packet of a layer before the room's picture gets it, if it `is_top`."""
        key = self._layers.index(layer)
        if self._waiting and begins_turn(layer, packet, number):
            self._let_over(key, packet, number, now, is_top=is_top)
        track = self.lower[key]
        if track.audiences and number >= self._opened.get(key, number + 1):
            track.write(packet, number, now)
            self._on_track_ready(track, packet)

    def _let_over(self, key: int, packet: RtpPacket, number: int, now: float, *, is_top: bool) -> None:
        goers = [
            one for one, wait in self._waiting.items() if wait.key == key or (wait.key is None and is_top)
        ]
        if not goers:
            return
        track = self.top if is_top else self._open(key, packet, number, now)
        for left in {track, *(one.track for one in goers)}:
            self._flush(left)
        for goer in goers:
            del self._waiting[goer]
            exact = self._exact_time(goer.track, self._layers[key], packet)
            goer.go_over(track, track.number_of(number), track.time_of(packet.timestamp), exact, now)

    def _open(self, key: int, packet: RtpPacket, number: int, now: float) -> Track:
        """The layer's own track; begin it where nobody got it until now."""
        track, layer = self.lower[key], self._layers[key]
        if key not in self._opened or not track.audiences:
            self._opened[key] = number
            track.begin_source(packet, now, number=number)
            layer.tell_clock(track)
            if layer.reception is not None:
                # Nobody missed what came before.
                layer.reception.forget_missing()
        return track

    def _exact_time(self, before: Track, layer: Incoming, packet: RtpPacket) -> int | None:
        """What time a layer's packet has in the track that a viewer comes from, by the senders' reports."""
        key = self.key_of(before)
        ahead = time_ahead(self._layers[key], layer) if key is not None else None
        return before.time_of(packet.timestamp - ahead) if ahead is not None else None
