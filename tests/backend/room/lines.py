"""Clients that are not there: what a room wrote to them can be looked at."""

import asyncio

from backend.contract.protocol import ServerMessage, decode_server_message
from backend.room.frames import Prepared


class FakeLine:
    """A client that reads at once, or as slowly as a test says."""

    has_work = False

    def __init__(self) -> None:
        self.sent: list[Prepared] = []
        self.cut_with: tuple[int, str] | None = None
        self.waiting_bytes = 0
        self.arrival = asyncio.Event()

    @property
    def is_cut(self) -> bool:
        return self.cut_with is not None

    def send(self, prepared: Prepared) -> None:
        self.sent.append(prepared)
        self.arrival.set()

    def cut(self, code: int, reason: str) -> None:
        self.cut_with = (code, reason)

    async def run(self) -> None:
        raise NotImplementedError

    @property
    def messages(self) -> list[ServerMessage]:
        return [decode_server_message(prepared.payload) for prepared in self.sent]
