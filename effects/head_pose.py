"""How a head is turned: from flat landmarks to where things on the head lie in the picture.

A camera far away (weak perspective) is fitted to a mean head: one small matrix product does it.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from effects.landmarks import Points

# Landmarks that neither talking nor frowning moves, and where they lie on a mean head in centimetres: x to
# the picture's right, y upwards, z forwards; 0 is between the sides. From mediapipe's canonical face.
_HEAD: Final = {
    10: (0.0, 8.26, 4.48),
    9: (0.0, 4.89, 5.39),
    168: (0.0, 3.27, 5.24),
    6: (0.0, 2.47, 5.79),
    4: (0.0, -0.46, 7.59),
    33: (-4.45, 2.66, 3.17),
    263: (4.45, 2.66, 3.17),
    133: (-1.86, 2.59, 3.76),
    362: (1.86, 2.59, 3.76),
    127: (-7.74, 2.36, -2.01),
    356: (7.74, 2.36, -2.01),
    234: (-7.66, 0.67, -2.44),
    454: (7.66, 0.67, -2.44),
    50: (-4.77, -0.7, 3.53),
    280: (4.77, -0.7, 3.53),
}
_INDICES: Final = list(_HEAD)
_SOLVER: Final = np.linalg.pinv(np.column_stack([np.array(list(_HEAD.values())), np.ones(len(_HEAD))]))

Camera = npt.NDArray[np.float64]
"""Where a head is in the picture: float64 (2, 4); times (x, y, z, 1) in centimetres it gives pixels."""


def camera_of(points: Points) -> Camera:
    """Return where things on this head lie in the picture, in pixels."""
    return np.asarray((_SOLVER @ points[_INDICES]).T)


def plane(camera: Camera, left: float, top: float, depth: float, scale: float) -> npt.NDArray[np.float64]:
    """Return the transform, float64 (2, 3), of a flat picture that stands on the head, facing forwards.

    Args:
        camera: of this head.
        left: x of the picture's upper left corner on the head, in centimetres.
        top: its y.
        depth: its z.
        scale: picture pixels per centimetre.
    """
    corner = camera @ np.array([left, top, depth, 1.0])
    return np.column_stack([camera[:, 0] / scale, -camera[:, 1] / scale, corner])
