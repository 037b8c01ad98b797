"""The filters of one strip: changed while it sounds, without a click and without moving it in time."""

import logging
from collections import deque
from collections.abc import Sequence
from typing import Final

import av.error
import numpy as np

from studio.engine.audio.filters.filter import FilterInUse
from studio.engine.audio.filters.graph import FilterGraph
from studio.engine.media import SAMPLE_RATE, Sound

log = logging.getLogger("livestall.audio")

DELAY_SAMPLES: Final = 40 * SAMPLE_RATE // 1000
"""Noise suppression with its hops and a limiter fit in; constant, so that lips stay in sync."""
_FADE_SAMPLES: Final = 50 * SAMPLE_RATE // 1000
_PRIMING_BLOCKS: Final = 10
"""So many blocks does a new graph hear before it is heard itself: envelopes and spectra have settled."""


class FilterChain:
    """Takes any filters in any order; `set_filters` may be called from any thread, `process` from one.

    Every change is carried out in one way: a second graph is made, hears what the first heard in the last
    0.2 s, and takes over within 50 ms.

    Args:
        filters: to begin with.
        delay_samples: by how much sound is delayed, whatever filters there are.
    """

    def __init__(self, filters: Sequence[FilterInUse] = (), delay_samples: int = DELAY_SAMPLES) -> None:
        self._delay_samples = delay_samples
        self._filters = tuple(filters)
        self._graph = FilterGraph(filters, delay_samples)
        self._coming: FilterGraph | None = None
        self._faded = 0
        self._wanted: deque[FilterGraph] = deque(maxlen=1)
        self._heard: deque[Sound] = deque(maxlen=_PRIMING_BLOCKS)

    @property
    def delay(self) -> float:
        """How much later sound leaves than it came, in seconds."""
        return self._delay_samples / SAMPLE_RATE

    def set_filters(self, filters: Sequence[FilterInUse]) -> None:
        """Go over to these filters.

        Raises:
            ValueError: they need more delay than there is.
            av.error.FFmpegError: libavfilter does not take their values.
        """
        if tuple(filters) != self._filters:
            self._wanted.append(FilterGraph(filters, self._delay_samples))
            self._filters = tuple(filters)

    def process(self, sound: Sound) -> Sound:
        """Return the sound of `delay` ago, filtered; never in place."""
        try:
            if self._coming is None and self._wanted:
                self._coming, self._faded = self._primed(self._wanted.pop()), 0
            filtered = self._faded_over(sound)
        except av.error.FFmpegError:  # the border of a library: sound without filters is better than none
            log.exception("the filters failed and are left out")
            self._coming = None
            self._graph = self._primed(FilterGraph((), self._delay_samples))
            filtered = self._graph.process(sound)
        self._heard.append(sound)
        return filtered

    def _primed(self, graph: FilterGraph) -> FilterGraph:
        for heard in self._heard:
            graph.process(heard)
        return graph

    def _faded_over(self, sound: Sound) -> Sound:
        before = self._graph.process(sound)
        if self._coming is None:
            return before
        after = self._coming.process(sound)
        places = np.arange(self._faded + 1, self._faded + 1 + len(sound), dtype=np.float32)
        share = 0.5 - 0.5 * np.cos(np.pi * np.minimum(places / _FADE_SAMPLES, np.float32(1.0)))
        self._faded += len(sound)
        if self._faded >= _FADE_SAMPLES:
            self._graph, self._coming = self._coming, None
        faded: Sound = before + (after - before) * share.astype(np.float32)[:, np.newaxis]
        return faded
