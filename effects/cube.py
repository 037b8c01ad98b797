"""Reads and writes 3D look-up tables in the .cube format (Adobe Cube LUT Specification 1.0, 2013)."""

from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from effects.cube_text import decoded, is_keyword, is_number, lines_of, words_of
from effects.files.regular import open_regular
from effects.filter import EffectError
from effects.params import Fault, FaultKind

SMALLEST: Final = 2
LARGEST: Final = 65
"""Grading programs write 17, 33 and 65; the specification allows 256, a table of 200 MB."""
_MOST_BYTES: Final = 32 * 1024 * 1024
"""Three times what 65 entries a side take with ten digits each."""
_MOST_HEAD_LINES: Final = 10_000
_NARROWEST_DOMAIN: Final = 1e-3
_MOST_VALUE: Final = 1e6
_MOST_COLOR: Final = 2.0
"""Looks overshoot white by a few percent; whole numbers (0 to 255) lie far beyond."""
_WHITES: Final = (255.0, 1023.0, 4095.0, 65535.0)
_SIZES: Final = f"{SMALLEST} – {LARGEST}"
_KEYWORDS: Final = frozenset({"LUT_3D_SIZE", "LUT_1D_SIZE", "DOMAIN_MIN", "DOMAIN_MAX", "LUT_3D_INPUT_RANGE"})


class CubeError(EffectError):
    """Not a look that can be used; the text names the line, what was expected and what came."""


def _wrong(kind: FaultKind, line: int, text: str, *, expected: str = "", got: str = "") -> CubeError:
    """Return what is wrong in a line, counted from 1."""
    told = f"line {line}: {text}"
    return CubeError(told, Fault(kind, told, line=line, expected=expected, got=got))


