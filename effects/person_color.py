"""Learns what colour a person's skin or lips have, so that goods and hands before the face keep theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from effects.buffers import Buffers
from effects.filter import Face
from effects.frame import Frame, Mask

_NEWEST: Final = 0.05
"""Weight of the newest frame in what is learnt, once a few frames were seen."""
_WIDTH: Final = 2.8
"""Distances are measured in so many standard deviations: 95 of 100 pixels of skin are nearer than 1."""
_UNIT: Final = 100
"""What stands for a squared distance of 1 in uint8."""
_SUM: Final = np.ones((1, 3), np.float32)
_LIKENESS: Final = np.clip(255 * (2 - np.arange(256) / _UNIT), 0, 255).astype(np.uint8)
"""Wholly alike up to a squared distance of 1 in all three channels together, not at all from 2 on."""
_MOST_DEVIATION: Final = (40.0, 12.0, 12.0)
_ALIKE: Final = 0.5
"""Two colours no further apart than this (squared, in variances) cannot be told from one another."""
_LEAST_DEVIATION: Final = 2.5
_LEAST_PIXELS: Final = 30


@dataclass(slots=True)
class PersonColor:
    """Mean and standard deviation of luma, red and blue difference (YCrCb): float64 (3,), in levels."""

    mean: npt.NDArray[np.float64]
    deviation: npt.NDArray[np.float64]
    frames: int = 1

    def learn(self, mean: npt.NDArray[np.float64], deviation: npt.NDArray[np.float64]) -> None:
        """Take what one more frame shows."""
        self.frames += 1
        newest = max(1 / self.frames, _NEWEST)
        self.mean += newest * (mean - self.mean)
        self.deviation += newest * (deviation - self.deviation)

    def likeness(self, picture: Frame, buffers: Buffers) -> Mask:
        """Return how much each pixel of a YCrCb picture is like it, 0 to 255, in scratch memory."""
        off = cv2.LUT(picture, self._table(), dst=buffers.scratch("off", picture.shape))
        likeness: Mask = buffers.scratch("likeness", picture.shape[:2])
        cv2.transform(off, _SUM, dst=likeness)
        cv2.LUT(likeness, _LIKENESS, dst=likeness)
        return likeness

    def rather_than(self, other: "PersonColor", picture: Frame, buffers: Buffers) -> Mask:
        """Return which pixels are of this colour rather than of `other`, 0 to 255; all if they are too alike.

        Fisher's discriminant with the channels taken as independent.
        """
        apart = self.mean - other.mean
        weights = apart / (self.deviation**2 + other.deviation**2)
        distance = float(apart @ weights)
        certain = float(np.clip(distance - _ALIKE, 0, 1))
        # On a scale where `other` is 0 and this is 1, what is above 0.5 counts wholly.
        matrix = np.append(weights, -weights @ other.mean) / max(distance, 1e-6) * (255 / 0.3)
        matrix[3] -= 255 * 0.2 / 0.3
        side: Mask = buffers.scratch("side", picture.shape[:2])
        cv2.transform(picture, matrix[None].astype(np.float32), dst=side)
        return side if certain == 1 else np.maximum(side, np.uint8(255 * (1 - certain)), out=side)

    def _table(self) -> npt.NDArray[np.uint8]:
        """Return how far off each value of each channel is, squared: uint8 (1, 256, 3)."""
        off = np.arange(256, dtype=np.float64)[:, None] - self.mean
        off[:, 0] *= np.where(off[:, 0] < 0, 1, 0.5)  # light that glances off skin is skin
        squares = (off / (_WIDTH * np.minimum(self.deviation, _MOST_DEVIATION))) ** 2
        return np.minimum(np.rint(squares * _UNIT), 255).astype(np.uint8)[None]


class PersonColors:
    """The colours of all faces of one source, by track."""

    def __init__(self) -> None:
        self._colors: dict[int, PersonColor] = {}

    def learn(self, track: int, picture: Frame, core: Mask, buffers: Buffers) -> PersonColor | None:
        """Return the colour of this face, learnt from where `core` is 255; None while too little was seen.

        Args:
            track: of the face.
            picture: YCrCb uint8.
            core: where the colour is surely to be found.
            buffers: scratch.
        """
        _, sure = cv2.threshold(core, 250, 255, cv2.THRESH_BINARY, dst=buffers.scratch("sure", core.shape))
        known = self._colors.get(track)
        if cv2.countNonZero(sure) < _LEAST_PIXELS:
            return known
        mean, deviation = (each.ravel().astype(np.float64) for each in cv2.meanStdDev(picture, mask=sure))
        deviation += _LEAST_DEVIATION
        if known is None:
            known = self._colors[track] = PersonColor(mean, deviation)
        else:
            known.learn(mean, deviation)
        return known

    def known(self, track: int) -> PersonColor | None:
        """Return what was learnt of this face; None while that is too little."""
        return self._colors.get(track)

    def keep(self, faces: Sequence[Face]) -> None:
        """Forget the faces that are gone."""
        here = {face.track for face in faces}
        for track in self._colors.keys() - here:
            del self._colors[track]
