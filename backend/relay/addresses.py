"""By which addresses this machine is reached."""

import ipaddress
import socket
from collections.abc import Collection
from typing import Final

import psutil

LOOPBACK: Final = "127.0.0.1"


def reachable_addresses(
    families: Collection[socket.AddressFamily] = (socket.AF_INET,),
) -> list[str]:
    """All addresses of the interfaces that are up, those of the network first, loopback last."""
    up = {name for name, stats in psutil.net_if_stats().items() if stats.isup}
    found = {
        one.address
        for name, addresses in psutil.net_if_addrs().items()
        if name in up
        for one in addresses
        if one.family in families and _is_usable(one.family, one.address)
    }
    return sorted(found, key=_order) or [LOOPBACK]


def is_loopback(address: str) -> bool:
    """Whether this is an address of this machine alone; not where it is none."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _order(address: str) -> tuple[bool, int, str]:
    parsed = ipaddress.ip_address(address)
    return parsed.is_loopback, parsed.version, address


def _is_usable(family: int, address: str) -> bool:
    """Not where others would have to name our interface, and not before the system lets us have it."""
    if ipaddress.ip_address(address).version == 6 and ipaddress.ip_address(address).is_link_local:
        return False
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            # A new address of IPv6 is not ours before nobody else claimed it (RFC 4862 §5.4).
            probe.bind((address, 0))
        except OSError:
            return False
    return True
