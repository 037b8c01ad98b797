"""What a slower network says of a frame."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from effects.frame import Mask


@dataclass(frozen=True, eq=False, slots=True)
class Opinion:
    """What the slower network says, carried to a frame; coarse, so filters that move pixels leave it.

    Attributes:
        missed: what it takes for the person and the quick network does not, −1 to 1: float32 (144, 256).
        hair: 0 to 1: float32 (144, 256).
        free: 255 where the face's skin is free, 0 on hands, hair and goods before it: uint8 (144, 256).
    """

    missed: npt.NDArray[np.float32]
    hair: npt.NDArray[np.float32]
    free: Mask
