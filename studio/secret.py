"""The secret that signs the room's tokens: made once, kept in a file that only this user can read."""

import secrets
from pathlib import Path
from typing import Final

from backend.contract.private_files import OWNER_ONLY
from backend.contract.whole_files import write_whole

MIN_BYTES: Final = 32


class SecretError(Exception):
    """The secret cannot be read or kept; the message names cause and remedy."""


def load_secret(folder: Path) -> bytes:
    """Return the secret of a data folder; made at the first start.

    A file instead of the system's keyring: a server has none, and the backend alone must find it too.

    Raises:
        SecretError: the file cannot be read or written.
    """
    path = folder / "secret"
    try:
        secret = path.read_bytes().strip() if path.exists() else b""
        return secret if len(secret) >= MIN_BYTES else _make(path)
    except OSError as error:
        raise SecretError(
            f"The key of your room cannot be kept: {path}: {error.strerror}. "
            "Free some space, check who may write there, or choose another folder with --data."
        ) from error


def _make(path: Path) -> bytes:
    secret = secrets.token_urlsafe(48).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, secret, OWNER_ONLY)
    return secret
