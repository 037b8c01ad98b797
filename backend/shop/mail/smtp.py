"""Hands messages to the shop's mail server over SMTP, and tells what is in the way."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final

import msgspec

from backend.contract.mail import MailFinding, MailSecurity, MailSettings, is_same_server
from backend.shop.mail.errors import MailError, PasswordError
from backend.shop.mail.line import detail_of, open_line

if TYPE_CHECKING:
    import aiosmtplib

ANSWERS_WITHIN_S: Final = 30.0
PARTS_WITHIN_S: Final = 2.0


class MailPassword(msgspec.Struct, frozen=True):
    """A password, and the mail server that it is for: it goes to no other, whoever sets one.

    Attributes:
        host: of that server, by the name or the address that the settings call it by.
    """

    host: str
    password: str

    def is_for(self, host: str) -> bool:
        """Return whether a server of the settings may have it."""
        return is_same_server(self.host, host)


class MailServer:
    """Hands over one message a connection.

    Args:
        password: reads it anew each time, None where there is none; it may raise `PasswordError`. It blocks.
    """

    def __init__(self, password: Callable[[], MailPassword | None]) -> None:
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
                # Reading the authorities in takes a while: those of the system, or of SSL_CERT_FILE.
                if self._trusted is None:
                    self._trusted = await asyncio.to_thread(ssl.create_default_context)
                client = _client_of(settings, self._trusted)
                await _connect(client, settings, await open_line(settings))
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
        if password is None:
            raise MailError(MailFinding.NO_PASSWORD)
        if not password.is_for(settings.host):
            raise MailError(MailFinding.PASSWORD_OF_OTHER, password.host)
        return password.password


def _client_of(settings: MailSettings, trusted: ssl.SSLContext) -> "aiosmtplib.SMTP":
    import aiosmtplib

    return aiosmtplib.SMTP(
        # What the certificate must be for.
        hostname=settings.host,
        timeout=ANSWERS_WITHIN_S,
        use_tls=settings.security is MailSecurity.TLS,
        start_tls=False,
        tls_context=trusted,
        # What it would find out by itself may be any name that this computer has.
        local_hostname=settings.sender.rpartition("@")[2],
    )


async def _connect(client: "aiosmtplib.SMTP", settings: MailSettings, line: socket.socket) -> None:
    import aiosmtplib

    try:
        await client.connect(sock=line, port=None)
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
            return MailError(MailFinding.NOT_GENUINE, detail_of(cause))
        if isinstance(cause, ssl.SSLError):
            return MailError(MailFinding.NOT_ENCRYPTED, detail_of(cause))
        cause = cause.__cause__ or cause.__context__
    return MailError(MailFinding.UNREACHABLE, detail_of(error))


async def _log_in(client: "aiosmtplib.SMTP", settings: MailSettings, password: str) -> None:
    import aiosmtplib

    if not settings.user:
        return
    try:
        await client.login(settings.user, password)
    except aiosmtplib.SMTPServerDisconnected as error:
        raise MailError(MailFinding.UNREACHABLE, detail_of(error)) from error
    except aiosmtplib.SMTPException as error:
        raise MailError(MailFinding.LOGIN_REFUSED, detail_of(error)) from error


async def _hand_over(
    client: "aiosmtplib.SMTP", settings: MailSettings, message: EmailMessage, to: str
) -> None:
    import aiosmtplib

    try:
        await client.send_message(message, sender=settings.sender, recipients=[to])
    except aiosmtplib.SMTPSenderRefused as error:
        raise MailError(MailFinding.SENDER_REFUSED, detail_of(error)) from error
    except aiosmtplib.SMTPRecipientsRefused as error:
        refused = error.recipients[0]
        # 5.7 is about who may send here at all (RFC 3463 §3.8): that is mended in the settings.
        is_final = refused.code >= 500 and "5.7." not in refused.message
        raise MailError(MailFinding.RECIPIENT_REFUSED, detail_of(refused), is_final=is_final) from error
    except (aiosmtplib.SMTPServerDisconnected, OSError) as error:
        raise MailError(MailFinding.UNREACHABLE, detail_of(error)) from error
    except aiosmtplib.SMTPException as error:
        raise MailError(MailFinding.FAILS, detail_of(error)) from error


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
