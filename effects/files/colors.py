"""Colours of other screens as ours (BT.709, white at 203 cd/m²): HDR is tone-mapped, primaries are converted.

Numbers of primaries and transfer functions are those of ITU-T H.273. Light above our white is pressed
together as ITU-R BT.2390-10 §5.4 does, on each channel, so that what is very bright turns white, not garish.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from effects.buffers import Buffers
from effects.delta_table import DeltaTable
from effects.frame import Frame

Plane = npt.NDArray[np.float64]

BT709: Final = 1
DISPLAY_P3: Final = 12
ADOBE_RGB: Final = 256
"""Not of H.273, which has no number for it; pictures name it in their profile."""
LINEAR: Final = 8
PQ: Final = 16
HLG: Final = 18

WHITE_NITS: Final = 203.0
"""Diffuse white of HDR (ITU-R BT.2408), and the brightest we can show."""
_HLG_PEAK_NITS: Final = 1000.0
_HLG_GAMMA: Final = 1.2
_PEAKS_NITS: Final = (250.0, 4000.0)
_GAMMA: Final = 2.2
_D65: Final = (0.3127, 0.3290)
_PRIMARIES: Final = {
    BT709: ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060)),
    5: ((0.640, 0.330), (0.290, 0.600), (0.150, 0.060)),
    6: ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070)),
    7: ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070)),
    9: ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    11: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
    DISPLAY_P3: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
    22: ((0.630, 0.340), (0.295, 0.605), (0.155, 0.077)),
    ADOBE_RGB: ((0.640, 0.330), (0.210, 0.710), (0.150, 0.060)),
}
_LUMINANCE_2020: Final = np.array([0.2627, 0.6780, 0.0593])
_STEPS: Final = 65536
_MOST_CHANGE: Final = 126 / 255
"""What a table of bytes holds in steps of one level; only colours at the edge of a wide gamut go further."""


@dataclass(frozen=True, slots=True)
class Colors:
    """How a picture's numbers are meant.

    Attributes:
        primaries: of which red, green and blue they are; what is unknown is taken for BT.709.
        transfer: how they stand for light; all but LINEAR, PQ and HLG are taken as our own screen's.
        peak_nits: the brightest there is in a PQ picture, in cd/m².
    """

    primaries: int = BT709
    transfer: int = BT709
    peak_nits: float = 1000.0

    @property
    def is_hdr(self) -> bool:
        """Whether there is light above the screen's white."""
        return self.transfer in (PQ, HLG)

    @property
    def needs_depth(self) -> bool:
        """Whether eight bits are too few to begin with: it has to be given as 16 bits."""
        return self.is_hdr or self.transfer == LINEAR

    @property
    def is_ours(self) -> bool:
        """Whether nothing has to be done."""
        return not self.needs_depth and (self.primaries == BT709 or self.primaries not in _PRIMARIES)


