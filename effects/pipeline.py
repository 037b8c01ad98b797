"""Effects on a live source in two threads: networks on this frame while the filters work on the one before.

So each mask belongs to exactly its frame, for one frame of delay. Without that delay (`Timing.LOW_DELAY`) the
newest mask is carried to the newest frame by optical flow; it can be switched while frames flow. Frames that
come too fast are dropped before the networks, never after. Aligned frames are delivered with an even delay:
see `effects.pace`.
"""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from effects.chain import Chain
from effects.filter import Knowledge
from effects.finisher import Finisher
from effects.frame import Frame, checked
from effects.governor import Governor, Verdict
from effects.observer import Carrier, Observation, Observer
from effects.pace import Pace
from effects.params import Timing
from effects.slot import Slot

log = logging.getLogger("livestall.effects")

_JOIN_S: Final = 5.0

_Captured = tuple[Frame, float, float]
"""A frame, when it was captured, and when it came here."""

_Observed = tuple[Observation, float]
"""What is known of a frame, and when the frame came here."""


@dataclass(frozen=True, slots=True)
class Report:
    """How the effects of a source are doing.

    Attributes:
        verdict: the governor's step, with its reason.
        costs_ms: what each filter in use takes a frame; also `networks` and `matte`.
        dropped: frames that came while the networks were busy, since the start.
        problems: what cannot be known of frames, and why.
        failures: filters that failed and are left out until their settings change, and why.
    """

    verdict: Verdict
    costs_ms: dict[str, float]
    dropped: int
    problems: dict[Knowledge, str]
    failures: dict[str, str]


Deliver = Callable[[Frame, float], None]
"""Takes a finished frame, only to be read, and when it was captured; called on the effects' thread."""


