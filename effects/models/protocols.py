"""What runs a network, whatever library it is made with: person masks, classes, hands and faces."""

from enum import IntEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from effects.filter import Face
from effects.frame import Frame

Probability = npt.NDArray[np.float32]
"""How sure the network is that a pixel is of a person: float32, (height, width), 0 to 1."""

Classes = npt.NDArray[np.float32]
"""How sure the network is of each `PixelClass` at each pixel: float32, (height, width, 6)."""


class PixelClass(IntEnum):
    """What a pixel may show; 2 is the skin of hands and body, 4 clothes, 5 other things of the person."""

    BACKGROUND = 0
    HAIR = 1
    FACE_SKIN = 3


class Classifier(Protocol):
    """Tells hair, skin and clothes apart in a picture. Belongs to one thread."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels of the picture the network sees; its answer has the same."""

    def classify(self, rgb: Frame) -> Classes:
        """Return the classes of a picture of exactly `size`, red-green-blue uint8; the caller owns them."""


class HandFinder(Protocol):
    """Says whether a hand is in sight. Belongs to one thread."""

    def sees_hand(self, rgb: Frame) -> bool:
        """Say it of a picture of any size, red-green-blue uint8."""


class Segmenter(Protocol):
    """Finds the person in a picture. Belongs to one thread."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels of the picture the network sees; its mask has the same."""

    def segment(self, rgb: Frame) -> Probability:
        """Return the mask of a picture of exactly `size`, red-green-blue uint8; the caller owns it."""

    def close(self) -> None:
        """Free the network; it is not used afterwards."""


class FaceFinder(Protocol):
    """Finds faces in consecutive pictures of one source. Belongs to one thread.

    Attributes:
        every: the networks run on every so many pictures; may be changed at any time.
    """

    every: int

    def find(self, half: Frame, scale: float, time_s: float) -> tuple[Face, ...]:
        """Return the faces, largest first.

        Args:
            half: BGR uint8, usually the frame at half size.
            scale: frame pixels per pixel of `half` (usually 2): landmarks are given in pixels of the frame.
            time_s: when the frame was captured, monotonic seconds, never twice the same.
        """

    def forget(self) -> None:
        """Forget the frames before: the source was changed."""

    def close(self) -> None:
        """Free the networks; it is not used afterwards."""
