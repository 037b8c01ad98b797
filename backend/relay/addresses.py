"""Which UDP addresses the relay listens on."""

import ipaddress
import socket

import psutil


def reachable_addresses() -> list[str]:
    """All IPv4 addresses of this machine, those of the network first, loopback last."""
    found = {
        one.address
        for interface in psutil.net_if_addrs().values()
        for one in interface
        if one.family == socket.AF_INET
    }
    return sorted(found, key=lambda address: (ipaddress.ip_address(address).is_loopback, address))