@dataclass(frozen=True, eq=False, slots=True)
class Cube:
    """A 3D look-up table.

    Attributes:
        table: float32 (n, n, n, 3): the colour red-green-blue for [blue, green, red], red varying fastest as
        in the file.
        low: the red, green, blue that the first entries stand for.
        high: those that the last entries stand for.
        title: what its maker calls it.
    """

    table: npt.NDArray[np.float32]
    low: tuple[float, float, float] = (0.0, 0.0, 0.0)
    high: tuple[float, float, float] = (1.0, 1.0, 1.0)
    title: str = ""

    @property
    def size(self) -> int:
        """Entries along each side."""
        return int(self.table.shape[0])

    def sample(self, colors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return the colours for `colors`, trilinear between entries, the outermost entry beyond the domain.

        Args:
            colors: float32 (count, 3), red-green-blue.
        """
        low, high = np.array(self.low, np.float32), np.array(self.high, np.float32)
        place = np.clip((colors - low) / (high - low), 0, 1) * np.float32(self.size - 1)
        cell = np.minimum(place.astype(np.intp), self.size - 2)
        share = (place - cell).astype(np.float32)
        strides = np.array([1, self.size, self.size * self.size])
        corner = cell @ strides
        flat = self.table.reshape(-1, 3)
        result = np.zeros((len(colors), 3), np.float32)
        for number in range(8):
            bits = np.array([number & 1, number >> 1 & 1, number >> 2])
            weight = np.where(bits, share, 1 - share).prod(axis=1, dtype=np.float32)
            result += weight[:, None] * flat[corner + int(bits @ strides)]
        return result


def read_cube(path: Path) -> Cube:
    """Read a .cube file.

    Raises:
        CubeError: it cannot be read, or is not a 3D table of 2 to 65 entries a side.
    """
    try:
        with BufferedReader(open_regular(path)) as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        told = f"{path.name}: {error.strerror or error}"
        raise CubeError(told, Fault(FaultKind.UNREADABLE, told, path.name)) from error
    if len(content) > _MOST_BYTES:
        most = f"{_MOST_BYTES >> 20} MB"
        told = f"{path.name}: expected at most {most}"
        raise CubeError(told, Fault(FaultKind.TOO_LARGE, told, path.name, expected=most))
    return parse_cube(decoded(content))


def parse_cube(text: str) -> Cube:
    """Read the text of a .cube file.

    Raises:
        CubeError: it is not a 3D table of 2 to 65 entries a side; the text names the line.
    """
    lines = lines_of(text)
    header = _Header()
    first = min(len(lines), _MOST_HEAD_LINES)
    for number, line in enumerate(lines[:_MOST_HEAD_LINES], 1):
        words = words_of(line)
        if words and not is_keyword(words[0]):
            first = number - 1
            break
        if words:
            header.take(number, words, line)
    if not header.size:
        raise _wrong(FaultKind.NOT_A_LOOK, first + 1, "expected LUT_3D_SIZE before the first colour")
    header.check_domain()
    table = _to_unit(_entries(lines, first, header.size), header, len(lines))
    return Cube(
        table.reshape(header.size, header.size, header.size, 3), header.low, header.high, header.title
    )


@dataclass(slots=True)
class _Header:
    """What stands before the colours."""

    size: int = 0
    low: tuple[float, float, float] = (0.0, 0.0, 0.0)
    high: tuple[float, float, float] = (1.0, 1.0, 1.0)
    title: str = ""
    domain_line: int = 0

    def take(self, number: int, words: list[str], line: str) -> None:
        """Take a line that begins with a keyword in any case; those of other programs are passed over."""
        match [words[0].upper(), *words[1:]]:
            case ["TITLE", *_]:
                self.title = line.strip()[len("TITLE") :].strip().strip('"')
            case ["LUT_3D_SIZE", size]:
                self.size = _size(number, size)
            case ["LUT_1D_SIZE", *_]:
                text = "expected a 3D table, got LUT_1D_SIZE"
                raise _wrong(FaultKind.LOOK_OF_ONE_DIMENSION, number, text)
            case ["DOMAIN_MIN", *values]:
                self.low, self.domain_line = _triple(number, _with_points(values)), number
            case ["DOMAIN_MAX", *values]:
                self.high, self.domain_line = _triple(number, _with_points(values)), number
            case ["LUT_3D_INPUT_RANGE", low, high]:
                span = _triple(number, _with_points([low, high, high]))
                self.low, self.high, self.domain_line = (span[0],) * 3, (span[1],) * 3, number
            case ["LUT_3D_SIZE", *_]:
                text = f"expected one number after LUT_3D_SIZE, got {line.strip()!r}"
                raise _wrong(FaultKind.LOOK_SIZE, number, text, expected=_SIZES, got=line.strip()[12:60])

    def check_domain(self) -> None:
        if any(high - low < _NARROWEST_DOMAIN for low, high in zip(self.low, self.high, strict=True)):
            text = f"expected DOMAIN_MIN below DOMAIN_MAX, got {self.low}, {self.high}"
            raise _wrong(FaultKind.LOOK_DOMAIN, self.domain_line, text)


def _with_points(words: list[str]) -> list[str]:
    """Return numbers behind a keyword with points for decimal commas."""
    return [word.replace(",", ".") for word in words]


def _to_unit(table: npt.NDArray[np.float32], header: _Header, last: int) -> npt.NDArray[np.float32]:
    """Return the colours as 0 to 1. Whole numbers are scaled where the domain says so, else refused.

    Which white is meant cannot be seen of the colours alone: a dark look of ten bits looks as one of eight.
    """
    most = float(np.abs(table).max())
    white = header.high[0]
    if header.low == (0.0, 0.0, 0.0) and header.high == (white,) * 3 and white in _WHITES:
        header.high = (1.0, 1.0, 1.0)
        if most > _MOST_COLOR:
            table, most = table / np.float32(white), most / white
    if most > _MOST_COLOR:
        text = f"expected colours from 0 to 1, got up to {most:g}"
        raise _wrong(FaultKind.LOOK_RANGE, last, text, expected="0 – 1", got=f"{most:g}")
    return table


def _size(number: int, word: str) -> int:
    if not (word.isascii() and word.isdecimal()) or not SMALLEST <= int(word[:9]) <= LARGEST:
        text = f"expected a size from {SMALLEST} to {LARGEST}, got {word[:20]!r}"
        raise _wrong(FaultKind.LOOK_SIZE, number, text, expected=_SIZES, got=word[:20])
    return int(word)


def _triple(number: int, words: list[str]) -> tuple[float, float, float]:
    got = " ".join(words)[:60]
    if len(words) != 3 or not all(is_number(word) for word in words):
        text = f"expected three numbers, got {got!r}"
        raise _wrong(FaultKind.LOOK_NUMBERS, number, text, got=got)
    red, green, blue = (float(word) for word in words)
    if not all(abs(value) <= _MOST_VALUE for value in (red, green, blue)):  # also refuses nan
        raise _wrong(FaultKind.LOOK_NUMBERS, number, f"expected finite numbers, got {got!r}", got=got)
    return red, green, blue


def _entries(lines: list[str], first: int, size: int) -> npt.NDArray[np.float32]:
    """Return the colours, (size³, 3); all at once, and line by line only to find the one that is wrong."""
    body = " ".join(lines[first:])
    words = body.split()
    # numpy takes underscores and digits of other scripts for numbers
    if len(words) == size**3 * 3 and "_" not in body and body.isascii() and _has_three_a_line(lines[first:]):
        with suppress(ValueError), np.errstate(over="ignore"):
            table = np.array(words, np.float32)
            if bool(np.all(np.abs(table) <= _MOST_VALUE)):
                return table.reshape(-1, 3)
    return _entries_one_by_one(lines, first, size)


def _has_three_a_line(lines: list[str]) -> bool:
    """Say so, or else the count came out right by accident."""
    return all(len(line.split()) in (0, 3) for line in lines)


def _entries_one_by_one(lines: list[str], first: int, size: int) -> npt.NDArray[np.float32]:
    entries: list[tuple[float, float, float]] = []
    count = size**3
    for number, line in enumerate(lines[first:], first + 1):
        words = words_of(line)
        if not words:
            continue
        if words[0].upper() in _KEYWORDS:
            text = f"expected {words[0][:20]} before the first colour"
            raise _wrong(FaultKind.LOOK_ORDER, number, text, got=words[0][:20])
        if len(entries) < count:
            entries.append(_triple(number, words))
        elif is_number(words[0]):
            text = f"expected {count} colours for size {size}, got more"
            raise _wrong(FaultKind.LOOK_COUNT, number, text, expected=str(count), got=f"> {count}")
    if len(entries) != count:
        text = f"expected {count} colours for size {size}, got {len(entries)}"
        raise _wrong(FaultKind.LOOK_COUNT, len(lines), text, expected=str(count), got=str(len(entries)))
    return np.array(entries, np.float32)


def cube_text(cube: Cube) -> str:
    """Return the text of a .cube file."""
    head = [f'TITLE "{cube.title}"', f"LUT_3D_SIZE {cube.size}"]
    head.append("DOMAIN_MIN {:g} {:g} {:g}".format(*cube.low))
    head.append("DOMAIN_MAX {:g} {:g} {:g}".format(*cube.high))
    body = [f"{red:.6f} {green:.6f} {blue:.6f}" for red, green, blue in cube.table.reshape(-1, 3).tolist()]
    return "\n".join([*head, *body, ""])


def grid(size: int) -> npt.NDArray[np.float32]:
    """Return the colours an identity table of this size has: float32 (size³, 3), red varying fastest."""
    steps = np.linspace(0, 1, size, dtype=np.float32)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    return np.stack([red, green, blue], axis=-1).reshape(-1, 3)
