"""Which layer of the picture one viewer gets, by what their line says. Pure: words and time in, a wish out.

Down at once, up only after the line has carried as much as padding (a probe). An estimate (REMB) that is
below what is sent says little, for it stays behind a stream that grows at once: what counts is that it falls,
or that it does not climb.
"""

from collections import deque
from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple

NEVER: Final = float("-inf")
# An estimate that sinks by so much has fallen, and the line is full where it is less than the layer needs.
FALL: Final = 0.06
NEEDED: Final = 1.05
CARRIED: Final = 0.95
# A single fall may be a hiccup, after which an estimate climbs at once: it counts with a second one, with
# loss, where no climb follows, or where it is deep.
DOUBT_S: Final = 0.8
DOUBT_CLIMB: Final = 1.015
DOUBT_LOST: Final = 2
DEEP: Final = 0.5
# On a line that is not full an estimate climbs by some 8% a second while it is well below what is sent.
STAGNANT_S: Final = 5.0
STAGNANT_BELOW: Final = 0.8
STAGNANT_GROWTH: Final = 1.05
STAGNANT_AT_LEAST: Final = 8
# After a change an estimate sinks too far; of a viewer's first seconds it is a guess.
SETTLING_S: Final = 1.5
FAILED_SETTLING_S: Final = 3.0
FIRST_S: Final = 3.0
# Parts of what was sent in this window that are asked for again: so much is more than mending can mend.
LOSS_WINDOW_S: Final = 0.6
LOSS_SHARE: Final = 0.15
LOST_AT_LEAST: Final = 6
# The way up. A probe is a quarter as strong at first, then half, then as strong as the next layer and some
# more; it gets stronger only while the estimate climbs or is above what is sent.
WAIT_S: Final = 5.0
LONGEST_WAIT_S: Final = 60.0
BACK_OFF: Final = 1.6
CALM_S: Final = 3.0
PROBE_STEPS: Final = (0.25, 0.5)
PROBE_STEP_S: Final = 0.6
PROBE_STEP_AT_MOST_S: Final = 1.6
PROBE_CLIMB: Final = 1.01
PROBE_FULL_S: Final = 2.0
PROBE_SHARE: Final = 1.15
LISTEN_S: Final = 0.5
LISTEN_TRIPS: Final = 5
PROBE_LOST: Final = 3
# Down so soon after an up: the probe had said too much. Up for so long: the line is as good as it was.
FAILED_WITHIN_S: Final = 8.0
PROVED_S: Final = 20.0


class Layer(NamedTuple):
    """A layer that comes now.

    Attributes:
        key: names it as long as its publisher sends.
        height: the shorter side of its pictures, in pixels: 720 of 720 x 1280.
        cost_bps: what it takes of a line.
    """

    key: int
    height: int
    cost_bps: int


class _Fall(NamedTuple):
    """A fall that is not sure yet: when, to what, and how many packets had been lost by then."""

    at: float
    bps: int
    lost: int


class LayerState(Enum):
    """What the viewer's picture is about."""

    STEADY = "steady"
    SWITCH_DOWN = "switch_down"
    """A lower layer's keyframe is awaited, and asked for."""
    PROBE = "probe"
    """Padding shows whether the line carries the next layer."""
    SWITCH_UP = "switch_up"
    """The next layer's keyframe is awaited, not asked for: that would cost all its viewers."""


