"""The line to the mail server: encryption, certificates, logging in, and words for what is in the way."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from backend.contract.mail import MailCheck, MailFinding, MailSecurity, MailSettings
from backend.contract.orders import BuyerLanguage
from backend.shop.mail.errors import PasswordError
from backend.shop.mail.mails import BadMailSettings, Mails
from backend.shop.mail.smtp import MailPassword
from backend.storage.writer import GroupWriter
from tests.backend.kinds import as_type
from tests.support.certificate import Certificate, make_certificate
from tests.support.mail_server import PASSWORD, USER, MailReceiver, plain_of, running_mail_server
from tests.support.migrated import open_migrated


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    """Of the mail server."""
    return make_certificate(tmp_path, "localhost")


@pytest.fixture
def trusted(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> Certificate:
    """One that the backend trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    return certificate


@pytest.fixture
def receiver() -> Iterator[MailReceiver]:
    """A mail server without encryption."""
    with running_mail_server() as receiver:
        yield receiver


class Keys:
    """What the shop has of a password."""

    def __init__(self) -> None:
        self.password = PASSWORD
        self.host = "127.0.0.1"
        self.problem = ""

    def read(self) -> MailPassword | None:
        if self.problem:
            raise PasswordError(self.problem)
        return MailPassword(self.host, self.password) if self.password else None


@pytest.fixture
def keys() -> Keys:
    """The right password."""
    return Keys()


@pytest.fixture
def mails(tmp_path: Path, keys: Keys) -> Iterator[Mails]:
    """E-mails of a shop."""
    folder = tmp_path / "shop"
    folder.mkdir()
    database = open_migrated(folder)
    writer = GroupWriter(database)
    yield Mails(
        database,
        writer,
        password=keys.read,
        password_file="smtp-password",
        link_of=lambda _: "",
        clock_ms=lambda: 1_800_000_000_000,
    )
    writer.close()
    database.close()


async def tried(mails: Mails, settings: MailSettings) -> MailCheck:
    """What a test of settings says."""
    return as_type(MailCheck, await mails.try_out(settings, " host@example.com ", BuyerLanguage.EN))


@pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
async def test_a_test_mail_comes_encrypted_after_a_login(
    mails: Mails, trusted: Certificate, security: MailSecurity
) -> None:
    with running_mail_server(trusted, security) as receiver:
        check = await tried(mails, receiver.settings(security, USER))
    assert check == MailCheck(MailFinding.WORKS, "")
    assert receiver.logins == [USER]
    (mail,) = receiver.mails
    assert (mail["To"], mail["Subject"]) == ("host@example.com", "E-mails work")
    assert "This is a test" in plain_of(mail)


@pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
async def test_a_server_with_a_certificate_of_somebody_gets_neither_password_nor_mail(
    mails: Mails, certificate: Certificate, security: MailSecurity
) -> None:
    with running_mail_server(certificate, security) as receiver:
        check = await tried(mails, receiver.settings(security, USER))
    assert check.finding is MailFinding.NOT_GENUINE
    assert not receiver.logins
    assert not receiver.came


@pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
async def test_encryption_that_the_server_lacks_is_told_and_nothing_is_sent(
    mails: Mails, receiver: MailReceiver, security: MailSecurity
) -> None:
    check = await tried(mails, receiver.settings(security, USER))
    assert check.finding is MailFinding.NOT_ENCRYPTED
    assert not receiver.logins
    assert not receiver.came


async def test_the_mail_password_goes_to_no_server_but_the_one_that_stands_beside_it(
    mails: Mails, keys: Keys, receiver: MailReceiver
) -> None:
    keys.host = "smtp.example.com"
    check = await tried(mails, receiver.settings(user=USER))
    assert check == MailCheck(MailFinding.PASSWORD_OF_OTHER, "smtp.example.com")
    assert not receiver.logins
    assert not receiver.came
    status = await mails.status("main")
    assert (status.has_password, status.password_host) == (True, "smtp.example.com")


