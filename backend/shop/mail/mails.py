"""The e-mails of the shop: by which server they go, as the host sets it, and the sending of them."""

import ipaddress
import re
from collections.abc import Callable
from typing import Final

import msgspec
from sqlalchemy import Connection

from backend.contract.mail import (
    Mail,
    MailCheck,
    MailFinding,
    MailPage,
    MailSettings,
    MailStatus,
    ReadMails,
)
from backend.contract.orders import BuyerLanguage
from backend.plain_text import plain_text
from backend.shop.customers.emails import is_email
from backend.shop.idempotency import KeyReused, Request, whole, write_once
from backend.shop.ids import new_id
from backend.shop.mail.channel import MailChannel
from backend.shop.mail.composing import compose
from backend.shop.mail.errors import MailError, PasswordError
from backend.shop.mail.smtp import MailPassword, MailServer
from backend.shop.mail.store import counts_of, read_page, send_again
from backend.shop.mail.texts import trial_text
from backend.shop.mail.writing import SETTINGS_ROW, read_mail_settings
from backend.shop.sending import Sender
from backend.shop.settings import write_setting
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

OK: Final = 200
_HOST: Final = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.?")


class BadMailSettings(msgspec.Struct, frozen=True):
    """Nothing can be sent by such settings.

    Attributes:
        problem: names cause and remedy.
    """

    problem: str


class Mails:
    """The e-mails of all rooms.

    All methods may raise `StorageError`, those that write `BusyError` too.

    Args:
        password: of the mail server; see `MailServer`.
        password_file: where it may stand, as told to the host.
        link_of: see `MailChannel`.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        database: Database,
        writer: GroupWriter,
        *,
        password: Callable[[], MailPassword | None],
        password_file: str,
        link_of: Callable[[str], str],
        clock_ms: Callable[[], int],
    ) -> None:
        self._database = database
        self._writer = writer
        self._password = password
        self._password_file = password_file
        self._clock_ms = clock_ms
        self._server = MailServer(password)
        channel = MailChannel(self._server, link_of=link_of, clock_ms=clock_ms)
        self._sender = Sender(database, channel, clock_ms=clock_ms)

    async def run(self) -> None:
        """Send what is due, for ever."""
        await self._sender.run()

    async def status(self, room_id: str) -> MailStatus:
        """Return the settings, and how a room's e-mails stand."""

        def read(connection: Connection) -> MailStatus:
            found, problem = None, ""
            try:
                found = self._password()
            except PasswordError as error:
                problem = str(error)
            settings, counts = read_mail_settings(connection), counts_of(connection, room_id)
            return MailStatus(
                settings=settings,
                has_password=found is not None,
                password_host=found.host if found else "",
                password_problem=problem,
                password_file=self._password_file,
                waiting=counts.waiting,
                given_up=counts.given_up,
                last_error=counts.last_error,
            )

        return await self._database.read(read)

    async def save(
        self, wanted: MailSettings, request: Request
    ) -> MailSettings | BadMailSettings | KeyReused:
        """Change the settings; e-mails that wait go by the new ones."""
        settings = _cleaned(wanted)
        problem = _problem(settings) if settings.host else ""
        if problem:
            return BadMailSettings(problem)

        def act(connection: Connection) -> MailSettings:
            write_setting(connection, SETTINGS_ROW, msgspec.json.encode(settings).decode())
            return settings

        keeping = whole(MailSettings)
        return await write_once(self._writer, request, keeping, act, status=OK, clock_ms=self._clock_ms)

    async def try_out(
        self, wanted: MailSettings, to: str, language: BuyerLanguage
    ) -> MailCheck | BadMailSettings:
        """Send an e-mail by settings that need not be kept."""
        settings, to = _cleaned(wanted), to.strip()
        problem = _problem(settings)
        if problem or not is_email(to):
            return BadMailSettings(problem or "Give one address that the test goes to.")
        now_ms = self._clock_ms()
        message = compose(
            trial_text(language),
            settings=settings,
            to=to,
            mail_id=new_id(now_ms),
            language=language,
            now_ms=now_ms,
        )
        try:
            await self._server.hand_over(settings, message, to)
        except MailError as error:
            return MailCheck(error.finding, error.detail)
        return MailCheck(MailFinding.WORKS, "")

    async def page(self, room_id: str, wanted: ReadMails) -> MailPage:
        """Return a page of a room's e-mails, the newest first."""
        return await self._database.read(lambda connection: read_page(connection, room_id, wanted))

    async def send_again(self, room_id: str, mail_id: str) -> Mail | None:
        """Let an e-mail that was given up be sent for another day; None where there is none."""
        return await self._writer.run(
            lambda connection: send_again(connection, room_id, mail_id, self._clock_ms())
        )


def _cleaned(settings: MailSettings) -> MailSettings:
    texts = {
        name: " ".join(plain_text(getattr(settings, name)).split())
        for name in ("host", "user", "sender", "sender_name")
    }
    return msgspec.structs.replace(settings, **texts)


def _problem(settings: MailSettings) -> str:
    if not _HOST.fullmatch(settings.host) and not _is_ip(settings.host):
        return "Give the mail server as a name such as smtp.example.com, without https:// and port."
    if not is_email(settings.sender):
        return "Give one address that e-mails come from, such as shop@example.com."
    return ""


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
