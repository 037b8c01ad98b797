"""Hands messages to the shop's mail server over SMTP, and tells what is in the way."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final

from backend.contract.mail import MailFinding, MailSecurity, MailSettings
from backend.plain_text import plain_text
from backend.shop.public_addresses import Standing, standing_of

if TYPE_CHECKING:
    import aiosmtplib

ANSWERS_WITHIN_S: Final = 30.0
PARTS_WITHIN_S: Final = 2.0
_MOST_DETAIL: Final = 200


class MailError(Exception):
    """A message was not handed over; it says what the server said.

    Attributes:
        is_final: whether sending it again would change nothing: there is no such mailbox.
    """

    def __init__(self, finding: MailFinding, detail: str = "", *, is_final: bool = False) -> None:
        super().__init__(f"{finding}: {detail}" if detail else finding.value)
        self.finding = finding
        self.detail = detail
        self.is_final = is_final


class PasswordError(Exception):
    """The password that there is cannot be used; the message names cause and remedy."""


class MailServer:
    """Hands over one message a connection.

    Args:
        password: reads it anew each time, empty where there is none; it may raise `PasswordError`. It blocks.
    """

    def __init__(self, password: Callable[[], str]) -> None:
        self._password = password
        self._trusted: ssl.SSLContext | None = None

    async def hand_over(self, settings: MailSettings, message: EmailMessage, to: str) -> None:
        """Let the server take a message for one mailbox.

        Raises:
            MailError: it did not.
        """
        client: aiosmtplib.SMTP | None = None
        try:
            async with asyncio.timeout(ANSWERS_WITHIN_S):
                password = await self._read_password(settings)
                await _check_host(settings)
                # Reading the authorities in takes a while: those of the system, or of SSL_CERT_FILE.
                if self._trusted is None:
                    self._trusted = await asyncio.to_thread(ssl.create_default_context)
                client = _client_of(settings, self._trusted)
                await _connect(client, settings)
                await _log_in(client, settings, password)
                await _hand_over(client, settings, message, to)
        except TimeoutError:
            raise MailError(MailFinding.UNREACHABLE, f"No answer within {ANSWERS_WITHIN_S:.0f} s.") from None
        finally:
            if client is not None:
                await _part(client)

    async def _read_password(self, settings: MailSettings) -> str:
        if not settings.user:
            return ""
        try:
            password = await asyncio.to_thread(self._password)
        except PasswordError as error:
            raise MailError(MailFinding.NO_PASSWORD, str(error)) from error
        if not password:
            raise MailError(MailFinding.NO_PASSWORD)
        return password


async def _check_host(settings: MailSettings) -> None:
    """Refuse a server that nothing may go to, or not without encryption."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )
    except (OSError, UnicodeError) as error:
        raise MailError(MailFinding.UNREACHABLE, _detail(error)) from error
    ips = [ipaddress.ip_address(str(address[0]).partition("%")[0]) for *_, address in found]
    standings = {standing_of(ip) for ip in ips}
    if Standing.NEVER in standings:
        raise MailError(MailFinding.UNREACHABLE, str(ips[0]))
    if settings.security is MailSecurity.NONE and Standing.PUBLIC in standings:
        raise MailError(MailFinding.NOT_ENCRYPTED, str(ips[0]))


def _client_of(settings: MailSettings, trusted: ssl.SSLContext) -> "aiosmtplib.SMTP":
    import aiosmtplib

    return aiosmtplib.SMTP(
        hostname=settings.host,
        port=settings.port,
        timeout=ANSWERS_WITHIN_S,
        use_tls=settings.security is MailSecurity.TLS,
        start_tls=False,
        tls_context=trusted,
        # What it would find out by itself may be any name that this computer has.
        local_hostname=settings.sender.rpartition("@")[2],
    )


async def _connect(client: "aiosmtplib.SMTP", settings: MailSettings) -> None:
    import aiosmtplib

    try:
        await client.connect()
        if settings.security is MailSecurity.STARTTLS:
            await _encrypt(client)
    except (aiosmtplib.SMTPException, OSError) as error:
        raise _unreachable(error) from error


async def _encrypt(client: "aiosmtplib.SMTP") -> None:
    # Who listens in must not be able to talk us out of it: without encryption nothing is sent.
    await client.ehlo()
    if not client.supports_extension("starttls"):
        raise MailError(MailFinding.NOT_ENCRYPTED)
    await client.starttls()


def _unreachable(error: Exception) -> MailError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return MailError(MailFinding.NOT_GENUINE, _detail(cause))
        if isinstance(cause, ssl.SSLError):
            return MailError(MailFinding.NOT_ENCRYPTED, _detail(cause))
        cause = cause.__cause__ or cause.__context__
    return MailError(MailFinding.UNREACHABLE, _detail(error))


async def _log_in(client: "aiosmtplib.SMTP", settings: MailSettings, password: str) -> None:
    import aiosmtplib

    if not settings.user:
        return
    try:
        await client.login(settings.user, password)
    except aiosmtplib.SMTPServerDisconnected as error:
        raise MailError(MailFinding.UNREACHABLE, _detail(error)) from error
    except aiosmtplib.SMTPException as error:
        raise MailError(MailFinding.LOGIN_REFUSED, _detail(error)) from error


async def _hand_over(
    client: "aiosmtplib.SMTP", settings: MailSettings, message: EmailMessage, to: str
) -> None:
    import aiosmtplib

    try:
        await client.send_message(message, sender=settings.sender, recipients=[to])
    except aiosmtplib.SMTPSenderRefused as error:
        raise MailError(MailFinding.SENDER_REFUSED, _detail(error)) from error
    except aiosmtplib.SMTPRecipientsRefused as error:
        refused = error.recipients[0]
        # 5.7 is about who may send here at all (RFC 3463 §3.8): that is mended in the settings.
        is_final = refused.code >= 500 and "5.7." not in refused.message
        raise MailError(MailFinding.RECIPIENT_REFUSED, _detail(refused), is_final=is_final) from error
    except (aiosmtplib.SMTPServerDisconnected, OSError) as error:
        raise MailError(MailFinding.UNREACHABLE, _detail(error)) from error
    except aiosmtplib.SMTPException as error:
        raise MailError(MailFinding.FAILS, _detail(error)) from error


async def _part(client: "aiosmtplib.SMTP") -> None:
    """Take leave; what was taken is taken, whatever comes of this."""
    import aiosmtplib

    if client.is_connected:
        with suppress(aiosmtplib.SMTPException, OSError):
            async with asyncio.timeout(PARTS_WITHIN_S):
                await client.quit()
    client.close()
    # The line is let go in the loop's next turn.
    await asyncio.sleep(0)


def _detail(error: BaseException) -> str:
    """Return what was said, fit to be shown."""
    code, said = getattr(error, "code", None), getattr(error, "message", None)
    text = f"{code} {said}" if isinstance(code, int) and isinstance(said, str) else str(error)
    return plain_text(" ".join((text or type(error).__name__).split()))[:_MOST_DETAIL]
