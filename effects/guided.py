"""The guided filter (He, Sun, Tang 2010) by box sums: a mask takes the edges of the picture it belongs to."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from effects.buffers import Buffers
from effects.frame import Mask

Plane = npt.NDArray[np.float32]
"""One value a pixel: float32 (height, width)."""


class GuidedFilter:
    """One setting of the filter with its memory. Belongs to one thread."""

    def __init__(self, radius: int, epsilon: float, buffers: Buffers) -> None:
        """Set the filter.

        Args:
            radius: of the boxes, in pixels of the coarse guide.
            epsilon: variance of the luma, in levels squared, below which there is no edge.
            buffers: scratch of its own.
        """
        self._box: Final = (2 * radius + 1, 2 * radius + 1)
        self._epsilon: Final = epsilon
        self._buffers: Final = buffers

    def apply(self, plane: Plane, guide: Mask, fine_guide: Mask) -> Plane:
        """Return `plane` with the edges of the luma: coefficients made where cheap, applied where fine.

        Args:
            plane: float32 (h, w), what is filtered; not changed.
            guide: uint8 (h, w), the luma.
            fine_guide: uint8 (H, W), the same luma at a finer size.

        Returns:
            float32 (H, W), in scratch memory.
        """
        slope, offset = self._coefficients(plane, guide)
        size = fine_guide.shape[::-1]
        result = self._scratch("result", fine_guide.shape)
        offsets = self._scratch("offsets", fine_guide.shape)
        cv2.resize(slope, size, dst=result)
        cv2.resize(offset, size, dst=offsets)
        cv2.multiply(result, fine_guide, dst=result, dtype=cv2.CV_32F)
        cv2.add(result, offsets, dst=result)
        return result

    def _coefficients(self, plane: Plane, guide: Mask) -> tuple[Plane, Plane]:
        """Return slope and offset of the mask over the luma around each pixel."""
        names = ("luma", "product", "mean luma", "mean", "variance", "slope")
        luma, product, mean_luma, mean, variance, slope = (self._scratch(name, plane.shape) for name in names)
        np.copyto(luma, guide)
        cv2.blur(luma, self._box, dst=mean_luma)
        cv2.blur(plane, self._box, dst=mean)
        cv2.sqrBoxFilter(luma, cv2.CV_32F, self._box, dst=variance)
        cv2.subtract(variance, cv2.multiply(mean_luma, mean_luma, dst=product), dst=variance)
        cv2.blur(cv2.multiply(luma, plane, dst=product), self._box, dst=slope)
        cv2.subtract(slope, cv2.multiply(mean_luma, mean, dst=product), dst=slope)
        np.add(variance, np.float32(self._epsilon), out=variance)
        cv2.divide(slope, variance, dst=slope)
        offset = mean
        cv2.subtract(mean, cv2.multiply(slope, mean_luma, dst=product), dst=offset)
        cv2.blur(slope, self._box, dst=slope)
        cv2.blur(offset, self._box, dst=offset)
        return slope, offset

    def _scratch(self, name: str, shape: tuple[int, ...]) -> Plane:
        return self._buffers.scratch(f"guided {name}", shape, np.float32)