class LayerChoice:
    """The state machine of one viewer.

    Attributes:
        target: the layer whose keyframe is awaited; None for none.
        is_halted: nothing is sent meanwhile, so that the line's queue runs empty.
        is_held_down: it is the line that keeps the viewer below what they may have.
        limit: the height that the viewer chose; None leaves it to the line. A choice gives way to heavy loss
            alone.
    """

    def __init__(self) -> None:
        self.state = LayerState.STEADY
        self.target: int | None = None
        self.is_halted = False
        self.is_held_down = False
        self.limit: int | None = None
        self._here: Layer | None = None
        self._estimate_bps: int | None = None
        self._estimate_since = NEVER
        self._peak_bps = 0
        self._has_fallen = False
        self._doubted: _Fall | None = None
        self._recent: deque[tuple[float, int]] = deque()
        self._window: deque[tuple[float, int, int]] = deque()
        self._lost = 0
        self._lost_at = NEVER
        self._wait_s = WAIT_S
        self._held_since = self._settled_since = NEVER
        self._rose_at: float | None = None
        self._awaited: Layer | None = None
        self._probe_lost = 0
        self._probe_from_bps = 0
        self._step = 0
        self._step_since = 0.0

    # --- What is learned ---

    def on_estimate(self, bitrate_bps: int, now: float) -> None:
        """Take in what the viewer says that its line carries."""
        if self._estimate_bps is None:
            self._estimate_since = now
        self._estimate_bps = bitrate_bps
        self._recent.append((now, bitrate_bps))
        while now - self._recent[0][0] > STAGNANT_S:
            self._recent.popleft()
        is_settled = now - self._estimate_since >= FIRST_S and now - self._settled_since >= SETTLING_S
        if is_settled and bitrate_bps <= self._peak_bps * (1 - FALL):
            self._has_fallen = True
            self._peak_bps = bitrate_bps
        else:
            self._peak_bps = max(self._peak_bps, bitrate_bps) if is_settled else bitrate_bps

    def on_lost(self, now: float) -> None:
        """Count a packet that was sent and is asked for again."""
        self._lost += 1
        self._lost_at = now

    def on_arrived(self, now: float) -> None:
        """The viewer is on another layer from now on."""
        if self.state is LayerState.SWITCH_UP:
            self._rose_at = now
        self.state, self.target, self.is_halted = LayerState.STEADY, None, False
        self._held_since = self._settled_since = now
        self._window.clear()
        self._recent.clear()
        self._doubted = None

    def on_stranded(self) -> None:
        """The publisher is gone, and with it the layer that the viewer was on."""
        self._stay()
        self.is_halted = self.is_held_down = False

    # --- What follows ---

    def decide(self, here: int | None, layers: Sequence[Layer], sent: int, now: float, rtt_s: float) -> None:
        """Go on by what was learned; call it some ten times a second.

        Args:
            here: the key of the layer that the viewer is on; None where its publisher is gone.
            layers: what comes, the best first.
            sent: packets that the viewer's layer had since it began.
            now: seconds of a clock that never goes back.
            rtt_s: a round trip to the viewer.
        """
        has_fallen, self._has_fallen = self._has_fallen, False
        self._window.append((now, sent, self._lost))
        while now - self._window[0][0] > LOSS_WINDOW_S:
            self._window.popleft()
        if not layers:
            return
        found = next((one for one in layers if one.key == here), None)
        if self.state is LayerState.SWITCH_UP and found is not None and self._is_gone(self.target, layers):
            self._stay()
        if self._is_gone(here if self.target is None else self.target, layers):
            self._leave_vanished(layers, now)
        elif found is not None and self.state is not LayerState.SWITCH_DOWN:
            self._follow(found, now)
            allowed = self._allowed(layers)
            if not self._give_way(found, layers, allowed, now, has_fallen=has_fallen):
                self._climb(found, allowed, now, rtt_s, has_fallen=has_fallen)

    @staticmethod
    def _is_gone(key: int | None, layers: Sequence[Layer]) -> bool:
        return all(one.key != key for one in layers)

    def _leave_vanished(self, layers: Sequence[Layer], now: float) -> None:
        left = self._awaited if self.target is not None else self._here
        most = left.height if left is not None else layers[0].height
        lower = [one for one in layers if one.height <= most]
        target = lower[0] if lower else layers[-1]
        self._go_down(target, now, is_halted=self.is_halted)

    def _follow(self, found: Layer, now: float) -> None:
        before, self._here = self._here, found
        if before is None:
            self._held_since = self._settled_since = now
        if self._rose_at is not None and now - self._rose_at >= PROVED_S:
            self._rose_at, self._wait_s = None, WAIT_S

    def _allowed(self, layers: Sequence[Layer]) -> Sequence[Layer]:
        limit = self.limit
        return [one for one in layers if limit is None or one.height <= limit] or layers[-1:]

    def _give_way(
        self, here: Layer, layers: Sequence[Layer], allowed: Sequence[Layer], now: float, *, has_fallen: bool
    ) -> bool:
        """Go to a lower layer where it must be; whether it does."""
        lower = layers[layers.index(here) + 1 :]
        if not lower:
            return False
        if here.height > allowed[0].height:
            self.is_held_down = False
            self._go_down(allowed[0], now, is_halted=False)
            return True
        estimate = self._estimate_bps
        if self._loses_much(now):
            target = lower[0]
        elif self._is_full(here, now, has_fallen=has_fallen) and self.limit is None and estimate is not None:
            target = next((one for one in lower if one.cost_bps <= CARRIED * estimate), lower[-1])
        else:
            return False
        is_fresh = self._rose_at is not None and now - self._rose_at < FAILED_WITHIN_S
        if is_fresh or self.state is not LayerState.STEADY:
            self._back_off(now)
        self._rose_at = None
        self.is_held_down = True
        self._go_down(target, now, is_halted=True)
        return True

    def _is_full(self, here: Layer, now: float, *, has_fallen: bool) -> bool:
        if self.state is LayerState.PROBE:
            self._doubted = None
            return False  # the padding filled it
        is_below = self._estimate_bps is not None and self._estimate_bps < NEEDED * here.cost_bps
        return (self._is_sure(here, now, has_fallen=has_fallen) and is_below) or self._is_stagnant(here)

    def _is_sure(self, here: Layer, now: float, *, has_fallen: bool) -> bool:
        """Whether the estimate fell, and it was no hiccup."""
        doubted, estimate = self._doubted, self._estimate_bps or 0
        if has_fallen and doubted is None and estimate >= DEEP * here.cost_bps:
            self._doubted = _Fall(now, estimate, self._lost)
            return False
        has_lost = doubted is not None and self._lost - doubted.lost >= DOUBT_LOST
        is_over = doubted is not None and now - doubted.at >= DOUBT_S
        if has_fallen or has_lost or is_over:
            self._doubted = None
        has_climbed = doubted is not None and estimate >= DOUBT_CLIMB * doubted.bps
        return has_fallen or has_lost or (is_over and not has_climbed)

    def _loses_much(self, now: float) -> bool:
        if self.state is LayerState.PROBE or now - self._settled_since < SETTLING_S:
            return False
        _, sent_before, lost_before = self._window[0]
        _, sent, lost = self._window[-1]
        return lost - lost_before >= LOST_AT_LEAST and lost - lost_before > LOSS_SHARE * (sent - sent_before)

    def _is_stagnant(self, here: Layer) -> bool:
        if len(self._recent) < STAGNANT_AT_LEAST:
            return False
        (began, first), (ended, last) = self._recent[0], self._recent[-1]
        is_long = ended - began >= STAGNANT_S - SETTLING_S
        return is_long and last < STAGNANT_BELOW * here.cost_bps and last < STAGNANT_GROWTH * first

    def _go_down(self, target: Layer, now: float, *, is_halted: bool) -> None:
        self.state, self.target, self.is_halted = LayerState.SWITCH_DOWN, target.key, is_halted
        self._awaited = target
        self._held_since = self._settled_since = now

    def _climb(
        self, here: Layer, allowed: Sequence[Layer], now: float, rtt_s: float, *, has_fallen: bool
    ) -> None:
        higher = [one for one in allowed if one.height > here.height]
        if not higher:
            self.is_held_down = False
            self._stay()
        elif self.state is LayerState.PROBE:
            self._go_on_probing(here, higher[-1], now, rtt_s, has_fallen=has_fallen)
        elif self.state is LayerState.SWITCH_UP:
            if has_fallen:
                self._fail(now)
        elif not self.is_held_down:
            self.state, self.target = LayerState.SWITCH_UP, allowed[0].key
        elif now - self._held_since > self._wait_s and now - self._lost_at > CALM_S:
            self._begin_probe(now)

    def _begin_probe(self, now: float) -> None:
        self.state, self._probe_lost = LayerState.PROBE, self._lost
        self._probe_from_bps = self._peak_bps = self._estimate_bps or 0
        self._step, self._step_since = 0, now

    def _go_on_probing(
        self, here: Layer, higher: Layer, now: float, rtt_s: float, *, has_fallen: bool
    ) -> None:
        elapsed_s = now - self._step_since
        if has_fallen or self._lost - self._probe_lost > PROBE_LOST:
            self._fail(now)
        elif self._step < len(PROBE_STEPS):
            if elapsed_s >= PROBE_STEP_S and self._is_carried(here, higher):
                self._step, self._step_since = self._step + 1, now
            elif elapsed_s >= PROBE_STEP_AT_MOST_S:
                self._fail(now)
        elif elapsed_s >= PROBE_FULL_S + max(LISTEN_S, LISTEN_TRIPS * rtt_s):
            self.state, self.target = LayerState.SWITCH_UP, higher.key

    def _is_carried(self, here: Layer, higher: Layer) -> bool:
        """Whether the line may carry more than the probe sends: of a full one the estimate does not climb."""
        sent_bps = here.cost_bps + _padding_goal(here, higher) * PROBE_STEPS[self._step]
        estimate_bps = self._estimate_bps
        has_climbed = (estimate_bps or 0) >= self._probe_from_bps * PROBE_CLIMB
        return estimate_bps is None or has_climbed or estimate_bps >= sent_bps

    def _fail(self, now: float) -> None:
        self._back_off(now)
        self._settled_since = now + FAILED_SETTLING_S - SETTLING_S
        self._recent.clear()
        self._window.clear()
        self._stay()

    def _back_off(self, now: float) -> None:
        self._wait_s = min(LONGEST_WAIT_S, self._wait_s * BACK_OFF)
        self._held_since = now

    def _stay(self) -> None:
        self.state, self.target = LayerState.STEADY, None

    def padding_bps(self, layers: Sequence[Layer], now: float) -> int:
        """How much padding a probe sends now, beside the layer that the viewer is on; 0 for none."""
        here = self._here
        if self.state is not LayerState.PROBE or here is None:
            return 0
        higher = [one for one in self._allowed(layers) if one.height > here.height]
        goal = _padding_goal(here, higher[-1]) if higher else 0
        if self._step < len(PROBE_STEPS):
            return int(goal * PROBE_STEPS[self._step])
        return goal if now - self._step_since < PROBE_FULL_S else 0


def _padding_goal(here: Layer, higher: Layer) -> int:
    return max(0, int(PROBE_SHARE * higher.cost_bps) - here.cost_bps)
