"""The effects of one source, between it and the scene: its newest picture in, the newest finished one out.

With nothing switched on a picture goes straight through. Else it is worked on in threads of its own and comes
out about two frames later, still with the time it was captured at.
"""

import logging
from collections import deque
from collections.abc import Callable
from typing import Final

from effects.chain import Chain
from effects.frame import Frame, FrameError
from effects.governor import FULL, Governor, Verdict
from effects.observer import Observer
from effects.params import Fault, Settings, Timing
from effects.pipeline import Pipeline, Report
from studio.engine.effects.frame_queue import Finished, FrameQueue, Pace
from studio.engine.media import VideoFrame
from studio.engine.messages.events import EffectsMeasured
from studio.engine.messages.values import Strain
from studio.engine.scene.compositor import Compositor
from studio.engine.scene.draw_list import DrawItem, DrawList
from studio.project.project import Canvas

log = logging.getLogger("livestall.effects")

_PATIENCE_S: Final = 1.0
"""A finished picture stands for this long when none follows; then the source's own is better than none."""
_LONGEST_WORK: Final = 16


class SourceEffects:
    """The effects of one source. `through` belongs to the compose thread, `change` and `close` to another.

    Args:
        source_id: the source.
        canvas: what is not shown on it is not worked on.
        chain: all filters there are.
        make_observer: makes what finds person and faces; called when the first effect is switched on.
    """

    def __init__(
        self, source_id: str, canvas: Canvas, chain: Chain, make_observer: Callable[[], Observer]
    ) -> None:
        self.source_id: Final = source_id
        self._canvas = canvas
        self._chain = chain
        self._make_observer = make_observer
        self._governor = Governor(canvas.fps)
        self._observer: Observer | None = None
        self._pipeline: Pipeline | None = None
        self._settings: Settings | None = None
        self._refusals: dict[str, str | Fault] = {}
        self._is_on = False
        self._newest: VideoFrame | None = None
        self._compositor = Compositor()
        self._pace = Pace()
        self._given_at = float("-inf")
        self._given: deque[VideoFrame] = deque(maxlen=_LONGEST_WORK)
        self._queue = FrameQueue()
        self._shown: Finished | None = None

    @property
    def is_on(self) -> bool:
        """Whether any effect is switched on."""
        return self._is_on

    @property
    def newest(self) -> VideoFrame | None:
        """The newest picture as it came from the source: BGR or BGRX."""
        return self._newest

    @property
    def shown(self) -> Finished | None:
        """What was given to the scene last; None when that was the source's own picture."""
        return self._shown

    # --- Settings --------------------------------------------------------------------------

    def change(self, settings: Settings) -> None:
        """Take new settings; they count from the next picture on. May take as long as reading a file."""
        if settings is self._settings:
            return
        self._settings = settings
        self._refusals = {each.filter_name: each.reason for each in self._chain.change(settings)}
        is_on = bool(self._chain.costs_ms)
        if is_on and not self._is_on:
            self._switch_on(settings.timing)
        elif self._pipeline is not None:
            self._pipeline.set_timing(settings.timing)
        self._is_on = is_on
        if not is_on:
            self._queue.clear()

    def _switch_on(self, timing: Timing) -> None:
        self.forget()
        if self._pipeline is None:
            self._observer = self._make_observer()
            self._pipeline = Pipeline(self._chain, self._observer, self._deliver, self._governor, timing)
        self._pipeline.set_timing(timing)

    def retry(self) -> None:
        """Try networks again that could not be loaded."""
        if self._observer is not None:
            self._observer.retry()

    def forget(self) -> None:
        """Forget the pictures before: the source is another, or was opened again."""
        self._queue.clear()
        if self._pipeline is not None:
            self._pipeline.forget()

    def close(self) -> None:
        """End the threads; may take as long as loading a network."""
        self._is_on = False
        pipeline, self._pipeline = self._pipeline, None
        if pipeline is not None:
            pipeline.close()

    # --- Pictures --------------------------------------------------------------------------

    def through(self, frame: VideoFrame) -> VideoFrame:
        """Take the source's newest picture, return the one to show."""
        self._newest = frame
        pipeline = self._pipeline
        if not self._is_on or pipeline is None:
            self._shown = None
            return frame
        if frame.captured_at > self._given_at and self._is_wanted(frame.captured_at):
            self._give(pipeline, frame)
        finished = self._queue.take()
        if finished is not None and frame.captured_at - finished.after.captured_at > _PATIENCE_S:
            finished = None
        self._shown = finished
        return finished.after if finished is not None else frame

    def _is_wanted(self, captured_at: float) -> bool:
        fps = self._governor.verdict.quality.fps
        return fps >= min(FULL.fps, self._canvas.fps) or self._pace.lets_through(captured_at, fps)

    def _give(self, pipeline: Pipeline, frame: VideoFrame) -> None:
        self._given_at = frame.captured_at
        try:
            given = VideoFrame(self._fitted(frame), frame.captured_at)
            self._given.append(given)
            pipeline.submit(given.image, given.captured_at)
        except FrameError as error:
            log.warning("a picture without effects: %s", error)

    def _fitted(self, frame: VideoFrame) -> Frame:
        """Return what of a picture is on the canvas, BGR, enlarged by nothing."""
        height, width = frame.image.shape[:2]
        enlargement = max(self._canvas.width / width, self._canvas.height / height, 1.0)
        size = Canvas(
            max(1, round(self._canvas.width / enlargement)), max(1, round(self._canvas.height / enlargement))
        )
        scene = DrawList(size, (DrawItem(OnePicture(frame)),))
        return self._compositor.compose(scene, frame.captured_at).image

    def _deliver(self, picture: Frame, captured_at: float) -> None:
        """Take a finished picture; in the effects' thread."""
        while self._given and self._given[0].captured_at < captured_at:
            self._given.popleft()
        if self._given and self._given[0].captured_at == captured_at:
            self._queue.put(Finished(self._given.popleft(), VideoFrame(picture, captured_at)))

    # --- Figures ---------------------------------------------------------------------------

    def measured(self) -> EffectsMeasured:
        """Tell how the effects are doing."""
        pipeline = self._pipeline
        if not self._is_on or pipeline is None:
            return EffectsMeasured(self.source_id, rejections=self._refusals)
        report = pipeline.report
        return EffectsMeasured(
            self.source_id,
            step=report.verdict.number,
            step_name=report.verdict.quality.name,
            strain=_strain(report.verdict),
            costs_ms=report.costs_ms,
            dropped=report.dropped,
            problems=self._problems(report),
            failures=report.failures,
            rejections=self._refusals,
        )

    def _problems(self, report: Report) -> dict[str, str]:
        """Return what effects in use miss."""
        needs = self._chain.needs
        return {
            (knowledge.name or "").lower(): reason
            for knowledge, reason in report.problems.items()
            if knowledge in needs
        }


class OnePicture:
    """Shows a picture that is there already."""

    def __init__(self, frame: VideoFrame) -> None:
        self._frame = frame

    def newest(self, at: float) -> VideoFrame:
        """Return the picture."""
        return self._frame


def _strain(verdict: Verdict) -> Strain | None:
    strain = verdict.strain
    if strain is None:
        return None
    return Strain(strain.frame_ms, strain.budget_ms, strain.dearest, strain.dearest_ms)
