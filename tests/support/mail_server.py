"""A mail server that takes e-mails in, over real SMTP, encrypted or not."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from backend.contract.mail import MailSecurity, MailSettings
from tests.support.certificate import Certificate
from tests.support.free_port import free_port

USER, PASSWORD = "shop", "pass word 密"


class MailReceiver:
    """What came, and how the next ones are answered.

    Attributes:
        mails: those that were taken, the oldest first.
        came: those whose text came at all.
        recipients: what the next mailboxes are answered with; they are taken when there is none left.
        answers: what the next texts are answered with; taken when there is none left.
        may_answer: while it is not set, no text is answered.
        logins: who logged in.
    """

    def __init__(self) -> None:
        self.port = 0
        self.mails: list[EmailMessage] = []
        self.came: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: list[str] = []
        self.senders: list[str] = []
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.logins: list[str] = []

    def settings(self, security: MailSecurity = MailSecurity.NONE, user: str = "") -> MailSettings:
        """How a shop sends here."""
        return MailSettings("127.0.0.1", self.port, security, user, "shop@example.com", "玫瑰茶铺")

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
    ) -> AuthResult:
        """Let the shop in."""
        assert isinstance(data, LoginPassword)
        name, password = data.login.decode(), data.password.decode()
        if (name, password) != (USER, PASSWORD):
            return AuthResult(success=False, handled=False)
        self.logins.append(name)
        return AuthResult(success=True)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.senders:
            return self.senders.pop(0)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.recipients:
            return self.recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        mail = BytesParser(policy=default).parsebytes(envelope.content)
        assert isinstance(mail, EmailMessage)
        self.came.append(mail)
        if not self.may_answer.is_set():
            # It has a thread of its own: the others wait behind it.
            self.may_answer.wait()
        if self.answers:
            return self.answers.pop(0)
        self.mails.append(mail)
        return "250 OK"


class _Controller(Controller):
    """Listens with TLS from the first byte, or with STARTTLS, or without."""

    def __init__(
        self, receiver: MailReceiver, port: int, tls: ssl.SSLContext | None, *, at_once: bool
    ) -> None:
        super().__init__(
            receiver,
            hostname="127.0.0.1",
            port=port,
            ssl_context=tls if at_once else None,
            tls_context=None if at_once else tls,
            authenticator=receiver.authenticate,
            auth_require_tls=False,
            ready_timeout=20,
        )


@contextmanager
def running_mail_server(
    certificate: Certificate | None = None,
    security: MailSecurity = MailSecurity.NONE,
    port: int = 0,
) -> Iterator[MailReceiver]:
    """Run one for as long as the block runs."""
    receiver = MailReceiver()
    tls = None
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate.chain, certificate.key)
    controller = _Controller(receiver, port or free_port(), tls, at_once=security is MailSecurity.TLS)
    controller.start()
    receiver.port = controller.port
    try:
        yield receiver
    finally:
        receiver.may_answer.set()
        controller.stop()


def plain_of(mail: EmailMessage) -> str:
    """What an e-mail says as plain text."""
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert isinstance(text, str)
    return text
