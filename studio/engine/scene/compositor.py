"""Draws what is in the picture into one frame; what stands still is scaled once."""

from dataclasses import dataclass

from effects.buffers import FramePool
from studio.engine.media import Picture, VideoFrame
from studio.engine.scene.draw_list import DrawItem, DrawList
from studio.engine.scene.drawing import Drawing, draw
from studio.project.project import FULL_CANVAS, Fit, Transform


@dataclass(frozen=True, slots=True, eq=False)
class Composition:
    """A composed picture, BGR at the canvas's size.

    `captured_at` is when its oldest part was captured; None when nothing is in it.
    """

    image: Picture
    captured_at: float | None


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """A drawing, and what it was made of."""

    image: Picture
    transform: Transform
    canvas: tuple[int, int]
    drawing: Drawing | None


class Compositor:
    """Draws into pooled frames; belongs to one thread."""

    def __init__(self) -> None:
        self._pool = FramePool()
        self._kept: dict[int, _Kept] = {}

    def compose(self, drawn: DrawList, at: float) -> Composition:
        """Draw all as it is at this time of the master clock."""
        frames = {provider: provider.newest(at) for provider in dict.fromkeys(drawn.providers)}
        shown = [
            (number, item, frame)
            for number, item in enumerate(drawn.items)
            if (frame := frames[item.provider]) is not None
        ]
        captured_at = min((frame.captured_at for _, _, frame in shown), default=None)
        shape = (drawn.canvas.height, drawn.canvas.width, 3)
        seen = shown[_lowest_seen(shown) :]
        if len(seen) == 1 and _fits_as_it_is(seen[0][1], seen[0][2], shape):
            self._kept = {}
            return Composition(seen[0][2].image, captured_at)
        image = self._pool.take(shape)
        if not seen or not _hides_all(seen[0][1], seen[0][2]):
            image.fill(0)
        self._draw_all(image, seen)
        return Composition(image, captured_at)

    def _draw_all(self, image: Picture, seen: list[tuple[int, DrawItem, VideoFrame]]) -> None:
        canvas = image.shape[1], image.shape[0]
        kept = {}
        for number, item, frame in seen:
            before = self._kept.get(number)
            if before is not None and _is_of(before, item, frame, canvas):
                kept[number] = before
            else:
                drawing = draw(frame, item.transform, canvas, self._pool)
                kept[number] = _Kept(frame.image, item.transform, canvas, drawing)
            if (drawing := kept[number].drawing) is not None:
                drawing.lay_over(image)
        self._kept = kept


def _is_of(kept: _Kept, item: DrawItem, frame: VideoFrame, canvas: tuple[int, int]) -> bool:
    return kept.image is frame.image and kept.transform == item.transform and kept.canvas == canvas


def _lowest_seen(shown: list[tuple[int, DrawItem, VideoFrame]]) -> int:
    """Return the place of the topmost picture that hides all below it; 0 when there is none."""
    return next(
        (place for place in range(len(shown) - 1, -1, -1) if _hides_all(shown[place][1], shown[place][2])), 0
    )


def _hides_all(item: DrawItem, frame: VideoFrame) -> bool:
    at = item.transform
    is_whole = at.x <= 0 and at.y <= 0 and at.x + at.width >= 1 and at.y + at.height >= 1
    is_solid = not frame.has_alpha and at.opacity >= 1 and not at.rotation
    return is_whole and is_solid and at.fit is not Fit.CONTAIN


def _fits_as_it_is(item: DrawItem, frame: VideoFrame, shape: tuple[int, ...]) -> bool:
    return item.transform == FULL_CANVAS and not frame.has_alpha and frame.image.shape == shape
