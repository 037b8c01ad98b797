"""Sending the same packets to many: the interface, and the engine that works everywhere."""

import socket
from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from backend.relay.libsrtp import SrtpSender
from backend.relay.loss import Loss
from backend.relay.messages import FanEngine
from backend.relay.rtp import shifted

Address = tuple[str, int]


class Shift(NamedTuple):
    """How far a viewer's numbers (16 bits) and times (32 bits) are ahead of those of the track it gets."""

    numbers: int
    time: int


NO_SHIFT: Final = Shift(0, 0)


class Receiver:
    """Where packets go for one peer, and how they are encrypted on the way.

    Attributes:
        sender: the peer's SRTP.
        address: its address and port.
        shift: of the numbers and times of what it gets; change it in no audience.
        dropped: packets the system would not take.
    """

    __slots__ = ("address", "dropped", "sender", "shift")

    def __init__(self, sender: SrtpSender, address: Address) -> None:
        self.sender = sender
        self.address = address
        self.shift = NO_SHIFT
        self.dropped = 0


class Audience:
    """Receivers that get the same bytes, over the same socket, with tags of the same length.

    Either all have `NO_SHIFT`, or each a shift of its own.

    Attributes:
        socket: non-blocking UDP.
        payload_type: what the packets go by with all of them.
        tag_bytes: the length of their authentication tag.
        receivers: in the order they came; change it by `add` and `remove` alone.
        native: what an engine computed from the receivers; forgotten when they change.
    """

    __slots__ = ("native", "payload_type", "receivers", "socket", "tag_bytes")

    def __init__(self, sock: socket.socket, payload_type: int, tag_bytes: int) -> None:
        self.socket = sock
        self.payload_type = payload_type
        self.tag_bytes = tag_bytes
        self.receivers: list[Receiver] = []
        self.native: object = None

    def add(self, receiver: Receiver) -> None:
        """Count a viewer in."""
        self.receivers.append(receiver)
        self.native = None

    def remove(self, receiver: Receiver) -> None:
        """Count a viewer out.

        Raises:
            ValueError: it is not there.
        """
        self.receivers.remove(receiver)
        self.native = None

    @property
    def is_shifted(self) -> bool:
        """Whether numbers and times are rewritten for each receiver."""
        return bool(self.receivers) and self.receivers[0].shift != NO_SHIFT


class FanOut(Protocol):
    """Sends packets to receivers; one engine a worker.

    Attributes:
        sent: packets handed to the system.
        dropped: packets it would not take.
    """

    name: FanEngine
    sent: int
    dropped: int

    def send(self, audience: Audience, packets: Sequence[bytes]) -> None:
        """Encrypt every packet for every receiver and send it; what is refused is dropped and counted.

        Args:
            audience: at least one receiver.
            packets: plain RTP under the audience's payload type, at most 1,352 bytes each, in order.
        """


class SendtoFanOut:
    """One system call a packet: for Windows, macOS, and tests that lose packets on purpose."""

    name = FanEngine.SENDTO

    def __init__(self, loss: Loss) -> None:
        self.sent = 0
        self.dropped = 0
        self._loss = loss

    def send(self, audience: Audience, packets: Sequence[bytes]) -> None:
        """See `FanOut.send`."""
        is_shifted = audience.is_shifted
        for receiver in audience.receivers:
            for packet in packets:
                own = shifted(packet, *receiver.shift) if is_shifted else packet
                self._send_one(audience.socket, own, receiver)

    def _send_one(self, sock: socket.socket, packet: bytes, receiver: Receiver) -> None:
        protected = receiver.sender.protect(packet)
        if protected is None:
            self._drop(receiver)
            return
        if self._loss.strikes():
            return
        try:
            sock.sendto(protected, receiver.address)
        except OSError:
            self._drop(receiver)
        else:
            self.sent += 1

    def _drop(self, receiver: Receiver) -> None:
        receiver.dropped += 1
        self.dropped += 1
