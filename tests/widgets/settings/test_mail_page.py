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
        "password_host": "smtp.example.com",
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
    page.show_status(status(MailSettings(), has_password=False, password_host=""))
    assert "Off" in page.state.text()
    assert "/data/smtp-password" in page.password.text()
    page.show_status(status())
    assert page.typed() == SETTINGS
    assert page.fault() == ""
    assert not page.save_button.isEnabled()
    assert page.password.property("tone") == ""


def test_a_mail_server_that_the_password_is_not_for_is_said_while_it_is_typed(page: MailPage) -> None:
    page.show_status(status())
    page.host.setText("SMTP.example.com.")
    assert page.password.property("tone") == ""
    page.host.setText("smtp.elsewhere.example")
    assert page.password.property("tone") == "bad"
    assert "smtp.example.com" in page.password.text()
    assert "/data/smtp-password" in page.password.text()


def test_mail_settings_are_saved_by_the_pages_own_button_and_nothing_typed_is_lost(
    page: MailPage, record: Record
) -> None:
    page.show_status(status(MailSettings()))
    wanted = record(page.save_wanted)
    page.host.setText(" smtp.example.com ")
    assert not page.save_button.isEnabled()
    page.from_address.setText("shop@example.com")
    assert page.fault()
    page.save_button.click()
    expected = MailSettings("smtp.example.com", sender="shop@example.com")
    assert wanted == [(expected,)]
    # What is typed while it is saved would be lost.
    assert not page.host.isEnabled()
    page.show_document(expected)
    assert page.host.isEnabled()
    assert page.fault() == ""
    page.host.setText("")
    page.undo_button.click()
    assert page.typed() == expected


def test_a_page_of_mails_that_gets_no_answer_offers_to_ask_again(page: MailPage, record: Record) -> None:
    wanted = record(page.read_wanted)
    page.read()
    page.show_problem("The backend did not answer.")
    assert page.note.text() == "The backend did not answer."
    assert page.resend_button.isHidden()
    page.again_button.click()
    assert len(wanted) == 2
    assert page.fault() == ""


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
    page.resend_button.click()
    assert len(wanted) == 1
    assert not page.resend_button.isEnabled()


def test_what_is_typed_stays_when_the_mail_status_comes_or_a_problem(page: MailPage) -> None:
    page.show_status(status())
    page.host.setText("mail.example.com")
    page.show_status(status(waiting=3))
    page.show_problem("The backend did not answer.")
    assert page.host.text() == "mail.example.com"
    assert page.note.text() == "The backend did not answer."
    assert page.save_button.isEnabled()


def test_each_finding_and_encryption_of_mails_has_words_of_its_own() -> None:
    assert len({check_text(MailCheck(one, "")) for one in MailFinding}) == len(MailFinding)
    assert len({security_name(one) for one in MailSecurity}) == len(MailSecurity)
