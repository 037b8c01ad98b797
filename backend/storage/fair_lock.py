"""A lock that is had in the order in which it was asked for."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class LockTimeoutError(Exception):
    """The lock was not free in time."""


class FairLock:
    """Lets one thread after the other in, in their order; who lets go and asks again stands behind who waits.

    `threading.Lock` promises no order: a thread that never rests keeps it from all others.
    """

    def __init__(self) -> None:
        self._changing = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def held(self, within_s: float) -> Iterator[None]:
        """Hold the lock; raises `LockTimeoutError` where it is not free in so many seconds."""
        self._take(within_s)
        try:
            yield
        finally:
            with self._changing:
                self._hand_on()

    @property
    def waiting(self) -> int:
        """How many threads wait."""
        with self._changing:
            return len(self._waiting)

    def _take(self, within_s: float) -> None:
        turn = threading.Event()
        with self._changing:
            if not self._is_taken:
                self._is_taken = True
                return
            self._waiting.append(turn)
        if turn.wait(within_s):
            return
        with self._changing:
            if turn.is_set():
                self._hand_on()  # it came at the last moment
            else:
                self._waiting.remove(turn)
        raise LockTimeoutError

    def _hand_on(self) -> None:
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._is_taken = False
