"""Lines at a room's owner that stand for the viewers on other nodes."""

from collections.abc import Callable

from backend.cluster.messages import AttachAgain, CutLine, DownMessage, FanoutBatch, ToLine
from backend.room.frames import Prepared

Send = Callable[[DownMessage], None]


class NodeLine:
    """Takes the events for all, once for everybody on one node.

    Args:
        send: sends to that node.
        waiting: how many bytes have not left yet.
    """

    has_work = False

    def __init__(self, send: Send, waiting: Callable[[], int]) -> None:
        self._send = send
        self._waiting = waiting
        self._is_cut = False

    @property
    def waiting_bytes(self) -> int:
        """See `Line.waiting_bytes`."""
        return self._waiting()

    @property
    def is_cut(self) -> bool:
        """See `Line.is_cut`."""
        return self._is_cut

    def send(self, prepared: Prepared) -> None:
        """See `Line.send`."""
        if not self._is_cut:
            self._send(FanoutBatch([prepared.payload]))

    def cut(self, code: int, reason: str) -> None:
        """Let the node attach again, from what it has: it is too far behind."""
        if not self._is_cut:
            self._is_cut = True
            self._send(AttachAgain())

    async def run(self) -> None:
        """See `Line.run`; there is nothing to do."""


class DistantLine:
    """Takes what is private to a user on another node."""

    has_work = False
    waiting_bytes = 0

    def __init__(self, line_id: int, send: Send) -> None:
        self._line_id = line_id
        self._send = send
        self._is_cut = False

    @property
    def is_cut(self) -> bool:
        """See `Line.is_cut`."""
        return self._is_cut

    def send(self, prepared: Prepared) -> None:
        """See `Line.send`."""
        if not self._is_cut:
            self._send(ToLine(self._line_id, prepared.payload))

    def cut(self, code: int, reason: str) -> None:
        """See `Line.cut`."""
        if not self._is_cut:
            self._is_cut = True
            self._send(CutLine(self._line_id, code, reason))

    async def run(self) -> None:
        """See `Line.run`; there is nothing to do."""
