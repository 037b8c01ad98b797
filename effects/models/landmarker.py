"""What finds face landmarks, whatever library runs the networks."""

from typing import Protocol

from effects.frame import Frame
from effects.landmarks import Points


class Landmarker(Protocol):
    """Finds the landmarks of the faces in consecutive pictures. Belongs to one thread."""

    def landmarks(self, rgb: Frame, time_ms: int) -> list[Points]:
        """Return each face's 478 landmarks, float32 (478, 2), x and y in pixels of `rgb`.

        Args:
            rgb: red-green-blue uint8 (height, width, 3), contiguous.
            time_ms: when it was captured; greater with every call.
        """

    def forget(self) -> None:
        """Look for faces without what was found before: the next picture has nothing to do with the last."""

    def close(self) -> None:
        """Free the networks; it is not used afterwards."""
