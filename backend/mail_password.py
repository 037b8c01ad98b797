"""The password of the mail server, as the environment or a file beside the payment keys holds it."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from backend.contract.mail import PASSWORD_FILE, PASSWORD_VARIABLE
from backend.data_folder import StartError
from backend.payment_settings import read_private
from backend.shop.mail.smtp import PasswordError


def mail_password(folder: Path, environment: Mapping[str, str] = os.environ) -> Callable[[], str]:
    """Return what reads the password, the environment's first: a new one counts from the next e-mail.

    It returns an empty text where there is none, and raises `PasswordError` for a file that others may read.
    """

    def read() -> str:
        given = environment.get(PASSWORD_VARIABLE, "")
        if given:
            return given
        path = folder / PASSWORD_FILE
        try:
            return read_private(path).strip("\r\n")
        except FileNotFoundError:
            return ""
        except (OSError, ValueError) as error:
            raise PasswordError(f"{path} cannot be read: {error}") from None
        except StartError as error:
            raise PasswordError(str(error)) from None

    return read
