"""A graph of libavfilter as a plain object: as many samples out as in, a constant time later."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph

from studio.engine.audio.filters.filter import FilterInUse
from studio.engine.media import CHANNELS, SAMPLE_RATE, Sound

_TIME_BASE: Final = Fraction(1, SAMPLE_RATE)
_FORMAT: Final = f"sample_fmts=flt:sample_rates={SAMPLE_RATE}:channel_layouts=stereo"


class FilterGraph:
    """Filters in a row; belongs to one thread at a time.

    Args:
        filters: in the order of the sound; none: it is only delayed.
        delay_samples: by how much sound is delayed in all; what the filters do not need is filled up.

    Raises:
        ValueError: the filters need more than that.
        av.error.FFmpegError: libavfilter does not take their values.
    """

    def __init__(self, filters: Sequence[FilterInUse], delay_samples: int) -> None:
        spare = delay_samples - sum(each.filter.delay_samples for each in filters)
        if spare < 0:
            raise ValueError(f"expected filters that need {delay_samples} samples, got {-spare} more")
        self._waiting: Sound = np.zeros((spare, CHANNELS), np.float32)
        self._graph = _make_graph(filters) if filters else None
        self._pushed = 0

    def process(self, sound: Sound) -> Sound:
        """Return as many samples as came, float32 of shape (count, 2).

        Raises:
            av.error.FFmpegError: libavfilter failed.
        """
        ready = np.concatenate([self._waiting, *_filtered(self._graph, sound, self._pushed)])
        self._pushed += len(sound)
        if len(ready) < len(sound):
            raise av.error.FFmpegError(0, f"expected {len(sound)} samples of the filters, got {len(ready)}")
        self._waiting = ready[len(sound) :]
        return ready[: len(sound)]


def _filtered(graph: Graph | None, sound: Sound, first: int) -> Iterator[Sound]:
    """Give what is ready after `sound`, whose first sample has the number `first`."""
    if graph is None:
        yield sound
        return
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(sound).reshape(1, -1), "flt", "stereo")
    frame.sample_rate, frame.time_base, frame.pts = SAMPLE_RATE, _TIME_BASE, first
    graph.push(frame)
    while True:
        try:
            filtered = graph.pull()
        except av.error.BlockingIOError:
            return
        yield np.asarray(filtered.to_ndarray(), np.float32).reshape(-1, CHANNELS)


def _make_graph(filters: Sequence[FilterInUse]) -> Graph:
    graph = Graph()
    source = graph.add_abuffer(format="flt", sample_rate=SAMPLE_RATE, layout="stereo", time_base=_TIME_BASE)
    nodes = [node for each in filters for node in each.filter.nodes(each.values)]
    graph.link_nodes(
        source,
        *(graph.add(node.name, **node.options) for node in nodes),
        graph.add("aformat", _FORMAT),
        graph.add("abuffersink"),
    ).configure()
    return graph
