"""Any function of a colour, carried out on a frame by one look-up of 65,536 entries: 1 ms at 720p.

A pixel's 5-6-5 bits (`cv2.cvtColor`, BGR2BGR565) are the index; the entry is not the new colour, which would
show 32 steps, but the *change*, added to the full 8 bits. What changes slowly with colour, as looks do, is
met to 50 dB.
"""

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from effects.buffers import Buffers
from effects.frame import Frame, Mask

ColorFunction = Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]]
"""Takes and returns float32 (count, 3), red-green-blue, 0 to 1."""

OpacityFunction = Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]]
"""Takes float32 (count, 3), red-green-blue, 0 to 1; returns float32 (count,), 0 to 1."""

_ENTRIES: Final = 65536
_WHOLE: Final = 0.7


def _bin_centers() -> npt.NDArray[np.float32]:
    """Return the colour in the middle of what shares an entry: float32 (65536, 3), red-green-blue, 0 to 1."""
    index = np.arange(_ENTRIES)
    blue, green, red = (index & 31) * 8 + 3.5, ((index >> 5) & 63) * 4 + 1.5, (index >> 11) * 8 + 3.5
    return (np.stack([red, green, blue], axis=-1) / 255).astype(np.float32)


def _kept_share(wanted: npt.NDArray[np.float32]) -> float:
    """Return how much of a level itself to keep, so that the rest changes least within an entry.

    All of it as a rule: what a look leaves alone then stays bit for bit. For grey and inverted pictures less.
    """
    table = wanted.reshape(32, 64, 32, 3)  # red, green, blue
    widths = (8.0, 4.0, 8.0)
    slopes = [float(np.diff(table[..., channel], axis=channel).mean()) for channel in range(3)]
    share = sum(slope * width for slope, width in zip(slopes, widths, strict=True)) / sum(
        w * w for w in widths
    )
    return 1.0 if share > _WHOLE else max(share, -1.0)


class DeltaTable:
    """The change of every colour. Immutable; safe to use from several threads with buffers of their own."""

    def __init__(self, function: ColorFunction, opacity: OpacityFunction | None = None) -> None:
        """Ask `function` for 65,536 colours, and `opacity` how far each stays; some milliseconds."""
        colors = _bin_centers()
        centers, wanted = colors * np.float32(255), np.clip(function(colors), 0, 1) * np.float32(255)
        self._kept: Final = _kept_share(wanted)
        rest = (wanted - np.float32(self._kept) * centers)[:, ::-1]
        low, high = float(rest.min()), float(rest.max())
        # As a rule a byte holds the change around 128; where it does not, its steps are larger.
        is_usual = low >= -128 and high <= 127
        self._step: Final = 1.0 if is_usual else max(1.0, (high - low) / 255)
        self._offset: Final = -128.0 if is_usual else low
        entries = np.zeros((_ENTRIES, 4), np.uint8)
        entries[:, :3] = np.clip(np.rint((rest - self._offset) / self._step), 0, 255)
        entries[:, 3] = 255 if opacity is None else np.rint(np.clip(opacity(colors), 0, 1) * 255)
        self._entries: Final = entries.view(np.int32).reshape(1, _ENTRIES)
        self.is_identity: Final = self._kept == 1 and bool((entries[:, :3] == 128).all())

    def apply(self, frame: Frame, buffers: Buffers) -> Frame:
        """Return a new frame with the changed colours; BGR uint8 (height, width, 3) of any size."""
        return self._changed(frame, self._looked_up(frame, buffers), buffers)

    def apply_with_opacity(self, frame: Frame, buffers: Buffers) -> tuple[Frame, Mask]:
        """Return the new frame, and how far each colour stays: uint8 (height, width), in scratch memory."""
        four = self._looked_up(frame, buffers)
        opacity = buffers.scratch("opacity", frame.shape[:2])
        cv2.extractChannel(four, 3, dst=opacity)
        return self._changed(frame, four, buffers), opacity

    def _looked_up(self, frame: Frame, buffers: Buffers) -> Frame:
        """Return the entries of all pixels: uint8 (height, width, 4), blue-green-red change and opacity."""
        height, width = frame.shape[:2]
        packed = cv2.cvtColor(frame, cv2.COLOR_BGR2BGR565, dst=buffers.scratch("packed", (height, width, 2)))
        index = packed.view(np.uint16).reshape(height, width)
        changes = cv2.LUT(index, self._entries, dst=buffers.scratch("changes", (height, width), np.int32))
        return changes.view(np.uint8).reshape(height, width, 4)

    def _changed(self, frame: Frame, four: Frame, buffers: Buffers) -> Frame:
        change = cv2.cvtColor(four, cv2.COLOR_BGRA2BGR, dst=buffers.scratch("change", frame.shape))
        result = buffers.frame(frame.shape)
        cv2.addWeighted(frame, self._kept, change, self._step, self._offset, dst=result)
        return result
