"""The picture of one viewer: tells the choice of layers what happens, and brings about what it decides."""

from collections.abc import Callable, Sequence
from typing import Final

from backend.relay.feed import Feed
from backend.relay.ladder import Ladder
from backend.relay.layer_choice import Layer, LayerChoice, LayerState
from backend.relay.track import Track

# At most so much padding is made up for where the loop was late.
PADDING_WITHIN_S: Final = 0.1
# Of a still picture packets are small: the line's worth in them would be too many.
MOST_AT_ONCE: Final = 24


class ViewerPicture:
    """See the module.

    Args:
        feed: of the picture.
        ladder: of the room.
        flush: sends what waits in a track, now.
        repeat: sends a packet once more, as padding.

    Attributes:
        choice: which layer it shall be.
    """

    def __init__(
        self, feed: Feed, ladder: Ladder, flush: Callable[[Track], None], repeat: Callable[[bytes], None]
    ) -> None:
        self.choice = LayerChoice()
        self._feed = feed
        self._ladder = ladder
        self._flush = flush
        self._repeat = repeat
        self._is_stranded = False
        self._layers: Sequence[Layer] = ()
        self._padding_bits = 0.0
        self._padded_at = 0.0
        ladder.climbers.add(self)

    @property
    def track(self) -> Track:
        """See `Climber`."""
        return self._feed.track

    @property
    def is_halted(self) -> bool:
        """See `Climber`."""
        return self._feed.is_halted

    @property
    def height(self) -> int:
        """The shorter side of its pictures, in pixels; 0 where that is not known."""
        here = self._ladder.key_of(self.track)
        return next((one.height for one in self._layers if one.key == here), 0)

    def close(self) -> None:
        """Wait for nothing any more."""
        self._ladder.remove(self)

    def on_stranded(self) -> None:
        """See `Climber`."""
        self._is_stranded = True
        self.choice.on_stranded()

    def go_over(self, track: Track, number: int, timestamp: int, exact: int | None, now: float) -> None:
        """See `Climber`."""
        self._feed.go_over(track, number, timestamp, exact, now)
        self._is_stranded = False
        self.choice.on_arrived(now)

    def choose(self, layers: Sequence[Layer], now: float, rtt_s: float) -> None:
        """Go on choosing among these layers; call it some ten times a second."""
        self._layers = layers
        here = self._ladder.key_of(self.track)
        is_coming = any(one.key == here for one in layers)
        is_on_top = self.track is self._ladder.top and not self.is_halted
        if self._is_stranded or (is_on_top and (not is_coming or len(layers) < 2)):
            return  # there is no choice; the room's picture goes over to another layer by itself
        self.choice.decide(here, layers, self.track.packets, now, rtt_s)
        if self.choice.target is None:
            self._ladder.stay(self)
        else:
            is_down = self.choice.state is LayerState.SWITCH_DOWN
            self._ladder.await_layer(self, self.choice.target, now, is_down=is_down)
        if self.choice.is_halted and not self.is_halted:
            self._flush(self.track)
            self._feed.halt()

    def pad(self, now: float) -> bool:
        """Send the padding that is due; whether a probe goes on. Call it some fifty times a second."""
        rate = self.choice.padding_bps(self._layers, now)
        if not rate:
            self._padding_bits = 0.0
            self._padded_at = now
            return self.choice.state is LayerState.PROBE
        self._padding_bits += rate * min(now - self._padded_at, PADDING_WITHIN_S)
        self._padded_at = now
        packet = self._feed.newest()
        if packet is not None:
            wanted = -int(-self._padding_bits // (len(packet) * 8))
            for _ in range(min(wanted, MOST_AT_ONCE)):
                self._padding_bits -= len(packet) * 8
                self._repeat(packet)
        return True
