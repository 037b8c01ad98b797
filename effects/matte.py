"""From a network's small, trembling mask to one of the frame's size that is calm in time and keeps hair."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from effects.buffers import Buffers
from effects.frame import Frame, Mask
from effects.guided import GuidedFilter
from effects.models.protocols import Probability

_RADIUS: Final = 3
_EPSILON: Final = 1e-3 * 255**2
_CHOKE: Final = (0.30, 0.75)
"""Sure background and sure person: without it a pale seam of the old background stays around shoulders."""
_CALM: Final = 0.35
_HASTE: Final = 2.2
"""A new mask counts for `_CALM` where it differs little, wholly where by 0.3: there the person moved."""
_STILL: Final = 0.15
_NOISE: Final = 1.0
_MOVING: Final = 6.0
"""Where the picture stands still, what changes is the network's mood: there a new mask counts for `_STILL` of
that; for more the more the luma changed, from `_NOISE` levels on, and in full from about `_MOVING`."""
_AROUND: Final = (9, 9)


def choke_table(low: float, high: float) -> npt.NDArray[np.uint8]:
    """Return uint8 (256,): 0 up to `low`, 255 from `high` (both 0 to 1), a smooth step between."""
    place = np.clip((np.arange(256) / 255 - low) / (high - low), 0, 1)
    return np.rint(place * place * (3 - 2 * place) * 255).astype(np.uint8)


class MatteRefiner:
    """Refines the masks of one source's consecutive frames. Belongs to one thread."""

    def __init__(self, buffers: Buffers) -> None:
        """Take scratch of its own."""
        self._buffers = buffers
        self._guided = GuidedFilter(_RADIUS, _EPSILON, buffers)
        self._choke = choke_table(*_CHOKE)
        self._calm: Probability | None = None
        self._luma: Mask | None = None

    def forget(self) -> None:
        """Forget the frames before."""
        self._calm = self._luma = None

    def refine(self, probability: Probability, half: Frame, size: tuple[int, int]) -> Mask:
        """Return the mask of exactly the frame that `probability` and `half` were made of.

        Args:
            probability: float32 (h, w), 0 to 1, not changed.
            half: BGR uint8, the frame at half size.
            size: width and height of the frame in pixels.

        Returns:
            A mask of the frame's size in memory of its own, used again when nobody holds it.
        """
        calm = self._steadied(probability, half)
        height, width = half.shape[:2]
        scratch = self._buffers.scratch
        fine_luma = cv2.cvtColor(half, cv2.COLOR_BGR2GRAY, dst=scratch("fine luma", (height, width)))
        small = (max(1, width // 2), max(1, height // 2))
        luma = cv2.resize(fine_luma, small, dst=scratch("luma", small[::-1]), interpolation=cv2.INTER_AREA)
        coarse = cv2.resize(calm, small, dst=scratch("coarse", small[::-1], np.float32))
        plane = self._guided.apply(
            np.asarray(coarse, np.float32), np.asarray(luma, np.uint8), np.asarray(fine_luma, np.uint8)
        )
        np.maximum(plane, 0, out=plane)  # convertScaleAbs would mirror what the filter overshot
        levels = cv2.convertScaleAbs(plane, dst=scratch("levels", (height, width)), alpha=255)
        cv2.LUT(levels, self._choke, dst=levels)
        matte = self._buffers.frame(size[::-1])
        cv2.resize(levels, size, dst=matte)
        return matte

    def _steadied(self, probability: Probability, half: Frame) -> Probability:
        """Follow the masks in time: slowly where they tremble, at once where something moved."""
        movement = self._movement(half, probability.shape)
        if self._calm is None or movement is None:
            self._calm = probability.copy()
            return self._calm
        change, weight = (self._scratch(name, probability.shape) for name in ("change", "weight"))
        np.subtract(probability, self._calm, out=change)
        np.abs(change, out=weight)
        np.multiply(weight, np.float32(_HASTE), out=weight)
        np.add(weight, np.float32(_CALM), out=weight)
        np.minimum(weight, np.float32(1), out=weight)
        np.multiply(change, weight, out=change)
        np.multiply(change, movement, out=change)
        np.add(self._calm, change, out=self._calm)
        return self._calm

    def _movement(self, half: Frame, shape: tuple[int, ...]) -> Probability | None:
        """Return how much the picture changed around each pixel, `_STILL` to 1; None: no frame before."""
        small = self._buffers.scratch("small", (*shape, 3))
        cv2.resize(half, shape[::-1], dst=small)
        luma, before = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8), self._luma
        self._luma = luma
        if before is None or before.shape != luma.shape:  # the governor changed to another network
            return None
        movement = self._scratch("movement", shape)
        np.copyto(movement, cv2.absdiff(luma, before, dst=before))
        cv2.blur(movement, _AROUND, dst=movement)
        np.subtract(movement, np.float32(_NOISE), out=movement)
        np.maximum(movement, 0, out=movement)
        np.multiply(movement, np.float32(1 / _MOVING), out=movement)
        np.add(movement, np.float32(_STILL), out=movement)
        np.minimum(movement, np.float32(1), out=movement)
        return movement

    def _scratch(self, name: str, shape: tuple[int, ...]) -> Probability:
        return self._buffers.scratch(name, shape, np.float32)


class MatteFollower:
    """Carries an older mask to the present frame by optical flow: for no delay, or for frames without one."""

    _SIZE: Final = (256, 144)

    def __init__(self, buffers: Buffers) -> None:
        """Take scratch of its own."""
        self._buffers = buffers
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
        columns, rows = np.meshgrid(np.arange(self._SIZE[0]), np.arange(self._SIZE[1]))
        self._columns, self._rows = columns.astype(np.float32), rows.astype(np.float32)
        self._luma: Mask | None = None
        self._mask: Probability | None = None

    def forget(self) -> None:
        """Forget the frames before."""
        self._luma = self._mask = None

    def learn(self, half: Frame, probability: Probability) -> None:
        """Take the mask of the frame of which `half` is the half size."""
        self._luma = self._small_luma(half)
        self._mask = np.asarray(cv2.resize(probability, self._SIZE), np.float32)

    def follow(self, half: Frame) -> Probability | None:
        """Return the last learnt mask as it lies in this frame, float32 (144, 256); None before the first."""
        if self._luma is None or self._mask is None:
            return None
        flow = self._flow.calc(self._small_luma(half), self._luma, None)  # type: ignore[call-overload]
        across = self._columns + flow[..., 0]
        down = self._rows + flow[..., 1]
        moved = cv2.remap(self._mask, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(moved, np.float32)

    def _small_luma(self, half: Frame) -> Mask:
        small = cv2.resize(half, self._SIZE, dst=self._buffers.scratch("small", (*self._SIZE[::-1], 3)))
        return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)
