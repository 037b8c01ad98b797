"""Colour as the eye sees it: a colour card, and how far two colours are apart."""

import cv2
import numpy as np
import numpy.typing as npt

from effects.frame import Frame

# The 24 fields of the usual card as sRGB, row by row (X-Rite ColorChecker Classic, published values).
_CARD = (
    (115, 82, 68), (194, 150, 130), (98, 122, 157), (87, 108, 67), (133, 128, 177), (103, 189, 170),
    (214, 126, 44), (80, 91, 166), (193, 90, 99), (94, 60, 108), (157, 188, 64), (224, 163, 46),
    (56, 61, 150), (70, 148, 73), (175, 54, 60), (231, 199, 31), (187, 86, 149), (8, 133, 161),
    (243, 243, 242), (200, 200, 200), (160, 160, 160), (122, 122, 121), (85, 85, 85), (52, 52, 52),
)  # fmt: skip
_COLUMNS, _ROWS = 6, 4

Lab = npt.NDArray[np.float64]
"""L*, a*, b*: float64 (…, 3)."""


class ColorCard:
    """A card of 24 fields of `field` pixels with black lines between, held at (left, top)."""

    def __init__(self, left: int, top: int, field: int = 34) -> None:
        self._left, self._top, self._field = left, top, field
        self._line = max(2, field // 8)

    def hold_into(self, frame: Frame) -> Frame:
        """Return the frame with the card in it."""
        shown = frame.copy()
        step = self._field + self._line
        bottom, right = self._top + _ROWS * step + self._line, self._left + _COLUMNS * step + self._line
        shown[self._top : bottom, self._left : right] = (24, 22, 22)
        for number, color in enumerate(_CARD):
            rows, columns = self._place(number)
            shown[rows, columns] = color[::-1]
        return shown

    def fields_of(self, frame: Frame) -> Lab:
        """Return the mean colour of each field: (24, 3)."""
        means = [frame[self._place(number)].reshape(-1, 3).mean(0) for number in range(len(_CARD))]
        return lab_of(np.array(means, np.float32))

    def _place(self, number: int) -> tuple[slice, slice]:
        step = self._field + self._line
        top = self._top + self._line + number // _COLUMNS * step
        left = self._left + self._line + number % _COLUMNS * step
        return slice(top, top + self._field), slice(left, left + self._field)


def lab_of(bgr: npt.NDArray[np.float32]) -> Lab:
    """Return colours (n, 3), blue-green-red 0 to 255, as L*a*b* under D65."""
    return np.asarray(cv2.cvtColor(bgr[None] / np.float32(255), cv2.COLOR_BGR2Lab)[0], np.float64)


def delta_e_2000(one: Lab, other: Lab) -> npt.NDArray[np.float64]:
    """Return the difference CIEDE2000 of each pair (Sharma, Wu, Dalal 2005)."""
    chroma = (np.hypot(one[..., 1], one[..., 2]) + np.hypot(other[..., 1], other[..., 2])) / 2
    grey = 0.5 * (1 - np.sqrt(chroma**7 / (chroma**7 + 25.0**7)))
    (l1, c1, h1), (l2, c2, h2) = (_hue(each, grey) for each in (one, other))
    step = h2 - h1
    step = np.where(c1 * c2 == 0, 0, (step + 180) % 360 - 180)
    d_hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(step / 2))
    light, strong = (l1 + l2) / 2, (c1 + c2) / 2
    hue = np.where(c1 * c2 == 0, h1 + h2, (h1 + step / 2) % 360)
    t = (
        1
        - 0.17 * np.cos(np.radians(hue - 30))
        + 0.24 * np.cos(np.radians(2 * hue))
        + 0.32 * np.cos(np.radians(3 * hue + 6))
        - 0.20 * np.cos(np.radians(4 * hue - 63))
    )
    s_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    s_chroma, s_hue = 1 + 0.045 * strong, 1 + 0.015 * strong * t
    turn = 30 * np.exp(-(((hue - 275) / 25) ** 2))
    r = -2 * np.sqrt(strong**7 / (strong**7 + 25.0**7)) * np.sin(np.radians(2 * turn))
    a, b, c = (l2 - l1) / s_light, (c2 - c1) / s_chroma, d_hue / s_hue
    return np.asarray(np.sqrt(a * a + b * b + c * c + r * b * c))


def _hue(lab: Lab, grey: npt.NDArray[np.float64]) -> tuple[Lab, Lab, Lab]:
    """Return lightness, chroma and hue in degrees."""
    a = lab[..., 1] * (1 + grey)
    return lab[..., 0], np.hypot(a, lab[..., 2]), np.degrees(np.arctan2(lab[..., 2], a)) % 360
