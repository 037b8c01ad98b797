"""All filters of one source: takes settings whole, runs the filters in use in their order, measures each."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from effects.buffers import Buffers
from effects.filter import Context, EffectError, Filter, Knowledge
from effects.frame import Frame, checked
from effects.params import Fault, ParameterError, Settings, Values

log = logging.getLogger("livestall.effects")

_SMOOTHING: Final = 0.1
"""Weight of the newest frame in a filter's shown milliseconds."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Settings of one filter that could not be carried out; the filter goes on as before.

    Attributes:
        filter_name: whose settings.
        reason: in English, or as a value that panels have words for.
    """

    filter_name: str
    reason: str | Fault


@dataclass(slots=True)
class _Link:
    """A filter in the chain; one thread writes its `plan`, the other reads it once a frame."""

    filter: Filter[Any]
    buffers: Buffers
    values: Values
    plan: Any = None
    cost_ms: float = 0.0
    failure: str = ""


class Chain:
    """Filters of one source. `change` may be called from any thread; `apply` from one."""

    def __init__(
        self, filters: Iterable[Filter[Any]], clock: Callable[[], float] = time.perf_counter
    ) -> None:
        """Take the filters; they stand in order of their stages and change nothing until settings come."""
        ordered = sorted(filters, key=lambda each: (each.stage, each.name))
        self._buffers = Buffers()
        self._links = [_Link(each, self._buffers.for_filter(), Values(each.parameters)) for each in ordered]
        for link in self._links:
            link.plan = link.filter.plan(link.values)
        self._clock = clock
        self._changing = threading.Lock()

    def change(self, settings: Settings) -> tuple[Rejection, ...]:
        """Take new settings; they count from the next frame. Slow work is done here, not in the frame's time.

        Returns:
            What could not be carried out. Filters that are not named go back to their defaults.
        """
        with self._changing:
            rejections = [self._change_one(link, settings) for link in self._links]
        known = {link.filter.name for link in self._links}
        unknown = [
            Rejection(name, "there is no such filter") for name in settings.filters if name not in known
        ]
        return (*(rejection for rejection in rejections if rejection), *unknown)

    def _change_one(self, link: _Link, settings: Settings) -> Rejection | None:
        name = link.filter.name
        try:
            values = Values(link.filter.parameters, settings.filters.get(name))
            if values != link.values or link.failure:
                link.plan = link.filter.plan(values)
                link.values, link.failure = values, ""
        except EffectError as error:
            return Rejection(name, error.fault or str(error))
        except ParameterError as error:
            return Rejection(name, str(error))
        return None

    @property
    def needs(self) -> Knowledge:
        """What the filters in use need to know of a frame, beyond what one of them finds out itself."""
        active = [link.filter for link in self._links if link.plan is not None and not link.failure]
        needed, provided = Knowledge.NOTHING, Knowledge.NOTHING
        for each in active:
            needed |= each.needs
            provided |= each.provides
        return needed & ~provided

    @property
    def costs_ms(self) -> dict[str, float]:
        """Milliseconds each filter in use takes for a frame, smoothed over about ten frames."""
        return {
            link.filter.name: link.cost_ms
            for link in self._links
            if link.plan is not None and not link.failure
        }

    @property
    def failures(self) -> dict[str, str]:
        """Filters that failed on a frame and are left out until their settings change, with the reason."""
        return {link.filter.name: link.failure for link in self._links if link.failure}

    def apply(self, frame: Frame, context: Context) -> Frame:
        """Return the frame after all filters in use: `frame` itself, bit for bit, when there are none.

        Raises:
            FrameError: it is not a picture.
        """
        frame = checked(frame)
        self._buffers.begin(frame)
        for link in self._links:
            plan = link.plan
            if plan is None:
                link.cost_ms = 0.0
            elif not link.failure:
                frame = self._apply_one(link, plan, frame, context)
        return frame

    def _apply_one(self, link: _Link, plan: object, frame: Frame, context: Context) -> Frame:
        started = self._clock()
        try:
            result = link.filter.apply(frame, context, plan, link.buffers)
        except Exception as error:  # the border of a plug-in: one broken filter must not end the broadcast
            link.failure = f"{type(error).__name__}: {error}"
            log.exception("filter %s failed on a frame of %s and is left out", link.filter.name, frame.shape)
            return frame
        taken_ms = (self._clock() - started) * 1000
        link.cost_ms += (taken_ms - link.cost_ms) * (_SMOOTHING if link.cost_ms else 1.0)
        return result

    def forget(self) -> None:
        """Forget the frames before: the source was changed."""
        for link in self._links:
            link.filter.forget()
