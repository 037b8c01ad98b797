"""Applies the filters to a frame with what was found out about it. The effects' thread."""

import time
from collections.abc import Callable

from effects.buffers import Buffers
from effects.chain import Chain
from effects.filter import Context, Quality
from effects.frame import Frame
from effects.matte import MatteRefiner
from effects.observer import Observation


class Finisher:
    """Finishes one source's frames, one after the other, in one thread."""

    def __init__(self, chain: Chain, clock: Callable[[], float] = time.perf_counter) -> None:
        """Take the chain; its settings may change at any time."""
        self._chain = chain
        self._refiner = MatteRefiner(Buffers())
        self._clock = clock
        self.matte_ms = 0.0

    def finish(self, observation: Observation, quality: Quality) -> Frame:
        """Return the frame after all filters in use: the very frame when there are none.

        Raises:
            FrameError: it is not a picture.
        """
        context = Context(observation.time_s, quality, faces=observation.faces, opinion=observation.opinion)
        started = self._clock()
        if observation.probability is not None:
            height, width = observation.frame.shape[:2]
            context.matte = self._refiner.refine(
                observation.probability, observation.reduced, (width, height)
            )
        self.matte_ms = (self._clock() - started) * 1000
        return self._chain.apply(observation.frame, context)

    def forget(self) -> None:
        """Forget the frames before: the source was changed."""
        self._refiner.forget()
        self._chain.forget()
