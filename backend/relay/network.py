"""The relay's one UDP port: a socket an address, datagrams told apart and handed to peers (RFC 7983, 8445).

A wildcard socket would answer from an address of the kernel's choice, which peers drop: so each advertised
address has its own socket, all on the same port.
"""

import asyncio
import logging
import socket
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from backend.relay.addresses import is_loopback
from backend.relay.fanout import Address
from backend.relay.loss import Loss
from backend.relay.rtp import is_rtcp
from backend.relay.stun import BindingRequest, build_binding_success, parse_binding_request

logger = logging.getLogger("livestall.relay")

BUFFER_BYTES: Final = 4 << 20
MAX_DATAGRAM_BYTES: Final = 2048
DATAGRAMS_A_TURN: Final = 256
BIND_TRIES: Final = 20
# An address is not taken from a peer that was heard from this recently.
OWNER_SILENT_S: Final = 5.0
# A peer that proves another way without nominating it is followed once its old one was silent for so long.
# Browsers check theirs every 2.5 s, and report every second.
PATH_SILENT_S: Final = 3.0


class Endpoint:
    """One socket and the peers behind it.

    Attributes:
        host: the address that it is bound to.
        is_told: whether newcomers are told of it; else the machine has it no more.
        peers: by their address.
        others: peers by an address that they proved and did not nominate, while they are heard elsewhere.
    """

    def __init__(self, sock: socket.socket, host: str, loss_out: Loss) -> None:
        self.socket = sock
        self.host = host
        self.is_told = True
        self.peers: dict[Address, PacketHandler] = {}
        self.others: dict[Address, PacketHandler] = {}
        self.sent = 0
        self.dropped = 0
        self._loss_out = loss_out

    def send(self, datagram: bytes, address: Address) -> None:
        """Send it or drop it."""
        if self._loss_out.rate and datagram[0] >= 128 and not is_rtcp(datagram) and self._loss_out.strikes():
            return
        try:
            self.socket.sendto(datagram, address)
        except OSError:
            self.dropped += 1
        else:
            self.sent += 1


class PacketHandler(Protocol):
    """A peer as the network sees it."""

    local_password: bytes
    remote_ufrag: str
    heard_at: float

    def on_dtls(self, datagram: bytes, now: float) -> None:
        """A datagram of the handshake."""

    def on_srtp(self, datagram: bytes, now: float) -> None:
        """Media or RTCP, still encrypted, at least two bytes."""

    def on_path(self, endpoint: Endpoint, address: Address, now: float) -> None:
        """The peer proved that it is reached this way, and wants to be."""

    def on_other_path(self, endpoint: Endpoint, address: Address) -> bool:
        """The peer proved another way, and is still heard on its own; whether to answer."""

    def on_elsewhere(self) -> None:
        """It sends by that other way, where nothing of it can be taken: its checks there get no answer."""

    def has_path(self) -> bool:
        """Whether there is a way already."""


