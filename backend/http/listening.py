"""Where the backend listens, and by which addresses others reach it."""

import errno
import ipaddress
import logging
import os
import socket
from collections.abc import Sequence
from typing import Final

from backend.contract.startup import StartProblem
from backend.data_folder import StartError
from backend.relay.addresses import LOOPBACK, reachable_addresses

__all__ = ["LOOPBACK", "advertised", "free_udp_port", "is_wildcard", "listen"]

log = logging.getLogger("livestall.serve")

BACKLOG: Final = 2048
FAMILIES: Final = (socket.AF_INET, socket.AF_INET6)
# Addresses of no real machine (RFC 5737, 3849).
DOCUMENTATION_ADDRESSES: Final = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}


def listen(host: str, port: int) -> socket.socket:
    """Open the listening TCP socket; port 0 takes any free one.

    Raises:
        StartError: the port is taken, not allowed, or the address is not this machine's.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise StartError(
            f"{host!r} is no address of this machine ({error.strerror}). Use --host 127.0.0.1 or 0.0.0.0.",
            StartProblem.ADDRESS_UNUSABLE,
        ) from error
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            # A port whose connections just ended may be taken again; on Windows this would mean sharing it.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6 and is_wildcard(host):
            # Every address means those of IPv4 too, also where the system would not say so by itself.
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise _refused(host, port, error) from error
    return listener


def _refused(host: str, port: int, error: OSError) -> StartError:
    if error.errno in {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)}:
        return StartError(
            f"Port {port} is taken by another program (perhaps another Livestall). "
            "Close it, or choose another port with --port; --port 0 takes a free one.",
            StartProblem.PORT_TAKEN,
        )
    if error.errno == errno.EACCES:
        return StartError(
            f"This user may not listen on port {port}. Choose one above 1023 with --port.",
            StartProblem.PORT_FORBIDDEN,
        )
    return StartError(
        f"Cannot listen on {host} port {port}: {error.strerror}. Use --host 127.0.0.1 or 0.0.0.0.",
        StartProblem.ADDRESS_UNUSABLE,
    )


def is_wildcard(host: str) -> bool:
    """Whether a host means every address of this machine."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return not host


def free_udp_port(addresses: Sequence[str], wanted: int) -> int:
    """Return `wanted` if it is free for UDP on all these addresses, else 0, which means any."""
    for address in addresses:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.bind((address, wanted))
            except OSError as error:
                log.warning("UDP port %d is taken on %s (%s); media goes by another", wanted, address, error)
                return 0
    return wanted


def advertised(host: str) -> list[str]:
    """Return the addresses by which viewers reach what listens on `host`, the best one first.

    Where it listens on all, they are those of now: they change with the networks that the machine is in.
    """
    if is_wildcard(host):
        return _best_first(reachable_addresses(FAMILIES if ":" in host else FAMILIES[:1]))
    found = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return [str(found[0][4][0])]


def _best_first(addresses: list[str]) -> list[str]:
    """Put those on the way to the world first: bridges of virtual machines have addresses too."""
    best = [_way_out(family) for family in FAMILIES]
    return sorted(addresses, key=lambda address: best.index(address) if address in best else len(best))


def _way_out(family: socket.AddressFamily) -> str:
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((DOCUMENTATION_ADDRESSES[family], 9))  # nothing is sent
        except OSError:
            return ""
        address: str = probe.getsockname()[0]
        return address