class ToScreen:
    """Converts pictures of one kind of colours. Immutable, safe to use from several threads."""

    def __init__(self, colors: Colors) -> None:
        """Compute the tables; some milliseconds, so better asked for with `to_screen`."""
        self._colors: Final = colors
        self._matrix: Final = _between(colors.primaries, BT709)
        signal = np.linspace(0, 1, _STEPS)
        self._signal: Final = signal
        self._grey: Final = self._shown(signal)
        self._companding: Final = np.rint(self._grey * 255).astype(np.uint8).reshape(1, -1)
        self._table: Final = DeltaTable(self._converted)

    def apply(self, picture: npt.NDArray[np.uint8] | npt.NDArray[np.uint16], buffers: Buffers) -> Frame:
        """Return the picture in our colours.

        Args:
            picture: BGR (height, width, 3); uint16 where the colours need depth, else uint8.
            buffers: scratch.
        """
        if picture.dtype == np.uint16:
            picture = np.asarray(cv2.LUT(picture, self._companding), np.uint8)
        frame = np.asarray(picture, np.uint8)
        return frame if self._table.is_identity else self._table.apply(frame, buffers)

    def _shown(self, signal: Plane) -> Plane:
        """Return grey of this signal as it is shown, 0 to 1."""
        light = self._light(signal[:, None])[:, 0]
        return _encoded(self._pressed(light) / WHITE_NITS if self._colors.is_hdr else light)

    def _light(self, signal: Plane) -> Plane:
        """Return the light of (count, 1 or 3) signals: cd/m² of HDR, else with white as 1."""
        if self._colors.transfer == PQ:
            return _pq_light(signal)
        if self._colors.transfer == HLG:
            scene = _hlg_scene(signal)
            weights = _LUMINANCE_2020 if signal.shape[1] == 3 else np.ones(1)
            luminance = np.maximum(scene @ weights, 1e-9)[:, None]
            return _HLG_PEAK_NITS * scene * luminance ** (_HLG_GAMMA - 1)
        return signal if self._colors.transfer == LINEAR else signal**_GAMMA

    def _pressed(self, light: Plane) -> Plane:
        peak = _HLG_PEAK_NITS if self._colors.transfer == HLG else self._colors.peak_nits
        return _pressed(light, min(max(peak, _PEAKS_NITS[0]), _PEAKS_NITS[1]))

    def _converted(self, colors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return what companded red-green-blue (count, 3) is shown as."""
        signal = np.interp(colors.astype(np.float64), self._grey, self._signal)
        light = self._light(signal)
        if self._colors.is_hdr:
            light = self._pressed(light) / WHITE_NITS
        wanted = _encoded(light @ self._matrix.T)
        return np.asarray(np.clip(wanted, colors - _MOST_CHANGE, colors + _MOST_CHANGE), np.float32)


@lru_cache(maxsize=8)
def to_screen(colors: Colors) -> ToScreen:
    """Return what converts these colours, made once."""
    return ToScreen(colors)


def _encoded(light: Plane) -> Plane:
    return np.asarray(np.clip(light, 0, 1) ** (1 / _GAMMA))


def _pq_light(signal: Plane) -> Plane:
    """Return cd/m² (SMPTE ST 2084, eq. 4.1)."""
    power = np.maximum(signal, 0) ** (1 / 78.84375)
    return np.asarray(
        10000 * (np.maximum(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power)) ** (1 / 0.1593017578125)
    )


def _pq_signal(nits: Plane) -> Plane:
    """Return the signal, 0 to 1 (SMPTE ST 2084, eq. 5.2)."""
    power = (np.maximum(nits, 0) / 10000) ** 0.1593017578125
    return np.asarray(((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375)


def _hlg_scene(signal: Plane) -> Plane:
    """Return light before the camera, 0 to 1 (ITU-R BT.2100, table 5)."""
    low, high = signal**2 / 3, (np.exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12
    return np.asarray(np.where(signal <= 0.5, low, high))


def _pressed(nits: Plane, peak: float) -> Plane:
    """Return light up to `peak` as light up to our white (ITU-R BT.2390-10 §5.4.1, black at 0)."""
    most = float(_pq_signal(np.array(peak)))
    white = float(_pq_signal(np.array(WHITE_NITS))) / most
    knee = 1.5 * white - 0.5
    signal = np.minimum(_pq_signal(nits) / most, 1)
    t = np.maximum(signal - knee, 0) / (1 - knee)
    bent = (
        (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (-2 * t**3 + 3 * t**2) * white
    )
    return _pq_light(np.where(signal < knee, signal, bent) * most)


def _between(primaries: int, other: int) -> Plane:
    """Return the matrix from linear light of the first primaries to that of the others."""
    first, second = (_PRIMARIES.get(number, _PRIMARIES[BT709]) for number in (primaries, other))
    return np.asarray(np.linalg.inv(_to_xyz(second)) @ _to_xyz(first))


def _to_xyz(primaries: tuple[tuple[float, float], ...]) -> Plane:
    columns = np.array([[x / y, 1.0, (1 - x - y) / y] for x, y in primaries]).T
    white = np.array([_D65[0] / _D65[1], 1.0, (1 - _D65[0] - _D65[1]) / _D65[1]])
    return np.asarray(columns * np.linalg.solve(columns, white))
