"""Fragments of the film as a process would make them, without one: for tests of routes and of the player."""

import asyncio
import time

from backend.egress.egress_process import OnMade, OpenTap
from backend.egress.fragmenter import Fragment, Fragmenter
from backend.egress.messages import FragmentMade, InitMade
from backend.relay.outcomes import RelayProblem
from backend.relay.rtcp import SenderReport
from tests.support.film_rtp import BEGAN_S, film, reports

LONGEST_S = 120


class CannedEgress:
    """A relay with a stream, and the process that makes fragments of it.

    Attributes:
        has_stream: whether somebody publishes.
        begun: how many processes there were.
        at_once_s: so much of the film is made at once; the rest in its own time.
    """

    def __init__(self, size: tuple[int, int] = (180, 320)) -> None:
        self.size = size
        self.has_stream = False
        self.begun = 0
        self.at_once_s = 0.0
        self._cut = asyncio.Event()

    def is_publishing(self, _room: str) -> bool:
        """See `RelayClient`."""
        return self.has_stream

    async def open_tap(self, _room: str, _port: int, _secret: str) -> RelayProblem | None:
        """See `RelayClient`."""

    def cut(self) -> None:
        """Let the process that runs die."""
        self._cut.set()

    async def run(self, _room: str, _open_tap: OpenTap, on_made: OnMade) -> None:
        """See `run_egress`."""
        self.begun += 1
        self._cut = asyncio.Event()
        fragmenter = Fragmenter()
        began_s = time.time() - self.at_once_s
        for kind, (ssrc, ntp, rtp_time) in reports():
            shifted = SenderReport(ssrc, ntp + int((began_s - BEGAN_S) * (1 << 32)), rtp_time)
            fragmenter.on_report(kind, shifted)
        for sent in film(LONGEST_S, self.size):
            due_s = sent.at_s - BEGAN_S + began_s
            if due_s > time.time():
                await self._until(due_s)
            if self._cut.is_set():
                return
            for made in fragmenter.on_packet(sent.kind, sent.packet, due_s):
                on_made(FragmentMade(*made) if isinstance(made, Fragment) else InitMade(made.data))

    async def _until(self, due_s: float) -> None:
        try:
            async with asyncio.timeout(max(0.0, due_s - time.time())):
                await self._cut.wait()
        except TimeoutError:
            pass