class Pipeline:
    """The effects of one live source. `close` it; all else may be called from any thread."""

    def __init__(
        self,
        chain: Chain,
        observer: Observer,
        deliver: Deliver,
        governor: Governor,
        timing: Timing = Timing.ALIGNED,
    ) -> None:
        """Start both threads; the observer is closed with them."""
        self._chain = chain
        self._observer = observer
        self._deliver = deliver
        self._governor = governor
        self._timing = timing
        self._finisher = Finisher(chain)
        self._carrier = Carrier()
        self._times_changed = 0
        self._networks_ms = 0.0
        self._to_networks: Slot[_Captured] = Slot()
        self._to_filters: Slot[_Captured] = Slot()  # of use with low delay only
        self._observed: queue.Queue[_Observed | None] = queue.Queue(1)
        self._pace = Pace()
        self._last_time_s = float("-inf")
        self._closing = threading.Event()
        self._all_observed = threading.Event()
        names = ((self._observe_all, "effects networks"), (self._finish_all, "effects filters"))
        self._threads = [threading.Thread(target=target, name=name, daemon=True) for target, name in names]
        for thread in self._threads:
            thread.start()

    def submit(self, frame: Frame, time_s: float) -> None:
        """Take the newest frame, which must not be written any more; one that still waits is dropped.

        Args:
            frame: BGR uint8 (height, width, 3).
            time_s: when it was captured, monotonic seconds.

        Raises:
            FrameError: it is not a picture.
        """
        captured = (checked(frame), time_s, time.perf_counter())
        self._to_networks.put(captured)
        if self._timing is Timing.LOW_DELAY:
            self._to_filters.put(captured)

    def set_timing(self, timing: Timing) -> None:
        """Let frames wait for their own masks, or not, from the next one on; networks and masks stay."""
        if timing is self._timing:
            return
        self._timing = timing
        self._to_filters.wake()
        with contextlib.suppress(queue.Full):  # then nobody waits for it
            self._observed.put_nowait(None)

    def forget(self) -> None:
        """Forget the frames before: the source was changed."""
        self._times_changed += 1

    @property
    def report(self) -> Report:
        """How the effects are doing."""
        costs = {"networks": self._networks_ms, "matte": self._finisher.matte_ms, **self._chain.costs_ms}
        slot = self._to_networks if self._timing is Timing.ALIGNED else self._to_filters
        return Report(
            self._governor.verdict,
            {name: cost for name, cost in costs.items() if cost},
            slot.dropped,
            self._observer.problems,
            self._chain.failures,
        )

    def close(self) -> None:
        """End both threads; the frames on their way are still delivered."""
        self._closing.set()
        self._to_networks.close()
        self._to_filters.close()
        for thread in self._threads:
            thread.join(_JOIN_S)

    # --- The networks' thread
    # ---------------------------------------------------------------------------------------

    def _observe_all(self) -> None:
        times_changed = self._times_changed
        while (captured := self._to_networks.take()) is not None:
            started = time.perf_counter()
            if times_changed != self._times_changed:
                times_changed = self._times_changed
                self._observer.forget()
            frame, time_s, came_s = captured
            observation = self._observation(frame, time_s)
            self._networks_ms = (time.perf_counter() - started) * 1000
            self._carrier.learn(observation)
            if self._timing is Timing.ALIGNED:
                self._observed.put((observation, came_s))
        self._all_observed.set()
        self._observed.put(None)
        self._observer.close()

    def _observation(self, frame: Frame, time_s: float) -> Observation:
        try:
            return self._observer.observe(frame, time_s, self._chain.needs, self._governor.verdict.quality)
        except Exception:  # the top of a thread: the picture must go on without what is not known of it
            log.exception("networks failed on a frame of %s", frame.shape)
            return Observation(frame, time_s, frame)

    # --- The effects' thread
    # ----------------------------------------------------------------------------------------

    def _finish_all(self) -> None:
        times_changed = self._times_changed
        while (observed := self._next_observation()) is not None:
            observation, came_s = observed
            started = time.perf_counter()
            if times_changed != self._times_changed:
                times_changed = self._times_changed
                self._finisher.forget()
            finished = self._finished(observation)
            cost_ms = (time.perf_counter() - started) * 1000
            parts = {"networks": self._networks_ms, **self._chain.costs_ms}
            self._governor.frame_took(max(cost_ms, self._networks_ms), parts)
            self._keep_pace(time.perf_counter() - came_s)
            try:
                self._deliver(finished, observation.time_s)
            except Exception:  # the top of a thread: one frame that nobody took is no reason to stop
                log.exception("a frame of %s could not be delivered", finished.shape)

    def _keep_pace(self, taken_s: float) -> None:
        """Wait until this frame is as late as others, unless the next is here already or the end is."""
        if self._timing is not Timing.ALIGNED:
            return
        wait_s = self._pace.wait_s(taken_s)
        if wait_s and self._observed.empty():
            self._closing.wait(wait_s)

    def _next_observation(self) -> _Observed | None:
        """Wait for the next frame; None at the end. An older one than the last came twice."""
        while not (self._all_observed.is_set() and self._is_aligned and self._observed.empty()):
            observed = self._observed.get() if self._is_aligned else self._next_carried()
            if observed is not None and observed[0].time_s > self._last_time_s:
                self._last_time_s = observed[0].time_s
                return observed
        return None

    @property
    def _is_aligned(self) -> bool:
        """Whether the networks' frames are the next; at the end what they still have is taken as well."""
        return self._timing is Timing.ALIGNED or (self._closing.is_set() and self._to_filters.is_empty)

    def _next_carried(self) -> _Observed | None:
        with contextlib.suppress(queue.Empty):  # aligned frames from before the switch come first
            return self._observed.get_nowait()
        captured = self._to_filters.take()
        if captured is None:
            return None
        frame, time_s, came_s = captured
        return self._carrier.carried(frame, time_s), came_s

    def _finished(self, observation: Observation) -> Frame:
        try:
            return self._finisher.finish(observation, self._governor.verdict.quality)
        except Exception:  # as above: rather a frame without effects than none
            log.exception("effects failed on a frame of %s", observation.frame.shape)
            return observation.frame
