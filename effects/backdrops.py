"""What can stand behind the person: a picture, a looping video, a colour."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Final

import av.error
import cv2
import numpy as np
from typing_extensions import override

from effects.files.film import Film, FilmError, FilmTooLargeError
from effects.files.frames import Size
from effects.files.stills import MOST_DECODED_BYTES, StillError, StillTooLargeError, read_still, still_content
from effects.filter import EffectError
from effects.frame import Frame
from effects.params import Fault, FaultKind

_ENOUGH: Final = (1920, 1920)
"""Pictures are kept as large as the largest canvas needs, whichever way it stands."""
_LONGEST_PAUSE_S: Final = 2.0
_SHORTEST_S: Final = 0.04
_EXPECTED: Final = {
    FaultKind.UNREADABLE: "expected a file that can be read",
    FaultKind.TOO_LARGE: "expected a smaller picture",
    FaultKind.NOT_A_PICTURE: "expected a picture",
    FaultKind.NOT_A_VIDEO: "expected a video",
}
_UNREAD: Final = (OSError, FilmError, av.error.FFmpegError)
_MOST_SKIPPED: Final = 4
"""Frames of a video that are passed over at once to catch up; a slow machine then shows it slower."""


class Fit(Enum):
    """How a picture of another shape is put behind: cut to fill all, or whole with its blur beside it."""

    FILL = "fill"
    WHOLE = "whole"


class Backdrop(ABC):
    """Something to stand behind. Belongs to the thread that asks for it."""

    @abstractmethod
    def at(self, size: Size, time_s: float) -> Frame:
        """Return it at this size and moment: BGR uint8; only to be read, and only until it is asked again."""


class Still(Backdrop):
    """A picture that stays: fitted once for each size."""

    def __init__(self, make: Callable[[Size], Frame]) -> None:
        """Have `make` draw or fit it when the size is known."""
        self._make = make
        self._made: Frame | None = None

    @override
    def at(self, size: Size, time_s: float) -> Frame:
        """Return the picture at this size."""
        if self._made is None or self._made.shape[1::-1] != size:
            self._made = self._make(size)
        return self._made


class VideoLoop(Backdrop):
    """A video without its sound, over and over, in its own time."""

    def __init__(self, path: Path, fit: Fit) -> None:
        """Open the file and read its first frame.

        Raises:
            EffectError: it is not a video that can be read.
        """
        self._path = path
        self._fit = fit
        try:
            self._film = Film(path, _ENOUGH, threads=1)
        except _UNREAD as error:
            raise _unusable(path, _kind_of(error, FaultKind.NOT_A_VIDEO)) from error
        self._pictures = self._film.pictures()
        first = next(self._pictures, None)
        if first is None:
            raise _unusable(path, FaultKind.NOT_A_VIDEO)
        self._picture = first.image
        self._coming = next(self._pictures, None)
        self._is_moving = self._coming is not None
        self._begin_s: float | None = None
        self._asked_s = 0.0
        self._fitted: Frame | None = None

    @override
    def at(self, size: Size, time_s: float) -> Frame:
        """Return the frame of this moment."""
        is_new = self._advance(time_s)
        if self._fitted is None or self._fitted.shape[1::-1] != size:
            self._fitted = np.empty((size[1], size[0], 3), np.uint8)
            is_new = True
        if is_new:
            fit_into(self._picture, self._fitted, self._fit)
        return self._fitted

    def _advance(self, time_s: float) -> bool:
        """Read on to this moment; say whether there is another frame than before."""
        passed_s, self._asked_s = time_s - self._asked_s, time_s
        if self._begin_s is None:
            self._begin_s = time_s
        elif abs(passed_s) > _LONGEST_PAUSE_S:  # the source stood still
            self._begin_s += passed_s
        steps = 0
        while self._is_moving and (late_s := time_s - self._begin_s - self._due_s()) >= 0:
            if steps == _MOST_SKIPPED:
                self._begin_s += late_s
                break
            self._step()
            steps += 1
        return steps > 0

    def _due_s(self) -> float:
        """When the next picture is due: after the last the first one comes again."""
        return self._coming.due_s if self._coming is not None else max(self._film.over_s, _SHORTEST_S)

    def _step(self) -> None:
        if self._coming is None:
            self._begin_again()
        if self._coming is not None:
            self._picture = self._coming.image
            self._coming = next(self._pictures, None)

    def _begin_again(self) -> None:
        self._begin_s = (self._begin_s or 0.0) + self._due_s()
        self._film.close()
        try:
            self._film = Film(self._path, _ENOUGH, threads=1)
        except _UNREAD:  # it was taken away, or overwritten: its last picture stays
            self._is_moving = False
            return
        self._pictures = self._film.pictures()
        self._coming = next(self._pictures, None)
        self._is_moving = self._coming is not None


def picture_backdrop(path: Path, fit: Fit) -> Still:
    """Read a picture from a file.

    Raises:
        EffectError: it is not a picture that can be read.
    """
    kept = _picture(path)

    def make(size: Size) -> Frame:
        result = np.empty((size[1], size[0], 3), np.uint8)
        fit_into(kept, result, fit)
        return result

    return Still(make)


def _picture(path: Path) -> Frame:
    """Return the picture in a file: a still, or the first one of what moves."""
    try:
        content = still_content(path)
        if content is not None:
            return read_still(content, _ENOUGH)
        with Film(path, _ENOUGH, threads=1) as film:
            first = next(film.pictures(), None)
    except (*_UNREAD, StillError) as error:
        raise _unusable(path, _kind_of(error, FaultKind.NOT_A_PICTURE)) from error
    if first is None:
        raise _unusable(path, FaultKind.NOT_A_PICTURE)
    return first.image


def _kind_of(error: Exception, otherwise: FaultKind) -> FaultKind:
    """Return why a file could not be read, or else what it is not."""
    if isinstance(error, StillTooLargeError | FilmTooLargeError):
        return FaultKind.TOO_LARGE
    is_of_the_file = isinstance(error, OSError) and not isinstance(error, av.error.FFmpegError)
    return FaultKind.UNREADABLE if is_of_the_file else otherwise


def _unusable(path: Path, kind: FaultKind) -> EffectError:
    text = f"{_EXPECTED[kind]}, got {path.name}"
    return EffectError(text, Fault(kind, text, path.name, expected=f"{MOST_DECODED_BYTES >> 20} MB"))


def color_backdrop(bgr: tuple[int, int, int]) -> Still:
    """Return one colour everywhere."""
    return Still(lambda size: np.full((size[1], size[0], 3), bgr, np.uint8))


def fit_into(picture: Frame, result: Frame, fit: Fit) -> None:
    """Write a picture of any size into `result`, its shape kept, in the middle."""
    height, width = result.shape[:2]
    tall, wide = picture.shape[:2]
    scales = (width / wide, height / tall)
    if fit is Fit.FILL:
        cut_w, cut_h = min(wide, round(width / max(scales))), min(tall, round(height / max(scales)))
        left, top = (wide - cut_w) // 2, (tall - cut_h) // 2
        part = picture[top : top + max(1, cut_h), left : left + max(1, cut_w)]
        cv2.resize(part, (width, height), dst=result, interpolation=_interpolation(max(scales)))
        return
    fit_into(cv2.blur(picture, (1 + wide // 8, 1 + tall // 8)).astype(np.uint8), result, Fit.FILL)
    whole = max(1, round(wide * min(scales))), max(1, round(tall * min(scales)))
    left, top = (width - whole[0]) // 2, (height - whole[1]) // 2
    scaled = cv2.resize(picture, whole, interpolation=_interpolation(min(scales)))
    result[top : top + whole[1], left : left + whole[0]] = scaled


def _interpolation(scale: float) -> int:
    return cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
