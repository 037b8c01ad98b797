"""What providers gave to pay by, for as long as it is good: a cashier's page may be loaded often."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final

MOST_KEPT: Final = 1_000


class LinkCache:
    """Links to pay by, in memory alone; of too many the oldest is forgotten.

    Args:
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, clock_ms: Callable[[], int], *, most: int = MOST_KEPT) -> None:
        self._clock_ms = clock_ms
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[str, int]] = OrderedDict()

    def find(self, key: Hashable) -> str | None:
        """Return what is kept and still good; None where nothing is."""
        text, until_ms = self._kept.get(key, ("", 0))
        return text if until_ms > self._clock_ms() else None

    def save(self, key: Hashable, text: str, good_for_ms: int) -> str:
        """Keep a link for so long, and return it."""
        self._kept[key] = (text, self._clock_ms() + good_for_ms)
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return text
