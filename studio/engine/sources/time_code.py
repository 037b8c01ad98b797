"""A time drawn into the picture as black and white cells, to be read again at the other end of the line.

40 cells across the full width: white, black, 32 bits of milliseconds (highest first), the exclusive or of
their eight nibbles (4 bits), black, white.
"""

from collections.abc import Iterable
from typing import Final

import cv2
import numpy as np

from studio.engine.media import Picture

CELLS: Final = 40
_BITS: Final = 32
_WHITE: Final = 235
_BLACK: Final = 16
_MIDDLE: Final = 128


def draw_time_code(image: Picture, milliseconds: int, height: int) -> None:
    """Draw the time's low 32 bits into the first `height` rows of a BGR image of at least 40 columns."""
    value = milliseconds % (1 << _BITS)
    bits = [1, 0, *_to_bits(value, _BITS), *_to_bits(_checksum(value), 4), 0, 1]
    cells = np.array([[_WHITE if bit else _BLACK for bit in bits]], np.uint8)
    row = cv2.resize(cells, (image.shape[1], 1), interpolation=cv2.INTER_NEAREST)
    image[:height] = row[:, :, np.newaxis]


def read_time_code(image: Picture, height: int) -> int | None:
    """Read the time's low 32 bits; None when the cells are not a time code."""
    row = image[height // 4 : max(height * 3 // 4, height // 4 + 1)].mean(axis=(0, 2))
    centres = (np.arange(CELLS) * 2 + 1) * image.shape[1] // (CELLS * 2)
    bits = [int(row[centre] > _MIDDLE) for centre in centres]
    value = _from_bits(bits[2 : 2 + _BITS])
    is_framed = bits[:2] == [1, 0] and bits[-2:] == [0, 1]
    return value if is_framed and _from_bits(bits[34:38]) == _checksum(value) else None


def _checksum(value: int) -> int:
    result = 0
    for shift in range(0, _BITS, 4):
        result ^= (value >> shift) & 0xF
    return result


def _to_bits(value: int, count: int) -> list[int]:
    return [(value >> shift) & 1 for shift in reversed(range(count))]


def _from_bits(bits: Iterable[int]) -> int:
    value = 0
    for bit in bits:
        value = value << 1 | bit
    return value
