"""The line to the mail server: to an address that was checked, whatever the name stands for later."""

import asyncio
import ipaddress
import socket
from typing import Any, Final

from backend.contract.mail import MailFinding, MailSecurity, MailSettings
from backend.plain_text import plain_text
from backend.shop.mail.errors import MailError
from backend.shop.public_addresses import Standing, standing_of

MOST_DETAIL: Final = 200
# What `getaddrinfo` gives: family, kind, protocol, name, address.
_Found = tuple[int, int, int, str, Any]


async def open_line(settings: MailSettings) -> socket.socket:
    """Connect to the first address of the server that answers; its name is looked up once.

    Raises:
        MailError: nothing may go there, not without encryption, or nobody answers.
    """
    error: OSError | None = None
    for family, kind, protocol, _, address in await _checked_addresses(settings):
        line = socket.socket(family, kind, protocol)
        try:
            line.setblocking(False)  # noqa: FBT003 - Python's
            await asyncio.get_running_loop().sock_connect(line, address)
        except OSError as raised:
            line.close()
            error = raised
        except BaseException:
            line.close()
            raise
        else:
            return line
    raise MailError(MailFinding.UNREACHABLE, detail_of(error or OSError("no address"))) from error


async def _checked_addresses(settings: MailSettings) -> list[_Found]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )
    except (OSError, UnicodeError) as error:
        raise MailError(MailFinding.UNREACHABLE, detail_of(error)) from error
    ips = [ipaddress.ip_address(str(address[0]).partition("%")[0]) for *_, address in found]
    standings = {standing_of(ip) for ip in ips}
    if Standing.NEVER in standings:
        raise MailError(MailFinding.UNREACHABLE, str(ips[0]))
    if settings.security is MailSecurity.NONE and Standing.PUBLIC in standings:
        raise MailError(MailFinding.NOT_ENCRYPTED, str(ips[0]))
    return list(found)


def detail_of(error: BaseException) -> str:
    """Return what was said, fit to be shown."""
    code, said = getattr(error, "code", None), getattr(error, "message", None)
    text = f"{code} {said}" if isinstance(code, int) and isinstance(said, str) else str(error)
    return plain_text(" ".join((text or type(error).__name__).split()))[:MOST_DETAIL]
