"""The portrait and its landmarks, wherever a test wants them: no network is needed."""

from pathlib import Path

import cv2
import numpy as np

from effects.buffers import Buffers
from effects.filter import Context, Face, Filter, PlanT, Quality
from effects.frame import Frame, Mask
from effects.landmarks import OVAL, Points, moved
from effects.opinion import Opinion
from effects.params import Value, Values

DATA = Path(__file__).parents[1] / "data"
LANDMARKS = np.asarray(np.load(DATA / "astronaut_landmarks.npy"), np.float32)
WIDE = (1280, 720)


def placed(
    size: tuple[int, int] = WIDE,
    *,
    zoom: float = 2.0,
    degrees: float = 0.0,
    at: tuple[float, float] = (0.5, 0.4),
) -> tuple[Frame, Face]:
    """Return the portrait in a frame of this width and height, and its face.

    Args:
        size: of the frame.
        zoom: the face is 92 pixels wide times this.
        degrees: turned anticlockwise.
        at: where the middle of the face is, as parts of the frame.
    """
    picture = cv2.imread(str(DATA / "astronaut.jpg"))
    assert picture is not None
    middle = LANDMARKS.mean(0)
    matrix = np.array(
        cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), degrees, zoom), np.float64
    )
    matrix[:, 2] += np.array(at) * size - middle
    flags = cv2.INTER_CUBIC if zoom > 1 else cv2.INTER_AREA
    frame = cv2.warpAffine(picture, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(frame, np.uint8), Face(moved(LANDMARKS, matrix.astype(np.float32)))


def applied(
    effect: Filter[PlanT],
    frame: Frame,
    faces: tuple[Face, ...],
    values: dict[str, Value],
    quality: Quality | None = None,
    *,
    opinion: Opinion | None = None,
) -> Frame:
    """Return the frame after the filter, as a chain would call it; a copy."""
    buffers = Buffers()
    buffers.begin(frame)
    plan = effect.plan(Values(effect.parameters, values))
    if plan is None:
        return frame.copy()
    before = frame.copy()
    context = Context(faces=faces, quality=quality or Quality(), opinion=opinion)
    result = effect.apply(frame, context, plan, buffers).copy()
    assert np.array_equal(frame, before), "a frame that was handed in was written"
    return result


def free_but_for(covered: Points) -> Opinion:
    """Return the opinion that all skin of a wide frame is free, except around the middle of these points."""
    free = np.full((144, 256), 255, np.uint8)
    x, y = covered.mean(0) / 5
    half = np.ptp(covered, axis=0).max() / 5 * 0.7 + 2
    free[max(int(y - half), 0) : int(y + half), max(int(x - half), 0) : int(x + half)] = 0
    nothing = np.zeros(free.shape, np.float32)
    return Opinion(nothing, nothing, free)


def change(before: Frame, after: Frame) -> Mask:
    """Return by how many levels each pixel changed at most, of its three."""
    return np.asarray(cv2.absdiff(before, after).max(-1), np.uint8)


def oval_mask(points: Points, size: tuple[int, int], grown: float = 1.0) -> Mask:
    """Return 255 inside the face's oval, 0 elsewhere."""
    mask = np.zeros(size[::-1], np.uint8)
    oval = points[list(OVAL)]
    middle = oval.mean(0)
    cv2.fillPoly(mask, [np.rint(middle + (oval - middle) * grown).astype(np.int32)], (255,))
    return mask
