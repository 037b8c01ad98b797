"""Which of mediapipe's face landmarks are which: contours as indices, and measures of a face made from them.

The numbering is that of mediapipe's face mesh (478 points; 468 without the irises). Left and right are the
picture's, not the person's.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float32]
"""Landmarks: float32, (478 or 468, 2), x and y in pixels."""

# fmt: off
OVAL: Final = (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
               152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109)
LEFT_EYE: Final = (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246)
RIGHT_EYE: Final = (362, 382, 381, 380, 374, 373, 390, 249, 263, 466, 388, 387, 386, 385, 384, 398)
LEFT_BROW: Final = (46, 53, 52, 65, 55, 107, 66, 105, 63, 70)
RIGHT_BROW: Final = (276, 283, 282, 295, 285, 336, 296, 334, 293, 300)
LIPS_OUTSIDE: Final = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40,
185)
LIPS_INSIDE: Final = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80,
191)
LEFT_JAW: Final = (234, 93, 132, 58, 172, 136, 150, 149)
RIGHT_JAW: Final = (454, 323, 361, 288, 397, 365, 379, 378)
# fmt: on
LEFT_CHEEK: Final = 50
RIGHT_CHEEK: Final = 280
NOSE_TIP: Final = 4
NOSE_BRIDGE: Final = 168
LEFT_NOSTRIL: Final = 129
RIGHT_NOSTRIL: Final = 358
FOREHEAD: Final = 10
CHIN: Final = 152
LEFT_SIDE: Final = 234
RIGHT_SIDE: Final = 454


def face_width(points: Points) -> float:
    """Return the distance between the two sides of the face, in pixels; at least 0.6 of its height.

    Of a face in profile the sides fall together, but its features keep their size.
    """
    across = float(np.hypot(*(points[LEFT_SIDE] - points[RIGHT_SIDE])))
    return max(across, 0.6 * face_height(points), 1.0)


def face_height(points: Points) -> float:
    """Return the distance from the top of the forehead to the chin, in pixels."""
    return float(np.hypot(*(points[FOREHEAD] - points[CHIN])))


def upwards(points: Points) -> Points:
    """Return the unit vector from the chin to the forehead."""
    axis = points[FOREHEAD] - points[CHIN]
    return np.asarray(axis / max(float(np.hypot(*axis)), 1e-6), np.float32)


def similarity(before: Points, after: Points) -> Points:
    """Return the turn, scale and shift, float32 (2, 3), that brings `before` closest to `after`.

    Least squares in closed form (Umeyama 1991 without reflection).
    """
    middle_before, middle_after = before.mean(0), after.mean(0)
    a, b = before - middle_before, after - middle_after
    size = max(float((a * a).sum()), 1e-6)
    cosine = float((a * b).sum()) / size
    sine = float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum()) / size
    turn = np.array([[cosine, -sine], [sine, cosine]], np.float32)
    return np.column_stack([turn, middle_after - turn @ middle_before]).astype(np.float32)


def moved(points: Points, matrix: Points) -> Points:
    """Return the points after an affine transform, float32 (2, 3)."""
    return np.asarray(points @ matrix[:, :2].T + matrix[:, 2], np.float32)
