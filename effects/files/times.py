"""When the pictures and sounds of a file are due, whatever the numbers written in it do."""

from typing import Final

_MOST_BACK_S: Final = 0.5
_TOGETHER_S: Final = 5.0
_APART_S: Final = 1.0


class Jumps:
    """Where the times of a file jump: found by one of its streams, of use to the other."""

    def __init__(self) -> None:
        self._found: list[tuple[float, float]] = []

    def offset(self, raw_s: float, due_s: float) -> float:
        """Return what is to be taken off from `raw_s` on, so that it comes out at `due_s` or close by.

        Where the other stream jumped to about the same time, both stay together.
        """
        for found_s, offset in reversed(self._found):
            if abs(found_s - raw_s) < _TOGETHER_S and abs(raw_s - offset - due_s) < _APART_S:
                return offset
        offset = raw_s - due_s
        self._found.append((raw_s, offset))
        return offset


class Times:
    """When what one stream holds is due, in seconds from the beginning of the file; never backwards.

    Args:
        begin_s: the time written in the file for its beginning.
        longest_gap_s: a longer one is a jump, to be passed over.
        jumps: shared by the streams of a file.
    """

    def __init__(self, begin_s: float, longest_gap_s: float, jumps: Jumps) -> None:
        self._offset = begin_s
        self._longest_gap_s = longest_gap_s
        self._jumps = jumps
        self._last_s = 0.0
        self._over_s = 0.0

    @property
    def over_s(self) -> float:
        """When the last one is over."""
        return self._over_s

    def due(self, raw_s: float | None, length_s: float) -> float:
        """Return when the next one is due.

        Args:
            raw_s: the time written in the file; None where none is: it then follows the one before.
            length_s: how long it lasts.
        """
        due_s = self._over_s if raw_s is None else raw_s - self._offset
        if raw_s is not None and not -_MOST_BACK_S <= due_s - self._last_s <= self._most_ahead_s():
            self._offset = self._jumps.offset(raw_s, self._over_s)
            due_s = raw_s - self._offset
        self._last_s = max(due_s, self._last_s)
        self._over_s = max(self._over_s, self._last_s + length_s)
        return self._last_s

    def _most_ahead_s(self) -> float:
        return self._over_s - self._last_s + self._longest_gap_s
