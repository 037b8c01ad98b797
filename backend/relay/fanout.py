"""Sending the same packets to many: the interface, and the engine that works everywhere."""

import socket
from collections.abc import Sequence
from typing import Protocol

from backend.relay.libsrtp import SrtpSender
from backend.relay.loss import Loss
from backend.relay.messages import FanEngine

Address = tuple[str, int]


class Receiver:
    """Where packets go for one peer, and how they are encrypted on the way.

    Attributes:
        sender: the peer's SRTP.
        address: its address and port.
        native: for an engine to keep what it computed from the address.
        dropped: packets the system would not take.
    """

    __slots__ = ("address", "dropped", "native", "sender")

    def __init__(self, sender: SrtpSender, address: Address) -> None:
        self.sender = sender
        self.address = address
        self.native: object = None
        self.dropped = 0


class FanOut(Protocol):
    """Sends packets to receivers; one engine a worker.

    Attributes:
        sent: packets handed to the system.
        dropped: packets it would not take.
    """

    name: FanEngine
    sent: int
    dropped: int

    def send(
        self, sock: socket.socket, packets: Sequence[bytes], tag_bytes: int, receivers: Sequence[Receiver]
    ) -> None:
        """Encrypt every packet for every receiver and send it; what is refused is dropped and counted.

        Args:
            sock: a non-blocking UDP socket.
            packets: plain RTP, at most 1,352 bytes each, in order.
            tag_bytes: the length of the authentication tag of all these receivers.
            receivers: at least one.
        """


class SendtoFanOut:
    """One system call a packet: for Windows, macOS, and tests that lose packets on purpose."""

    name = FanEngine.SENDTO

    def __init__(self, loss: Loss) -> None:
        self.sent = 0
        self.dropped = 0
        self._loss = loss

    def send(
        self, sock: socket.socket, packets: Sequence[bytes], tag_bytes: int, receivers: Sequence[Receiver]
    ) -> None:
        """See `FanOut.send`."""
        del tag_bytes
        for receiver in receivers:
            for packet in packets:
                self._send_one(sock, packet, receiver)

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
