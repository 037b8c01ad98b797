"""One peer's transport: ICE-lite, DTLS, SRTP. What the media means is its `PeerEvents`' business."""

import logging
import secrets
from typing import Final, Protocol

from backend.relay.answer import Local, dtls_role
from backend.relay.dtls import DtlsIdentity, DtlsSession, DtlsState
from backend.relay.fanout import Address
from backend.relay.libsrtp import MAX_PLAIN_BYTES, SrtpReceiver, SrtpSender
from backend.relay.network import Endpoint, Network
from backend.relay.rtp import is_rtcp
from backend.relay.sdp import Offer

logger = logging.getLogger("livestall.relay")

# RFC 7675 §5.1: consent lasts 30 s after the last check.
CONSENT_S: Final = 30.0
CONNECT_S: Final = 15.0
# A handshake takes a few kilobytes; more is an attempt to keep us busy.
HANDSHAKE_BYTES_LIMIT: Final = 64 * 1024


class PeerEvents(Protocol):
    """What a peer tells its owner."""

    def on_connected(self) -> None:
        """Keys are there: media can flow."""

    def on_path_changed(self) -> None:
        """The peer is reached another way from now on."""

    def on_rtp(self, packet: bytes, now: float) -> None:
        """A decrypted RTP packet."""

    def on_rtcp(self, packet: bytes, now: float) -> None:
        """A decrypted RTCP packet."""

    def on_closed(self, reason: str) -> None:
        """It is over; called once."""


