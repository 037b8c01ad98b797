"""The password of the mail server, as the environment or a file beside the payment keys holds it."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from backend.contract.mail import HOST_VARIABLE, PASSWORD_FILE, PASSWORD_VARIABLE
from backend.data_folder import StartError
from backend.payment_settings import read_private
from backend.shop.mail.errors import PasswordError
from backend.shop.mail.smtp import MailPassword


def mail_password(
    folder: Path, environment: Mapping[str, str] = os.environ
) -> Callable[[], MailPassword | None]:
    """Return what reads the password, the environment's first: a new one counts from the next e-mail.

    The mail server that it is for stands beside it, so that who sets another in the settings is not given it.
    What is returned gives None where there is no password, and raises `PasswordError` for a file that others
    may read and for a password without its server.
    """

    def read() -> MailPassword | None:
        given = environment.get(PASSWORD_VARIABLE, "")
        return _of_environment(given, environment) if given else _of_file(folder / PASSWORD_FILE)

    return read


def _of_environment(password: str, environment: Mapping[str, str]) -> MailPassword:
    host = environment.get(HOST_VARIABLE, "").strip()
    if not host:
        raise PasswordError(
            f"{PASSWORD_VARIABLE} does not say which mail server it is for. Set {HOST_VARIABLE} to that "
            "server's name, such as smtp.example.com."
        )
    return MailPassword(host, password)


def _of_file(path: Path) -> MailPassword | None:
    try:
        text = read_private(path).strip("\r\n")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise PasswordError(f"{path} cannot be read: {error}") from None
    except StartError as error:
        raise PasswordError(str(error)) from None
    if not text:
        return None
    host, _, password = text.partition("\n")
    if not host.strip() or not password:
        raise PasswordError(
            f"{path} does not say which mail server its password is for. Write the server's name, such as "
            "smtp.example.com, in its first line and the password in the second."
        )
    return MailPassword(host.strip(), password)
