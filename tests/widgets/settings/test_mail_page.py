import pytest
from pytestqt.qtbot import QtBot

from backend.contract.mail import MailCheck, MailFinding, MailSecurity, MailSettings, MailStatus
from tests.widgets.conftest import Record
from widgets.settings.mail_page import MailPage
from widgets.settings.mail_texts import check_text, security_name

SETTINGS = MailSettings("smtp.example.com", 465, MailSecurity.TLS, "shop", "shop@example.com", "玫瑰茶铺")


def status(settings: MailSettings = SETTINGS, **more: object) -> MailStatus:
    values = {
        "settings": settings,
        "has_password": True,
        "password_problem": "",
        "password_file": "/data/smtp-password",
        "waiting": 0,
        "given_up": 0,
        "last_error": "",
        **more,
    }
    return MailStatus(**values)  # type: ignore[arg-type]


@pytest.fixture
def page(qtbot: QtBot) -> MailPage:
    made = MailPage()
    qtbot.addWidget(made)
    return made


def test_the_page_shows_the_mail_settings_and_where_the_password_goes(page: MailPage) -> None:
    page.show_status(status(MailSettings(), has_password=False))
    assert "Off" in page.state.text()
    assert "/data/smtp-password" in page.password.text()
    page.show_status(status())
    assert page.typed == SETTINGS
    assert page.fault() == ""
    assert not page.use_button.isEnabled()


def test_what_is_typed_is_used_by_its_own_button_and_then_counts(page: MailPage, record: Record) -> None:
    page.show_status(status(MailSettings()))
    wanted = record(page.save_wanted)
    page.host.setText(" smtp.example.com ")
    assert not page.use_button.isEnabled()
    page.from_address.setText("shop@example.com")
    assert page.fault()
    page.use_button.click()
    expected = MailSettings("smtp.example.com", sender="shop@example.com")
    assert wanted == [(expected,)]
    page.show_saved(expected)
    assert page.fault() == ""
    page.host.setText("")
    page.undo_button.click()
    assert page.typed == expected


def test_the_usual_port_follows_the_encryption_and_another_one_stays(page: MailPage) -> None:
    page.show_status(status())
    page.security.setCurrentIndex(page.security.findData(MailSecurity.STARTTLS.value))
    assert page.port.value() == 587
    page.port.setValue(2525)
    page.security.setCurrentIndex(page.security.findData(MailSecurity.TLS.value))
    assert page.port.value() == 2525


def test_a_test_mail_goes_by_what_is_typed_and_its_finding_is_said(page: MailPage, record: Record) -> None:
    page.show_status(status())
    wanted = record(page.test_wanted)
    assert not page.test_button.isEnabled()
    page.to.setText("me@example.com")
    page.test_button.click()
    assert wanted == [(SETTINGS, "me@example.com")]
    page.show_check(MailCheck(MailFinding.LOGIN_REFUSED, "535 no"))
    assert "535 no" in page.result.text()
    assert page.result.property("tone") == "bad"
    assert page.test_button.isEnabled()
    page.show_check(MailCheck(MailFinding.WORKS, ""))
    assert page.result.property("tone") == "ok"


def test_mails_that_were_given_up_can_be_sent_again(page: MailPage, record: Record) -> None:
    page.show_status(status(given_up=2, waiting=1, last_error="recipient_refused: 550 <b>no</b>"))
    assert "2" in page.state.text()
    assert "550 <b>no</b>" in page.state.text()
    assert "recipient_refused" not in page.state.text()
    wanted = record(page.again_wanted)
    page.again_button.click()
    assert len(wanted) == 1
    assert not page.again_button.isEnabled()


def test_what_is_typed_stays_when_the_mail_status_comes_or_a_problem(page: MailPage) -> None:
    page.show_status(status())
    page.host.setText("mail.example.com")
    page.show_status(status(waiting=3))
    page.show_problem("The backend did not answer.")
    assert page.typed.host == "mail.example.com"
    assert page.result.text() == "The backend did not answer."
    assert page.use_button.isEnabled()


def test_each_finding_and_encryption_of_mails_has_words_of_its_own() -> None:
    assert len({check_text(MailCheck(one, "")) for one in MailFinding}) == len(MailFinding)
    assert len({security_name(one) for one in MailSecurity}) == len(MailSecurity)
