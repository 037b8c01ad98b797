"""Keeps which effects each source is to have; what takes longer than a frame is done in its own thread."""

import logging
import queue
import threading
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Final

import cv2
import numpy as np

from effects.catalog import FilterClass, find_filters
from effects.chain import Chain
from effects.color import look_thumbnails
from effects.faces import FaceFollower
from effects.filter import Knowledge
from effects.models.faces import best_landmarker
from effects.models.lite_classes import make_classifier, make_hand_finder
from effects.models.registry import ModelError, Registry
from effects.models.segmenters import best_segmenter
from effects.observer import Observer
from effects.params import Settings
from effects.second_opinion import SecondOpinion
from studio.engine.effects.comparison import BeforeAfter
from studio.engine.effects.source_effects import OnePicture, SourceEffects
from studio.engine.media import VideoFrame
from studio.engine.messages.events import EffectsDeclared, EngineEvent, LooksRendered
from studio.engine.messages.values import Comparison
from studio.engine.scene.compositor import Compositor
from studio.engine.scene.draw_list import DrawItem, DrawList
from studio.project.project import Canvas

log = logging.getLogger("livestall.effects")

_LOOK_SIZE: Final = Canvas(112, 140)
_LOOK_TOP: Final = 0.15
"""Of a high picture this share of what is cut off is cut off at the top: the face is above the middle."""
_JPEG_QUALITY: Final = 88
_JOIN_S: Final = 2.0
_NONE: Final = Settings()

Job = Callable[[], None]


class EffectsManager:
    """The effects of all sources; its methods belong to the engine's main thread, but for `compared`.

    Args:
        models: the networks, and where they lie.
        emit: takes events, from any thread.
        filters: what there is to be set.
    """

    def __init__(
        self,
        models: Registry,
        emit: Callable[[EngineEvent], None],
        filters: Sequence[FilterClass] | None = None,
    ) -> None:
        self._models = models
        self._emit = emit
        self._filters = tuple(filters if filters is not None else find_filters())
        self._settings: dict[str, Settings] = {}
        self._effects: dict[str, SourceEffects] = {}
        self._before_after = BeforeAfter()
        self._compared_id = ""
        self._loaded = Knowledge.NOTHING
        self._looks_wanted_of = ""
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="effects manager", daemon=True)

    def start(self) -> None:
        """Begin to work, and tell what can be set."""
        self._thread.start()
        self._emit(EffectsDeclared(declarations=tuple(each.declaration() for each in self._filters)))

    def close(self) -> None:
        """End; what still loads a network ends with the process."""
        self.keep_open(())
        self._jobs.put(None)
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)

    # --- Commands --------------------------------------------------------------------------

    def open(self, source_id: str, canvas: Canvas) -> SourceEffects:
        """Return the effects of a source that is being opened; those of when it was opened before end."""
        before = self._effects.get(source_id)
        chain = Chain(each() for each in self._filters)
        effects = self._effects[source_id] = SourceEffects(source_id, canvas, chain, self._make_observer)
        self._apply_soon(effects)
        if before is not None:
            self._jobs.put(before.close)
        return effects

    def keep_open(self, source_ids: Collection[str]) -> None:
        """End the effects of all other sources."""
        for source_id in self._effects.keys() - set(source_ids):
            self._jobs.put(self._effects.pop(source_id).close)

    def set_effects(self, source_id: str, settings: Settings) -> None:
        """Set a source's effects, whether it is open or not."""
        if settings == self._settings.get(source_id, _NONE):
            return
        self._settings[source_id] = settings
        if (effects := self._effects.get(source_id)) is not None:
            self._apply_soon(effects)

    def compare(self, source_id: str, comparison: Comparison) -> None:
        """Show this of a source in the preview."""
        self._compared_id = source_id
        self._before_after.comparison = comparison

    def render_looks(self, source_id: str) -> None:
        """Make the small pictures as soon as there is a picture."""
        effects = self._effects.get(source_id)
        frame = effects.newest if effects is not None else None
        self._looks_wanted_of = source_id if frame is None else ""
        if frame is not None:
            self._jobs.put(partial(self._render_looks, source_id, frame))

    def reload_models(self) -> None:
        """Try networks again that could not be loaded."""
        for effects in self._effects.values():
            effects.retry()

    def measure(self) -> None:
        """Tell the figures of sources whose effects are on; call it once a second."""
        if self._looks_wanted_of:
            self.render_looks(self._looks_wanted_of)
        for effects in self._effects.values():
            if effects.is_on:
                self._emit(effects.measured())

    def compared(self, frame: VideoFrame) -> VideoFrame:
        """Return the composed picture as the preview is to show it; called by the preview's thread."""
        effects = self._effects.get(self._compared_id)
        return self._before_after.compared(frame, effects.shown if effects is not None else None)

    # --- The manager's own thread -------------------------------------------------------------

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception:  # the top of a thread: the next settings may be better
                log.exception("effects could not be set")

    def _apply_soon(self, effects: SourceEffects) -> None:
        self._jobs.put(partial(self._apply, effects))

    def _apply(self, effects: SourceEffects) -> None:
        """Set the newest settings: of those that came while the thread was busy only the last count."""
        settings = self._settings.get(effects.source_id, _NONE)
        self._load_networks(settings)
        effects.change(settings)
        if settings is not _NONE:
            self._emit(effects.measured())

    def _load_networks(self, settings: Settings) -> None:
        """Import what runs networks before a picture waits for it: with mediapipe that takes seconds."""
        needs = Knowledge.NOTHING
        for each in self._filters:
            if settings.filters.get(each.name):
                needs |= each.needs
        loaders: dict[Knowledge, Callable[[], object]] = {
            Knowledge.MATTE: lambda: best_segmenter(self._models).close(),
            Knowledge.FACES: lambda: best_landmarker(self._models).close(),
        }
        for knowledge, load in loaders.items():
            if knowledge in needs & ~self._loaded:
                try:
                    load()
                    self._loaded |= knowledge
                except ModelError as error:  # the observer will tell it of the source
                    log.info("not loaded yet: %s", error)

    def _make_observer(self) -> Observer:
        models = self._models
        second = SecondOpinion(partial(make_classifier, models), partial(make_hand_finder, models))
        return Observer(
            partial(best_segmenter, models), lambda: FaceFollower(best_landmarker(models)), second
        )

    def _render_looks(self, source_id: str, frame: VideoFrame) -> None:
        scene = DrawList(_LOOK_SIZE, (DrawItem(OnePicture(_upper_part(frame))),))
        small = Compositor().compose(scene, frame.captured_at).image
        pictures = {}
        for name, picture in look_thumbnails(small).items():
            is_encoded, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
            if is_encoded:
                pictures[name] = np.asarray(data, np.uint8).tobytes()
        self._emit(LooksRendered(source_id, pictures=pictures))


def _make_face_finder(models: Registry) -> FaceFollower:
    return FaceFollower(best_landmarker(models))


def _upper_part(frame: VideoFrame) -> VideoFrame:
    """Return as much of a picture higher than a look's as that one shows, with the face in it."""
    height, width = frame.image.shape[:2]
    part = min(height, round(width * _LOOK_SIZE.height / _LOOK_SIZE.width))
    top = round((height - part) * _LOOK_TOP)
    return VideoFrame(frame.image[top : top + part], frame.captured_at)
