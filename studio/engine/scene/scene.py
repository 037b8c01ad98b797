"""What the picture is made of: items placed on the canvas, drawn into one frame."""

from dataclasses import dataclass
from typing import Final, Protocol

import cv2
import numpy as np

from effects.buffers import FramePool
from studio.engine.media import Picture, VideoFrame
from studio.project.project import Canvas, Fit


class FrameProvider(Protocol):
    """Anything an item can show."""

    def newest(self, at: float) -> VideoFrame | None:
        """Return the newest picture (BGR or BGRX) at this time of the master clock; None when there is none.

        It is called once a frame.
        """


@dataclass(frozen=True)
class Place:
    """A rectangle on the canvas; all in shares of it, 0 to 1."""

    x: float = 0.0
    y: float = 0.0
    width: float = 1.0
    height: float = 1.0


FULL_CANVAS: Final = Place()


@dataclass(frozen=True)
class SceneItem:
    """One thing in the picture."""

    provider: FrameProvider
    place: Place = FULL_CANVAS
    fit: Fit = Fit.COVER


@dataclass(frozen=True)
class Scene:
    """All that is in the picture, the lowest first; never changed, but replaced by another."""

    canvas: Canvas
    items: tuple[SceneItem, ...] = ()

    @property
    def providers(self) -> list[FrameProvider]:
        """What is in the picture, the lowest first."""
        return [item.provider for item in self.items]


@dataclass(frozen=True, slots=True, eq=False)
class Composition:
    """A composed picture, BGR at the canvas's size.

    `captured_at` is when its oldest part was captured; None when nothing is in it.
    """

    image: Picture
    captured_at: float | None


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle in whole pixels."""

    x: int
    y: int
    width: int
    height: int


class Compositor:
    """Draws scenes into pooled frames; belongs to the compose thread."""

    def __init__(self) -> None:
        self._pool = FramePool()

    def compose(self, scene: Scene, at: float) -> Composition:
        """Draw the scene as it is at this time of the master clock."""
        shown = [(item, frame) for item in scene.items if (frame := item.provider.newest(at)) is not None]
        captured_at = min((frame.captured_at for _, frame in shown), default=None)
        shape = (scene.canvas.height, scene.canvas.width, 3)
        if shown and shown[-1][0].place == FULL_CANVAS and shown[-1][1].image.shape == shape:
            return Composition(shown[-1][1].image, captured_at)  # it hides all else, and fits as it is
        image = self._pool.take(shape)
        if not _covers_all(shown):
            image.fill(0)
        for item, frame in shown:
            self._draw(image, item, frame.image)
        return Composition(image, captured_at)

    def _draw(self, image: Picture, item: SceneItem, picture: Picture) -> None:
        place = _to_pixels(item.place, image.shape[1], image.shape[0])
        if item.fit is Fit.CONTAIN:
            place = _contained(picture.shape[1], picture.shape[0], place)
            part = picture
        else:
            crop = _covering(picture.shape[1], picture.shape[0], place)
            part = picture[crop.y : crop.y + crop.height, crop.x : crop.x + crop.width]
        target = image[place.y : place.y + place.height, place.x : place.x + place.width]
        if place.width > 0 and place.height > 0:
            self._scale_into(part, target)

    def _scale_into(self, part: Picture, target: Picture) -> None:
        size = (target.shape[1], target.shape[0])
        if part.shape[2] == 3 and target.flags.c_contiguous:
            cv2.resize(part, size, target)
            return
        scaled = self._pool.take((*target.shape[:2], part.shape[2]))
        cv2.resize(part, size, scaled)
        if part.shape[2] == 3:
            np.copyto(target, scaled)
        elif target.flags.c_contiguous:
            cv2.cvtColor(scaled, cv2.COLOR_BGRA2BGR, target)
        else:
            np.copyto(target, scaled[:, :, :3])


def _covers_all(shown: list[tuple[SceneItem, VideoFrame]]) -> bool:
    return any(item.place == FULL_CANVAS and item.fit is Fit.COVER for item, _ in shown)


def _to_pixels(place: Place, width: int, height: int) -> _Box:
    left, top = _clamp(place.x * width, width), _clamp(place.y * height, height)
    right = _clamp((place.x + place.width) * width, width)
    bottom = _clamp((place.y + place.height) * height, height)
    return _Box(left, top, right - left, bottom - top)


def _clamp(value: float, most: int) -> int:
    return min(max(round(value), 0), most)


def _covering(width: int, height: int, place: _Box) -> _Box:
    """The middle part of a picture that has the place's shape."""
    if place.width == 0 or place.height == 0:
        return _Box(0, 0, width, height)
    wide = min(width, max(1, round(height * place.width / place.height)))
    high = min(height, max(1, round(width * place.height / place.width)))
    return _Box((width - wide) // 2, (height - high) // 2, wide, high)


def _contained(width: int, height: int, place: _Box) -> _Box:
    """The middle part of the place that has the picture's shape."""
    scale = min(place.width / width, place.height / height)
    wide, high = round(width * scale), round(height * scale)
    return _Box(place.x + (place.width - wide) // 2, place.y + (place.height - high) // 2, wide, high)
