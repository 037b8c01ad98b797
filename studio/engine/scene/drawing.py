"""One picture drawn for its place: cropped, scaled, turned, ready to be laid over what is below."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from effects.buffers import FramePool
from studio.engine.media import Picture, VideoFrame
from studio.engine.scene import geometry
from studio.engine.scene.geometry import Box, PixelBox, Placement, Size
from studio.project.project import Transform

_HALF: Final = 2
_SUBPIXEL_BITS: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A part of the canvas.

    Attributes:
        place: where it lies, inside the canvas.
        colors: BGR, already weighted by how much of it is seen.
        below: how much of what is below is still seen, 0 to 255 in each of three channels; None: nothing.
    """

    place: PixelBox
    colors: Picture
    below: Picture | None

    def lay_over(self, image: Picture) -> None:
        """Draw it into a picture of the canvas."""
        place = self.place
        target = image[place.y : place.y + place.height, place.x : place.x + place.width]
        if self.below is None:
            np.copyto(target, self.colors)
            return
        shaded = cv2.multiply(target, self.below, scale=1 / 255)
        np.copyto(target, cv2.add(shaded, self.colors, shaded))


def draw(frame: VideoFrame, transform: Transform, canvas: Size, pool: FramePool) -> Drawing | None:
    """Draw a picture for its place on a canvas; None when nothing of it is inside."""
    size = frame.image.shape[1], frame.image.shape[0]
    placement = geometry.place(transform, size, canvas)
    target = placement.box.rounded()
    if transform.rotation % 360 or target.within(canvas) != target:
        return _warped(frame, placement, transform, canvas, pool)
    picture = _scaled(_part(frame.image, placement.part), (target.width, target.height), pool)
    flipped = _flipped(picture, transform)
    return _finish(flipped, target, transform.opacity, pool, has_alpha=frame.has_alpha)


def _part(image: Picture, part: Box) -> Picture:
    at = part.rounded().within((image.shape[1], image.shape[0])) or PixelBox(0, 0, 1, 1)
    return image[at.y : at.y + at.height, at.x : at.x + at.width]


def _scaled(picture: Picture, size: Size, pool: FramePool) -> Picture:
    """Scale a picture: halved by averaging as often as that can be, then linearly.

    Linear alone leaves pixels out below a half, and text breaks up; averaging alone costs seven times more.
    """
    if (picture.shape[1], picture.shape[0]) == size:
        return picture
    picture = _halved(picture, picture.shape[1] / size[0], picture.shape[0] / size[1], pool)
    scaled = pool.take((size[1], size[0], picture.shape[2]))
    cv2.resize(picture, size, scaled, interpolation=cv2.INTER_LINEAR)
    return scaled


def _halved(picture: Picture, across: float, down: float, pool: FramePool) -> Picture:
    while across >= _HALF and down >= _HALF:
        wide, high = picture.shape[1] // _HALF, picture.shape[0] // _HALF
        half = pool.take((high, wide, picture.shape[2]))
        even = picture[: high * _HALF, : wide * _HALF]
        cv2.resize(even, (wide, high), half, interpolation=cv2.INTER_AREA)
        picture, across, down = half, across / _HALF, down / _HALF
    return picture


def _flipped(picture: Picture, transform: Transform) -> Picture:
    if transform.is_mirrored and transform.is_upside_down:
        return np.asarray(cv2.flip(picture, -1), np.uint8)
    if transform.is_mirrored or transform.is_upside_down:
        return np.asarray(cv2.flip(picture, 1 if transform.is_mirrored else 0), np.uint8)
    return picture


def _warped(
    frame: VideoFrame, placement: Placement, transform: Transform, canvas: Size, pool: FramePool
) -> Drawing | None:
    """Draw a picture that is turned, or reaches beyond the canvas."""
    visible = geometry.bounds(placement.box, transform.rotation).rounded().within(canvas)
    if visible is None:
        return None
    cropped = _part(frame.image, placement.part)
    part = _halved(
        cropped,
        cropped.shape[1] / placement.box.width,
        cropped.shape[0] / placement.box.height,
        pool,
    )
    whole = Placement(Box(0, 0, part.shape[1], part.shape[0]), placement.box)
    move = geometry.matrix(whole, transform)
    move[:, 2] -= (visible.x, visible.y)
    size = visible.width, visible.height
    warped = pool.take((visible.height, visible.width, part.shape[2]))
    flags, border = cv2.INTER_LINEAR, cv2.BORDER_REPLICATE
    cv2.warpAffine(part, move, size, warped, flags=flags, borderMode=border)
    mask = _mask(whole.part, move, visible, pool) if transform.rotation % 360 else None
    return _finish(warped, visible, transform.opacity, pool, has_alpha=frame.has_alpha, mask=mask)


def _mask(part: Box, move: geometry.Matrix, visible: PixelBox, pool: FramePool) -> Picture:
    """Return where a turned picture lies, with smooth edges: (height, width), 0 to 255."""
    left, top, right, bottom = -0.5, -0.5, part.width - 0.5, part.height - 0.5
    corners = np.array([[left, top, 1], [right, top, 1], [right, bottom, 1], [left, bottom, 1]])
    points = np.round(corners @ move.T * (1 << _SUBPIXEL_BITS)).astype(np.int32)
    mask = pool.take((visible.height, visible.width))
    mask.fill(0)
    cv2.fillConvexPoly(mask, points, 255, cv2.LINE_AA, _SUBPIXEL_BITS)
    return mask


def _bgr(picture: Picture) -> Picture:
    if picture.shape[2] == 3:
        return picture
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGRA2BGR), np.uint8)


def _finish(
    picture: Picture,
    at: PixelBox,
    opacity: float,
    pool: FramePool,
    *,
    has_alpha: bool,
    mask: Picture | None = None,
) -> Drawing:
    """Weigh the colours by how much of them is seen: by the mask, the picture's own alpha, the opacity."""
    colors = _bgr(picture)
    if not has_alpha and mask is None and opacity >= 1:
        return Drawing(at, colors, None)
    seen = np.ascontiguousarray(picture[:, :, 3]) if has_alpha else np.full(picture.shape[:2], 255, np.uint8)
    if mask is not None:
        seen = np.asarray(cv2.multiply(seen, mask, scale=1 / 255), np.uint8)
        colors = np.asarray(
            cv2.multiply(colors, cv2.cvtColor(mask, cv2.COLOR_GRAY2BGR), scale=1 / 255), np.uint8
        )
    if opacity < 1:
        seen = np.asarray(cv2.convertScaleAbs(seen, alpha=opacity), np.uint8)
        colors = np.asarray(cv2.convertScaleAbs(colors, alpha=opacity), np.uint8)
    below = pool.take(colors.shape)
    cv2.cvtColor(cv2.bitwise_not(seen), cv2.COLOR_GRAY2BGR, below)
    return Drawing(at, colors, below)
