"""What options say of how the backend is reached from outside: names, proxies, addresses, a path prefix."""

import ipaddress
import re
from typing import Final, NamedTuple
from urllib.parse import urlsplit

DEFAULT_PORTS: Final = {"http": 80, "https": 443}
# A prefix that begins like one of our own routes could not be distinguished from it.
OUR_ROUTES: Final = frozenset(
    {"r", "player", "media", "api", "ws", "whip", "whep", "healthz", "pay", "legal"}
)
_HOST_NAME: Final = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*", re.ASCII)
_PREFIX: Final = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)+", re.ASCII)


class PublicName(NamedTuple):
    """A name as `--name` gives it; empty scheme and no port where it leaves them open."""

    scheme: str
    host: str
    port: int | None


def read_name(text: str) -> PublicName:
    """Read `shop.example.com`, `shop.example.com:8443` or `https://shop.example.com`.

    Raises:
        ValueError: it is none of these.
    """
    scheme, mark, rest = text.strip().lower().rpartition("://")
    try:
        parts = urlsplit(f"//{rest}")
        port = parts.port
        host = (parts.hostname or "").rstrip(".").encode("idna").decode()  # as browsers send it
    except ValueError:
        parts, port, host = urlsplit(""), None, ""
    is_plain = not (parts.path or parts.query or parts.fragment or parts.username) and port != 0
    if not is_plain or (mark and scheme not in DEFAULT_PORTS) or not _HOST_NAME.fullmatch(host):
        raise ValueError(
            f"expected a name such as shop.example.com or https://shop.example.com, got {text!r}"
        )
    return PublicName(scheme, host, port)


def read_prefix(text: str) -> str:
    """Read a path such as `/live`; return it without a slash at its end.

    Raises:
        ValueError: it is no path, or begins like one of our own.
    """
    prefix = text.rstrip("/")
    if prefix and not _PREFIX.fullmatch(prefix):
        raise ValueError(f"expected a path such as /live, got {text!r}")
    if prefix and prefix.split("/")[1] in OUR_ROUTES:
        raise ValueError(f"expected a path that is not one of the backend's own, got {text!r}")
    return prefix


def read_proxy(text: str) -> str:
    """Read an IP address or a network such as `10.0.0.0/8`.

    Raises:
        ValueError: it is neither.
    """
    try:
        return str(ipaddress.ip_network(text.strip()))
    except ValueError:
        raise ValueError(f"expected an IP address or a network such as 10.0.0.0/8, got {text!r}") from None


def read_address(text: str) -> str:
    """Read an IP address that others can send to.

    Raises:
        ValueError: it is none.
    """
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        address = ipaddress.IPv4Address(0)
    if address.is_unspecified or address.is_multicast:
        raise ValueError(f"expected an IP address such as 203.0.113.7, got {text!r}")
    return str(address)