class Peer:
    """A transport; see the module.

    Attributes:
        resource_id: names it over HTTP; cannot be guessed.
        endpoint, address: the way to it; None before it proved one.
        sender: encrypts for it; None before the handshake's end.
        heard_at: when it last proved to be at the end of this way (monotonic seconds).
        handshake_s: how long the handshake took from its first datagram: one round trip, and its work.
    """

    def __init__(
        self, network: Network, identity: DtlsIdentity, offer: Offer, events: PeerEvents, now: float
    ) -> None:
        self.resource_id = secrets.token_urlsafe(16)
        self.remote_ufrag = offer.ufrag
        self.local_ufrag = secrets.token_hex(4)
        self._password = secrets.token_hex(16)
        self.local_password = self._password.encode()
        self.endpoint: Endpoint | None = None
        self.address: Address | None = None
        self.sender: SrtpSender | None = None
        self.created_at = now
        self.heard_at = now
        self.handshake_s = 0.0
        self.is_closed = False
        self._receiver: SrtpReceiver | None = None
        self._network = network
        self._events = events
        self._identity = identity
        self._dtls = DtlsSession(identity, dtls_role(offer), offer.fingerprints)
        self._handshake_bytes = 0
        self._handshake_began: float | None = None
        self._other: tuple[Endpoint, Address] | None = None
        self._is_elsewhere = False
        network.register(self.local_ufrag, self)

    @property
    def is_connected(self) -> bool:
        """Whether media can flow."""
        return self.sender is not None and not self.is_closed

    @property
    def is_pending(self) -> bool:
        """Whether it is still on its way: neither connected nor closed."""
        return self.sender is None and not self.is_closed

    def local(self, asker: str = "") -> Local:
        """Our side, for the SDP answer to who asked from this address."""
        candidates = self._network.candidates(asker)
        return Local(self.local_ufrag, self._password, self._identity.fingerprint, candidates)

    def has_path(self) -> bool:
        """See `PacketHandler`."""
        return self.address is not None

    def on_path(self, endpoint: Endpoint, address: Address, now: float) -> None:
        """See `PacketHandler`."""
        if self.endpoint is endpoint and self.address == address:
            return
        is_first = self.address is None
        self._leave_path()
        self._leave_other()
        self.endpoint, self.address = endpoint, address
        if is_first:
            began = self._dtls.start()
            self._handshake_began = now if began else None
            self._transmit(began)
        elif self.is_connected:
            self._events.on_path_changed()

    def _leave_path(self) -> None:
        """Give the address back, unless another peer has it by now."""
        if self.endpoint is None or self.address is None:
            return
        if self.endpoint.peers.get(self.address) is self:
            del self.endpoint.peers[self.address]

    def on_other_path(self, endpoint: Endpoint, address: Address) -> bool:
        """See `PacketHandler`."""
        if self._other != (endpoint, address):
            self._leave_other()
            self._other = (endpoint, address)
            endpoint.others[address] = self
        return not self._is_elsewhere

    def on_elsewhere(self) -> None:
        """See `PacketHandler`."""
        self._is_elsewhere = True

    def _leave_other(self) -> None:
        if self._other is not None and self._other[0].others.get(self._other[1]) is self:
            del self._other[0].others[self._other[1]]
        self._other = None
        self._is_elsewhere = False

    def on_dtls(self, datagram: bytes, now: float) -> None:
        """See `PacketHandler`."""
        if self._dtls.state is DtlsState.HANDSHAKE:
            self._handshake_began = now if self._handshake_began is None else self._handshake_began
            self._handshake_bytes += len(datagram)
            if self._handshake_bytes > HANDSHAKE_BYTES_LIMIT:
                self.close("handshake_flood")
                return
        self._transmit(self._dtls.receive(datagram))
        self._follow_handshake(now)

    def _follow_handshake(self, now: float) -> None:
        state, keys = self._dtls.state, self._dtls.keys
        if state is DtlsState.FAILED:
            logger.info("peer %s: %s", self.resource_id, self._dtls.failure)
            self.close("handshake_failed")
        elif state is DtlsState.CLOSED:
            self.close("closed_by_peer")
        elif keys is not None and self.sender is None:
            self.sender, self._receiver = SrtpSender(keys), SrtpReceiver(keys)
            self.handshake_s = now - (now if self._handshake_began is None else self._handshake_began)
            self._events.on_connected()

    def on_srtp(self, datagram: bytes, now: float) -> None:
        """See `PacketHandler`."""
        if self._receiver is None:
            return
        if is_rtcp(datagram):
            packet = self._receiver.unprotect_rtcp(datagram)
            if packet is not None:
                self.heard_at = now
                self._events.on_rtcp(packet, now)
            return
        packet = self._receiver.unprotect(datagram)
        if packet is not None:
            self.heard_at = now
            self._events.on_rtp(packet, now)

    def send_rtp(self, packet: bytes) -> None:
        """Encrypt and send one packet; nothing before the handshake's end."""
        if self.sender is not None and len(packet) <= MAX_PLAIN_BYTES:
            self._transmit_one(self.sender.protect(packet))

    def send_rtcp(self, packet: bytes) -> None:
        """Encrypt and send a compound packet; nothing before the handshake's end."""
        if self.sender is not None:
            self._transmit_one(self.sender.protect_rtcp(packet))

    def on_timer(self, now: float) -> None:
        """Resend what the handshake lost; end what nobody answers. Call it about every 100 ms."""
        if not self.is_connected:
            # Of many who knock most never prove a way: there is no handshake to look after.
            if self.address is not None:
                self._transmit(self._dtls.on_timer())
                self._follow_handshake(now)
            if now - self.created_at > CONNECT_S:
                self.close("never_connected")
        elif now - self.heard_at > CONSENT_S:
            self.close("consent_expired")

    def close(self, reason: str) -> None:
        """End it, telling the peer if it can be told; a second time nothing happens."""
        if self.is_closed:
            return
        self._transmit(self._dtls.close())
        self.is_closed = True
        self._network.unregister(self.local_ufrag)
        self._leave_path()
        self._leave_other()
        self._events.on_closed(reason)

    def _transmit(self, datagrams: list[bytes]) -> None:
        for datagram in datagrams:
            self._transmit_one(datagram)

    def _transmit_one(self, datagram: bytes | None) -> None:
        if (
            datagram is not None
            and self.endpoint is not None
            and self.address is not None
            and not self.is_closed
        ):
            self.endpoint.send(datagram, self.address)
