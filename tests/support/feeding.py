"""The film, sent to an egress process as the relay's worker sends it."""

import asyncio

from backend.relay.outcomes import RelayProblem
from backend.relay.rtcp import build_sender_report
from backend.relay.rtp import build_rtp
from backend.relay.tap import HEADER, MEDIA, REPORTS, TapKind
from tests.support.film_rtp import film, reports


class Feeder:
    """Feeds one process the film, all at once, and hangs up.

    Args:
        seconds: how much of it.
    """

    def __init__(self, seconds: float = 2.0) -> None:
        self._seconds = seconds

    async def open(self, _room: str, port: int, secret: str) -> RelayProblem | None:
        """See `RelayClient.open_tap`."""
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(secret.encode())
        for kind, report in reports():
            _send(writer, REPORTS[kind], build_sender_report(report, 0, 0, b"test"))
        for sent in film(self._seconds):
            _send(writer, MEDIA[sent.kind], build_rtp(sent.packet))
        await writer.drain()
        writer.close()
        return None


def _send(writer: asyncio.StreamWriter, kind: TapKind, packet: bytes) -> None:
    writer.write(HEADER.pack(kind, len(packet)) + packet)
