"""Which UDP addresses the relay listens on."""

import ipaddress
import socket
from collections.abc import Iterable, Mapping

import psutil

from backend.relay.messages import Listen


def local_listen(addresses: Iterable[str], advertise: Mapping[str, str] | None = None) -> list[Listen]:
    """Sockets for these addresses; `advertise`: what peers are told of one behind a port-forward."""
    told = advertise or {}
    return [Listen(address, told.get(address, address)) for address in addresses]


def reachable_addresses() -> list[str]:
    """All IPv4 addresses of this machine, those of the network first, loopback last."""
    found = {
        one.address
        for interface in psutil.net_if_addrs().values()
        for one in interface
        if one.family == socket.AF_INET
    }
    return sorted(found, key=lambda address: (ipaddress.ip_address(address).is_loopback, address))
