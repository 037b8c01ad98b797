"""A bus in memory, whose messages a test delivers, reads or loses."""

import asyncio
from collections.abc import Awaitable, Callable

Heard = Callable[[bytes], None]
Asked = Callable[[bytes], Awaitable[bytes]]


class MemoryBus:
    """Delivers when `deliver` is called.

    Attributes:
        waiting: what was sent and not delivered yet.
        has_sent: set by each `send`.
    """

    waiting_bytes = 0

    def __init__(self) -> None:
        self.waiting: list[tuple[str, bytes]] = []
        self.has_sent = asyncio.Event()
        self._heard: dict[str, list[Heard]] = {}

    def send(self, subject: str, payload: bytes) -> None:
        self.waiting.append((subject, payload))
        self.has_sent.set()

    async def listen(self, subject: str, heard: Heard) -> "MemoryBus":
        self._heard.setdefault(subject, []).append(heard)
        return self

    async def stop(self) -> None:
        """Nothing has to be undone."""

    async def answer(self, subject: str, asked: Asked) -> None:
        raise NotImplementedError

    async def ask(self, subject: str, payload: bytes) -> bytes:
        raise NotImplementedError

    def take(self) -> list[tuple[str, bytes]]:
        """Hand over what waits."""
        waiting, self.waiting = self.waiting, []
        return waiting

    def deliver(self) -> None:
        """Deliver what waits; what that causes waits then."""
        for subject, payload in self.take():
            for heard in self._heard.get(subject, ()):
                heard(payload)
