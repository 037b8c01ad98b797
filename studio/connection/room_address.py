"""Finds the safest address of a room, before anything secret is sent there."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import httpx

from studio.connection.trust import trust_of

ASK_SECONDS: Final = 4.0
_PATH: Final = "/healthz"


async def safest_url(url: str, transport: httpx.AsyncBaseTransport | None = None) -> str:
    """Return a backend's URL with https where it speaks that, else as it was given.

    A name typed without `https://` is asked by https first. A redirect is followed once, and only to https at
    the same name: nobody on the way can lead elsewhere.

    Args:
        url: without a slash at its end.
        transport: how it is asked; by the network where it is None.
    """
    parts = urlsplit(url)
    if parts.scheme != "http":
        return url
    trusted = await trust_of(urlunsplit(parts._replace(scheme="https")))
    async with httpx.AsyncClient(
        verify=trusted, timeout=ASK_SECONDS, transport=transport, trust_env=_is_name(url)
    ) as http:
        if _is_name(url) and parts.port is None:
            secure = urlunsplit(parts._replace(scheme="https"))
            if await _answers(http, secure):
                return secure
        led = await _redirected(http, url)
        return led if led and await _answers(http, led) else url


async def _answers(http: httpx.AsyncClient, url: str) -> bool:
    try:
        answer = await http.get(url + _PATH)
    except (httpx.HTTPError, httpx.InvalidURL):
        return False
    return answer.status_code == httpx.codes.OK and answer.text == "ok"


async def _redirected(http: httpx.AsyncClient, url: str) -> str:
    """Return where a proxy leads, without the path; empty where it leads nowhere that is safe."""
    try:
        answer = await http.get(url + _PATH)
    except (httpx.HTTPError, httpx.InvalidURL):
        return ""
    target = urlsplit(str(answer.next_request.url)) if answer.next_request is not None else urlsplit("")
    is_safe = target.scheme == "https" and target.hostname == urlsplit(url).hostname
    is_same = target.path == urlsplit(url).path + _PATH and not (target.query or target.username)
    return urlunsplit(target._replace(path=urlsplit(url).path)) if is_safe and is_same else ""


def _is_name(url: str) -> bool:
    """Whether a URL is of a name that others know too, not of an address or of this network."""
    host = urlsplit(url).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost"))
    return False
