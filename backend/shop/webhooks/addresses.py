"""Where webhooks may go: not into the backend's own network, unless its operator allows that.

A host who types an address must not reach through the backend what only the backend can reach. So each
address that a name stands for is checked before each sending, and the connection goes to the very one that
was checked: a name that stands for another address a moment later gains nothing. Redirects are not followed.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from typing import Final
from urllib.parse import SplitResult, urlsplit

import msgspec

from backend.contract.outgoing_webhooks import MAX_URL
from backend.limits import WebhookReach
from backend.shop.public_addresses import IPAddress, Standing, standing_of


class AddressError(Exception):
    """Nothing is sent to such an address; the message names cause and remedy."""


class Destination(msgspec.Struct, frozen=True):
    """Where a webhook is sent.

    Attributes:
        url: with the IP address that was checked in place of the name.
        host: the header `Host`.
        name: what the certificate must be for.
    """

    url: str
    host: str
    name: str


def check_url(url: str, reach: WebhookReach) -> None:
    """Refuse what can never be sent to, before it is kept.

    Raises:
        AddressError: see there.
    """
    parts = _split(url)
    if parts.scheme == "http" and reach is WebhookReach.INTERNET:
        raise AddressError(_ONLY_HTTPS)
    try:
        literal = ipaddress.ip_address(parts.hostname or "")
    except ValueError:
        return
    _check([literal], parts, reach)


async def destination_of(url: str, reach: WebhookReach) -> Destination:
    """Look an address up, and return where to send to.

    Raises:
        AddressError: it stands for nothing, or for what is out of reach.
    """
    parts = _split(url)
    name, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressError(f"The name {name!r} stands for no address: {error}") from error
    ips = [ipaddress.ip_address(str(address[0]).partition("%")[0]) for *_, address in found]
    _check(ips, parts, reach)
    shown = f"[{ips[0]}]" if ips[0].version == 6 else str(ips[0])
    path = parts._replace(scheme="", netloc="").geturl() or "/"
    return Destination(f"{parts.scheme}://{shown}:{port}{path}", parts.netloc, name)


_ONLY_HTTPS: Final = (
    "Webhooks go to https addresses. For a program on this machine or in its network, start the backend with "
    "--webhooks-to-lan."
)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressError(f"This is no address: {error}.") from error
    is_plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= MAX_URL
    if not is_plain or parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise AddressError("Expected an address such as https://shop.example.com/hook, in plain letters.")
    if "@" in parts.netloc or parts.fragment:
        raise AddressError("The address must hold neither a user's name nor a part after #.")
    return parts


def _check(ips: Sequence[IPAddress], parts: SplitResult, reach: WebhookReach) -> None:
    for ip in ips:
        standing = standing_of(ip)
        if standing is Standing.NEVER or (standing is Standing.PRIVATE and reach is not WebhookReach.LAN):
            raise AddressError(
                f"{parts.hostname} is {ip}, which is not on the internet. For a program on this machine or "
                "in its network, start the backend with --webhooks-to-lan."
            )
        if parts.scheme == "http" and standing is Standing.PUBLIC:
            raise AddressError("Over the internet webhooks go to https addresses alone.")