async def test_the_name_of_a_mail_server_is_looked_up_once_and_checked_by_its_certificate(
    mails: Mails, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path, "mail.test")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    keys.host = "Mail.test."
    asked = []

    async def look_up(host: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        asked.append(host)
        # The next time it would stand for the addresses that clouds tell secrets at.
        address = "127.0.0.1" if len(asked) == 1 else "169.254.169.254"
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", look_up)
    with running_mail_server(certificate, MailSecurity.STARTTLS) as receiver:
        settings = msgspec.structs.replace(receiver.settings(MailSecurity.STARTTLS, USER), host="mail.test")
        check = await tried(mails, settings)
    assert check == MailCheck(MailFinding.WORKS, "")
    assert asked == ["mail.test"]


async def test_a_wrong_password_is_told_without_it(
    mails: Mails, keys: Keys, receiver: MailReceiver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    keys.password = "wrong-secret"
    check = await tried(mails, receiver.settings(user=USER))
    assert check.finding is MailFinding.LOGIN_REFUSED
    assert "wrong-secret" not in check.detail + caplog.text


async def test_a_missing_password_and_one_that_others_may_read_are_told(
    mails: Mails, keys: Keys, receiver: MailReceiver
) -> None:
    keys.password = ""
    assert await tried(mails, receiver.settings(user=USER)) == MailCheck(MailFinding.NO_PASSWORD, "")
    keys.problem = "Others may read it. Run: chmod 600"
    assert await tried(mails, receiver.settings(user=USER)) == MailCheck(
        MailFinding.NO_PASSWORD, "Others may read it. Run: chmod 600"
    )
    assert (await tried(mails, receiver.settings())).finding is MailFinding.WORKS


async def test_refusals_of_sender_mailbox_and_text_have_names_of_their_own(
    mails: Mails, receiver: MailReceiver
) -> None:
    receiver.senders = ["550 5.1.8 Not yours"]
    assert (await tried(mails, receiver.settings())).finding is MailFinding.SENDER_REFUSED
    receiver.recipients = ["550 5.1.1 No such mailbox"]
    assert await tried(mails, receiver.settings()) == MailCheck(
        MailFinding.RECIPIENT_REFUSED, "550 5.1.1 No such mailbox"
    )
    receiver.answers = ["554 5.6.0 Looks bad"]
    assert (await tried(mails, receiver.settings())).finding is MailFinding.FAILS


async def test_who_does_not_answer_as_a_mail_server_is_unreachable(
    mails: Mails, receiver: MailReceiver
) -> None:
    settings = receiver.settings()
    nobody = msgspec.structs.replace(settings, host="no-such-host.invalid")
    assert (await tried(mails, nobody)).finding is MailFinding.UNREACHABLE
    metadata = msgspec.structs.replace(settings, host="169.254.169.254")
    assert (await tried(mails, metadata)).finding is MailFinding.UNREACHABLE
    internet = msgspec.structs.replace(settings, host="1.1.1.1")
    assert (await tried(mails, internet)).finding is MailFinding.NOT_ENCRYPTED


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "https://smtp.example.com"},
        {"host": "smtp.example.com:25"},
        {"host": ""},
        {"sender": "shop"},
        {"sender": "shop@example.com, all@example.com"},
    ],
)
async def test_settings_that_cannot_be_right_are_refused(
    mails: Mails, receiver: MailReceiver, wrong: dict[str, str]
) -> None:
    settings = msgspec.structs.replace(receiver.settings(), **wrong)
    assert isinstance(await mails.try_out(settings, "a@example.com", BuyerLanguage.ZH), BadMailSettings)


async def test_a_name_that_would_end_its_header_is_one_line(mails: Mails, receiver: MailReceiver) -> None:
    settings = msgspec.structs.replace(receiver.settings(), sender_name='Rosé"\r\nBcc: all@example.com')
    assert (await tried(mails, settings)).finding is MailFinding.WORKS
    (mail,) = receiver.mails
    assert mail["Bcc"] is None
    assert mail["From"].addresses[0].addr_spec == "shop@example.com"
