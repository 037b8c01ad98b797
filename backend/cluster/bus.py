"""The bus between nodes: messages to subjects, in order, to whoever listens at that moment."""

from collections.abc import Awaitable, Callable
from typing import Protocol

Heard = Callable[[bytes], None]
Asked = Callable[[bytes], Awaitable[bytes]]


class BusError(Exception):
    """Nobody answered over the bus, or it is out of reach."""


class Listening(Protocol):
    """A subject that is listened to."""

    async def stop(self) -> None:
        """Listen no more."""


class Bus(Protocol):
    """What nodes speak over. Messages of one sender to one subject arrive in their order, or not at all."""

    @property
    def waiting_bytes(self) -> int:
        """How much was sent and has not left this process."""

    def send(self, subject: str, payload: bytes) -> None:
        """Send to all who listen now; never waits."""

    async def listen(self, subject: str, heard: Heard) -> Listening:
        """Call `heard` with each message, one after the other; listening has begun when this returns."""

    async def answer(self, subject: str, asked: Asked) -> None:
        """Answer each request, several at a time; listening has begun when this returns."""

    async def ask(self, subject: str, payload: bytes) -> bytes:
        """Ask and return the answer; raise `BusError` where none comes within 3 s."""
