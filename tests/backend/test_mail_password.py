from pathlib import Path

import pytest

from backend.mail_password import mail_password
from backend.shop.mail.smtp import PasswordError


def test_a_mail_password_of_the_environment_counts_above_the_file(tmp_path: Path) -> None:
    file = tmp_path / "smtp-password"
    file.write_text(" of the file \n")
    file.chmod(0o600)
    assert (
        mail_password(tmp_path, {"LIVESTALL_SMTP_PASSWORD": "of the environment"})() == "of the environment"
    )
    assert mail_password(tmp_path, {})() == " of the file "


def test_without_a_mail_password_there_is_none_and_a_new_one_counts_at_once(tmp_path: Path) -> None:
    read = mail_password(tmp_path, {})
    assert read() == ""
    file = tmp_path / "smtp-password"
    file.write_text("new")
    file.chmod(0o600)
    assert read() == "new"


def test_a_mail_password_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "smtp-password"
    file.write_text("secret")
    file.chmod(0o644)
    with pytest.raises(PasswordError, match="chmod 600") as raised:
        mail_password(tmp_path, {})()
    assert "secret" not in str(raised.value)
