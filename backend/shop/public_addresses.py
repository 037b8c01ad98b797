"""Which addresses are of the public internet: a link must not lead to what only the backend reaches."""

import ipaddress
from enum import Enum, auto
from typing import Final

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class Standing(Enum):
    """Where an address lies.

    Attributes:
        PUBLIC: on the internet.
        PRIVATE: on this machine or in its network.
        NEVER: where clouds tell machines their secrets, or where no single machine is.
    """

    PUBLIC = auto()
    PRIVATE = auto()
    NEVER = auto()


# Of AWS, Azure, Alibaba Cloud and Oracle; link-local ones are the others'.
_METADATA: Final = frozenset(
    map(
        ipaddress.ip_address,
        ("168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"),
    )
)
# What Python's registry does not know, or calls public in some of its versions.
_PRIVATE: Final = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10", "3fff::/20"))
)
# A gateway leads from them to an address of IPv4, which cannot be read out of them (RFC 4380, 8215).
_OPAQUE: Final = tuple(map(ipaddress.ip_network, ("2001::/32", "64:ff9b:1::/48")))
# They hold one in their last 32 bits (RFC 4291, 2765, 6052).
_ENDS_IN_IPV4: Final = tuple(map(ipaddress.ip_network, ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96")))


def standing_of(address: IPAddress) -> Standing:
    """Return where an address lies; one of IPv6 that stands for one of IPv4 lies where that does."""
    if address in _METADATA or _is_never(address):
        return Standing.NEVER
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return standing_of(inner)
        if any(address in network for network in _OPAQUE):
            return Standing.NEVER
    if not address.is_global or any(address in network for network in _PRIVATE):
        return Standing.PRIVATE
    return Standing.PUBLIC


def is_public(address: IPAddress) -> bool:
    """Return whether an address is one of the public internet, and no way into a private network."""
    return standing_of(address) is Standing.PUBLIC


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.is_loopback:
        return None
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and any(address in network for network in _ENDS_IN_IPV4):
        inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return inner


def _is_never(address: IPAddress) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and _inner(address) is not None:
        return False  # the address that it stands for decides
    is_reserved = address.is_reserved and not address.is_loopback
    return address.is_link_local or address.is_multicast or address.is_unspecified or is_reserved
