"""Hands what viewers of a room get to one program on this machine: RTP undecoded, and sender reports.

Over TCP on 127.0.0.1: the secret, then frames of kind (one byte), length (16 bit, network order) and packet.
Who reads too slowly loses packets; nobody else waits for them.
"""

import asyncio
import struct
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Final

from typing_extensions import override

HEADER: Final = struct.Struct("!BH")
# Some 6 s of a stream of 8 Mbit/s.
MOST_WAITING_BYTES: Final = 6 * 1024 * 1024
REPORT_EVERY_S: Final = 1.0


class TapKind(IntEnum):
    """What a frame holds."""

    VIDEO = 0
    AUDIO = 1
    VIDEO_REPORT = 2
    AUDIO_REPORT = 3


MEDIA: Final = {"video": TapKind.VIDEO, "audio": TapKind.AUDIO}
REPORTS: Final = {"video": TapKind.VIDEO_REPORT, "audio": TapKind.AUDIO_REPORT}


class Tap(asyncio.Protocol):
    """One listener's connection; make it with `loop.create_connection`.

    Args:
        secret: shown first.
        on_open: called when it is connected.
        on_closed: called when it is not any more.
    """

    def __init__(
        self, secret: str, on_open: Callable[["Tap"], None], on_closed: Callable[["Tap"], None]
    ) -> None:
        self._secret = secret
        self._on_open = on_open
        self._on_closed = on_closed
        self._transport: asyncio.Transport | None = None
        self._reported_at = 0.0
        self._is_behind = False

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Show the secret."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            transport.write(self._secret.encode())
            self._on_open(self)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the room."""
        self._on_closed(self)

    def send(self, kind: TapKind, packets: Sequence[bytes]) -> None:
        """Send packets; throw them away where the listener is too far behind."""
        if self._transport is None or self._transport.is_closing():
            return
        waiting = self._transport.get_write_buffer_size()
        # Once behind it must catch up first: a listener that gets every other packet can use none.
        self._is_behind = waiting > (MOST_WAITING_BYTES // 2 if self._is_behind else MOST_WAITING_BYTES)
        if not self._is_behind:
            self._transport.write(b"".join(HEADER.pack(kind, len(one)) + one for one in packets))

    def is_report_due(self, now: float) -> bool:
        """Whether a second is over since the last time; then it counts from now."""
        if now - self._reported_at < REPORT_EVERY_S:
            return False
        self._reported_at = now
        return True

    def close(self) -> None:
        """End it."""
        if self._transport is not None:
            self._transport.close()
