"""Where a face's skin is free of hands and goods before it, as the second opinion sees it."""

from typing import Final

import cv2
import numpy as np

from effects import landmarks
from effects.buffers import Buffers
from effects.filter import Context, Face
from effects.frame import Frame, Mask
from effects.landmarks import face_width
from effects.place import Place

_NARROWEST: Final = 0.06
"""Faces narrower than this share of the frame are too small for the network: there it says nothing."""
_UNSEEN, _SEEN = 0.1, 0.25
"""Shares of a face's middle that must be free: where the network sees no face at all, it is not believed."""
_MOSTLY_FREE: Final = 0.9


def free_skin(context: Context, face: Face, place: Place, frame: Frame, buffers: Buffers) -> Mask | None:
    """Return where a face's skin is free of hands, 0 to 255, in scratch memory of the place's size.

    Args:
        context: of the frame.
        face: whose skin.
        place: the part of the frame.
        frame: gives the size; not looked at.
        buffers: scratch.

    Returns:
        None where that is not known, or not wanted at the governor's step: then nothing is held back.
    """
    opinion, size = context.opinion, (frame.shape[1], frame.shape[0])
    if opinion is None or not context.quality.skin_gate or face_width(face.points) < _NARROWEST * size[0]:
        return None
    belief = np.clip((_free_share(opinion.free, face, size) - _UNSEEN) / (_SEEN - _UNSEEN), 0, 1)
    if belief == 0:
        return None
    free: Mask = buffers.scratch("free skin", place.shape)
    across, down = opinion.free.shape[1] / size[0], opinion.free.shape[0] / size[1]
    matrix = np.array(
        [
            [place.scale * across, 0, (place.columns.start + place.scale / 2) * across - 0.5],
            [0, place.scale * down, (place.rows.start + place.scale / 2) * down - 0.5],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cv2.warpAffine(
        opinion.free, matrix, place.shape[::-1], dst=free, flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    if belief < 1:
        cv2.convertScaleAbs(free, dst=free, alpha=float(belief), beta=float(255 * (1 - belief)))
    return free


def is_free(core: Mask, free: Mask | None) -> bool:
    """Say whether a colour may be learnt in `core`: not while something is held before a part of it."""
    if free is None or not cv2.countNonZero(core):
        return True
    return bool(cv2.mean(free, mask=core)[0] >= 255 * _MOSTLY_FREE)


def _free_share(free: Mask, face: Face, size: tuple[int, int]) -> float:
    """Return how much of the middle of a face is free, 0 to 1."""
    scale = np.array([free.shape[1] / size[0], free.shape[0] / size[1]])
    oval = face.points[list(landmarks.OVAL)] * scale
    middle = oval.mean(0)
    (left, top), (right, bottom) = ((middle + (each - middle) * 0.6) for each in (oval.min(0), oval.max(0)))
    part = free[max(int(top), 0) : max(int(bottom) + 1, 0), max(int(left), 0) : max(int(right) + 1, 0)]
    return float(part.mean()) / 255 if part.size else 0.0
