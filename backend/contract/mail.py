"""E-mails to buyers: how the shop sends them, and what became of them."""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.addresses import MAX_EMAIL, Email
from backend.contract.bounds import Id, UpTo
from backend.contract.orders import BuyerLanguage
from backend.contract.outgoing_webhooks import MessageState

MAX_HOST: Final = 253
PASSWORD_FILE: Final = "smtp-password"  # noqa: S105 - a name
PASSWORD_VARIABLE: Final = "LIVESTALL_SMTP_PASSWORD"  # noqa: S105 - a name
HOST_VARIABLE: Final = "LIVESTALL_SMTP_HOST"


def is_same_server(one: str, other: str) -> bool:
    """Return whether two names are of one mail server, however they are written."""
    return _plain(one) == _plain(other)


def _plain(host: str) -> str:
    return host.strip().rstrip(".").casefold()


class MailSecurity(StrEnum):
    """How the line to the mail server is encrypted."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class MailKind(StrEnum):
    """What an e-mail tells a buyer."""

    PAID = "paid"
    SHIPPED = "shipped"
    REFUNDED = "refunded"
    MESSAGE = "message"  # the shop wrote in the thread of the order
    CASE_TURN = "case_turn"  # the goods of a case are to be sent back


class MailSettings(msgspec.Struct, frozen=True):
    """By which server e-mails go, and from whom. The password is no part of it.

    Attributes:
        host: of the mail server; empty for no e-mails.
        user: to log in with; empty to send without.
        sender: the address that buyers see and answer to.
        sender_name: what stands beside it, such as the shop's name.
    """

    host: Annotated[str, UpTo(MAX_HOST)] = ""
    port: Annotated[int, msgspec.Meta(ge=1, le=65_535)] = 465
    security: MailSecurity = MailSecurity.TLS
    user: Annotated[str, UpTo(MAX_EMAIL)] = ""
    sender: Email = ""
    sender_name: Annotated[str, UpTo(60)] = ""


class MailStatus(msgspec.Struct, frozen=True):
    """What `GET /api/v1/settings/mail` gives.

    Attributes:
        has_password: whether one was found.
        password_host: the mail server that it is for: it goes to no other; empty where there is none.
        password_problem: why the one that there is is not used; empty for nothing.
        password_file: where it may stand.
        waiting, given_up: how many e-mails of the room stand so.
        last_error: what was in the way the last time, of those that wait or were given up; empty for nothing.
    """

    settings: MailSettings
    has_password: bool
    password_host: str
    password_problem: str
    password_file: str
    waiting: int
    given_up: int
    last_error: str


class TryMail(msgspec.Struct, frozen=True):
    """What `POST /api/v1/settings/mail/test` takes.

    Attributes:
        settings: to try; they are not kept.
        to: who gets the e-mail.
    """

    settings: MailSettings
    to: Email
    language: BuyerLanguage = BuyerLanguage.ZH


class MailFinding(StrEnum):
    """What became of an e-mail."""

    WORKS = "works"
    UNREACHABLE = "unreachable"  # nobody answered as a mail server does
    NOT_ENCRYPTED = "not_encrypted"  # the server offers no encryption, or it is needed
    NOT_GENUINE = "not_genuine"  # the certificate is not the server's
    NO_PASSWORD = "no_password"  # noqa: S105 - there is a user, and no password was found
    PASSWORD_OF_OTHER = "password_of_other"  # noqa: S105 - the password is for another server
    LOGIN_REFUSED = "login_refused"
    SENDER_REFUSED = "sender_refused"
    RECIPIENT_REFUSED = "recipient_refused"
    FAILS = "fails"  # it answered, and not as it should


class MailCheck(msgspec.Struct, frozen=True):
    """What an e-mail for a test is answered with.

    Attributes:
        detail: the server's own words; empty for none.
    """

    finding: MailFinding
    detail: str


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """An e-mail to a buyer, without its address.

    Attributes:
        mail_id: begins its `Message-ID`, the same each time it is sent.
        number: of the order it is about.
        due_at_ms: when it is sent next; None where it is not.
        last_error: what was in the way the last time; empty for nothing.
    """

    mail_id: str
    kind: MailKind
    order_id: str
    number: str
    state: MessageState
    tries: int
    created_at_ms: int
    due_at_ms: int | None
    last_error: str
    last_sent_at_ms: int | None


class MailPage(msgspec.Struct, frozen=True):
    """What `GET /api/v1/mails` gives, the newest first.

    Attributes:
        next: what `cursor` takes for the page after this one; None for the last.
    """

    mails: list[Mail]
    next: str | None


class ReadMails(msgspec.Struct, frozen=True):
    """Which e-mails of the room."""

    state: MessageState | None = None
    cursor: Id | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20


class OneMail(msgspec.Struct, frozen=True):
    """Which e-mail, by the address."""

    mail_id: Id