class Network:
    """All sockets; see the module.

    Args:
        endpoints: at least one.
        advertise: addresses that peers are told beside those of the sockets, and before them.
        loss_out: of sockets that are opened later.

    Attributes:
        port: the one UDP port.
        received: datagrams that came.
        refused: those that belonged to nobody or were malformed.
    """

    def __init__(
        self,
        endpoints: Sequence[Endpoint],
        loss_in: Loss,
        on_drained: Callable[[float], None],
        advertise: Sequence[str] = (),
        loss_out: Loss | None = None,
    ) -> None:
        self.endpoints = list(endpoints)
        self.port: int = self.endpoints[0].socket.getsockname()[1]
        self.received = 0
        self.refused = 0
        self._handlers: dict[str, PacketHandler] = {}
        self._loss_in = loss_in
        self._on_drained = on_drained
        self._advertise = tuple(advertise)
        self._loss_out = loss_out or Loss(0, 0)
        self._closed_sent = self._closed_dropped = 0
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def sent(self) -> int:
        """Datagrams that left one by one, since the start."""
        return self._closed_sent + sum(endpoint.sent for endpoint in self.endpoints)

    @property
    def dropped(self) -> int:
        """Those that the system would not take."""
        return self._closed_dropped + sum(endpoint.dropped for endpoint in self.endpoints)

    def candidates(self, asker: str = "") -> list[tuple[str, int]]:
        """What a peer is told that asked from this address, the best first.

        One on this machine is told loopback first: no change of networks takes that from it.
        """
        own = [endpoint.host for endpoint in self.endpoints if endpoint.is_told]
        hosts = list(dict.fromkeys((*self._advertise, *own)))
        if is_loopback(asker):
            hosts.sort(key=is_loopback, reverse=True)
        return [(host, self.port) for host in hosts]

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to read. Needs a selector loop (not Windows' proactor)."""
        self._loop = loop
        for endpoint in self.endpoints:
            loop.add_reader(endpoint.socket, self._on_readable, endpoint)

    def stop(self, loop: asyncio.AbstractEventLoop) -> None:
        """Close the sockets."""
        for endpoint in self.endpoints:
            loop.remove_reader(endpoint.socket)
            endpoint.socket.close()

    def listen_on(self, hosts: Sequence[str]) -> list[str]:
        """Follow the machine to these addresses, the best first; return why some cannot be listened on.

        A socket whose address is gone serves its peers until they have left: it may come back before.
        """
        known = {endpoint.host: endpoint for endpoint in self.endpoints}
        problems = []
        for host in hosts:
            if host not in known:
                try:
                    known[host] = self._open(host)
                except OSError as error:
                    problems.append(str(error))
        for host, endpoint in known.items():
            endpoint.is_told = host in hosts
        order = {host: index for index, host in enumerate(hosts)}
        self.endpoints = sorted(known.values(), key=lambda one: order.get(one.host, len(order)))
        return problems

    def close_left(self) -> None:
        """Close the sockets whose address is gone and whose last peer has left."""
        left = [endpoint for endpoint in self.endpoints if not endpoint.is_told and not endpoint.peers]
        for endpoint in left:
            if self._loop is not None:
                self._loop.remove_reader(endpoint.socket)
            endpoint.socket.close()
            self._closed_sent += endpoint.sent
            self._closed_dropped += endpoint.dropped
            self.endpoints.remove(endpoint)

    def _open(self, host: str) -> Endpoint:
        endpoint = Endpoint(_bind(host, self.port), host, self._loss_out)
        if self._loop is not None:
            self._loop.add_reader(endpoint.socket, self._on_readable, endpoint)
        return endpoint

    def register(self, ufrag: str, handler: PacketHandler) -> None:
        """Let checks for this user fragment reach their peer."""
        self._handlers[ufrag] = handler

    def unregister(self, ufrag: str) -> None:
        """Forget a peer; its address is its own to give back."""
        self._handlers.pop(ufrag, None)

    def _on_readable(self, endpoint: Endpoint) -> None:
        """Drain the socket, then answer checks, then let what came go out: so a burst makes large batches."""
        receive = endpoint.socket.recvfrom
        checks: list[tuple[bytes, Address]] = []
        now = time.monotonic()
        for _ in range(DATAGRAMS_A_TURN):
            try:
                datagram, address = receive(MAX_DATAGRAM_BYTES)
            except BlockingIOError:
                break
            except OSError:
                # Windows reports here that an earlier datagram was refused; the next one may be good.
                continue
            self.received += 1
            self._dispatch(endpoint, datagram, address[:2], checks, now)
        for datagram, address in checks:
            self.on_check(endpoint, datagram, address, now)
        self._on_drained(now)

    def _dispatch(
        self,
        endpoint: Endpoint,
        datagram: bytes,
        address: Address,
        checks: list[tuple[bytes, Address]],
        now: float,
    ) -> None:
        """By the first byte (RFC 7983 §7); what is neither STUN nor from a proved address is dropped."""
        first = datagram[0] if len(datagram) > 1 else 255
        if first < 4:
            checks.append((datagram, address))
            return
        peer = endpoint.peers.get(address) or self._follow(endpoint, address, now)
        if peer is None:
            self.refused += 1
        elif 128 <= first < 192:
            if self._loss_in.rate and not is_rtcp(datagram) and self._loss_in.strikes():
                return
            peer.on_srtp(datagram, now)
        elif 20 <= first < 64:
            peer.on_dtls(datagram, now)
        else:
            self.refused += 1

    def _follow(self, endpoint: Endpoint, address: Address, now: float) -> PacketHandler | None:
        """The peer that sends from an address which it proved before, if it has left its old one."""
        peer = endpoint.others.get(address)
        if peer is None:
            return None
        if now - peer.heard_at <= PATH_SILENT_S:
            peer.on_elsewhere()
            return None
        self._take_path(endpoint, address, peer, now)
        return peer

    def _take_path(self, endpoint: Endpoint, address: Address, peer: PacketHandler, now: float) -> None:
        peer.heard_at = now
        endpoint.peers[address] = peer
        peer.on_path(endpoint, address, now)

    def on_check(self, endpoint: Endpoint, datagram: bytes, address: Address, now: float) -> None:
        """Answer a connectivity check (RFC 8445 §7.3); only one that proves itself changes anything."""
        request = parse_binding_request(datagram)
        handler = self._prove(request) if request else None
        if request is None or handler is None or not self._may_use(endpoint, address, handler, now):
            self.refused += 1
            return
        is_current = endpoint.peers.get(address) is handler
        is_taken = (
            is_current
            or request.is_nominating
            or not handler.has_path()
            or now - handler.heard_at > PATH_SILENT_S
        )
        if not is_taken and not handler.on_other_path(endpoint, address):
            self.refused += 1
            return
        endpoint.send(build_binding_success(request, address, handler.local_password), address)
        if is_taken:
            self._take_path(endpoint, address, handler, now)

    def _prove(self, request: BindingRequest) -> PacketHandler | None:
        local, _, remote = request.username.partition(":")
        handler = self._handlers.get(local)
        if (
            handler is None
            or remote != handler.remote_ufrag
            or not request.is_proved_by(handler.local_password)
        ):
            return None
        return handler

    def _may_use(self, endpoint: Endpoint, address: Address, handler: PacketHandler, now: float) -> bool:
        owner = endpoint.peers.get(address)
        return owner is None or owner is handler or now - owner.heard_at > OWNER_SILENT_S


def open_endpoints(listen: Sequence[str], port: int, loss_out: Loss) -> list[Endpoint]:
    """Bind every address on one port.

    Raises:
        OSError: an address is not ours, or the port is taken; the message names which.
    """
    for attempt in range(BIND_TRIES):
        try:
            return _bind_all(listen, port, loss_out)
        except OSError:
            # With port 0 the first address chooses; it may be taken on the others.
            if port or attempt == BIND_TRIES - 1:
                raise
    raise AssertionError


def _bind_all(listen: Sequence[str], port: int, loss_out: Loss) -> list[Endpoint]:
    endpoints: list[Endpoint] = []
    try:
        for host in listen:
            endpoint = Endpoint(_bind(host, port), host, loss_out)
            endpoints.append(endpoint)
            port = port or endpoint.socket.getsockname()[1]
    except OSError:
        for endpoint in endpoints:
            endpoint.socket.close()
        raise
    return endpoints


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_DGRAM)
    try:
        sock.settimeout(0)
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            sock.setsockopt(socket.SOL_SOCKET, option, BUFFER_BYTES)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if sys.platform == "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        raise OSError(error.errno, f"UDP {host}:{port} cannot be bound: {error.strerror}") from error
    return sock
