from pathlib import Path

import pytest

from backend.mail_password import mail_password
from backend.shop.mail.errors import PasswordError
from backend.shop.mail.smtp import MailPassword

GIVEN = {"LIVESTALL_SMTP_PASSWORD": "of the environment"}


def written(folder: Path, text: str) -> Path:
    """A file that its owner alone may read."""
    file = folder / "smtp-password"
    file.write_text(text)
    file.chmod(0o600)
    return file


def test_a_mail_password_of_the_environment_counts_above_the_file(tmp_path: Path) -> None:
    written(tmp_path, "smtp.example.com\r\n of the file \r\n")
    environment = {**GIVEN, "LIVESTALL_SMTP_HOST": "mail.example.com"}
    assert mail_password(tmp_path, environment)() == MailPassword("mail.example.com", "of the environment")
    assert mail_password(tmp_path, {})() == MailPassword("smtp.example.com", " of the file ")


def test_without_a_mail_password_there_is_none_and_a_new_one_counts_at_once(tmp_path: Path) -> None:
    read = mail_password(tmp_path, {})
    assert read() is None
    written(tmp_path, "smtp.example.com\nnew")
    assert read() == MailPassword("smtp.example.com", "new")


def test_a_mail_password_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    written(tmp_path, "smtp.example.com\nsecret").chmod(0o644)
    with pytest.raises(PasswordError, match="chmod 600") as raised:
        mail_password(tmp_path, {})()
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("text", ["secret\n", "\nsecret"])
def test_a_mail_password_without_the_server_it_is_for_is_not_used(tmp_path: Path, text: str) -> None:
    written(tmp_path, text)
    with pytest.raises(PasswordError, match="first line") as raised:
        mail_password(tmp_path, {})()
    assert "secret" not in str(raised.value)
    with pytest.raises(PasswordError, match="LIVESTALL_SMTP_HOST"):
        mail_password(tmp_path, GIVEN)()


def test_a_mail_password_is_for_its_server_however_its_name_is_written() -> None:
    password = MailPassword("SMTP.example.com.", "secret")
    assert password.is_for("smtp.example.com")
    assert not password.is_for("smtp.example.com.attacker.test")
