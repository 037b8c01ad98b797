"""Evens out the delay of frames: a quick one waits for as long as the slower ones of late have taken.

Networks look for faces on some frames only, so frames take turns in being quick and slow. Delivered at once
they come unevenly, and who shows the newest on a beat of its own skips one and shows another twice.
"""

from collections import deque
from typing import Final

_WINDOW: Final = 24
"""Frames that count: of every kind of frame some, on the governor's last step too."""
_USUAL: Final = 0.85
"""Share of frames that take no longer than what is waited for; the slowest are accidents, not the rule."""
_LONGEST_WAIT_S: Final = 0.012
"""Evenness is worth no more than this, a third of a frame."""


class Pace:
    """Knows how long frames took of late. It keeps no clock and does not wait itself."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._taken_s: deque[float] = deque(maxlen=_WINDOW)

    def wait_s(self, taken_s: float) -> float:
        """Take note of a finished frame; return how long it should wait, in seconds, at most 12 ms.

        Args:
            taken_s: from when the frame came to when it was finished, in seconds.
        """
        self._taken_s.append(taken_s)
        if len(self._taken_s) < _WINDOW:
            return 0.0
        usual = sorted(self._taken_s)[int(_WINDOW * _USUAL)]
        return min(max(usual - taken_s, 0.0), _LONGEST_WAIT_S)
