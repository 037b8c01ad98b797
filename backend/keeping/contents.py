"""What of a data folder a backup holds, and what its files are called in the archive."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from backend.contract.mail import PASSWORD_FILE
from backend.data_folder import SANDBOX_KEY, SECRET
from backend.opening import BLOCKED_WORDS
from backend.payment_settings import FILE as PAYMENTS

DATABASE: Final = "database/livestall.db"
DUMP: Final = "database/livestall.sql"
FILES: Final = "files/"
SECRETS: Final = "secrets/"

PICTURES: Final = "products"
SECRET_FILES: Final = (SECRET, SANDBOX_KEY, PAYMENTS, PASSWORD_FILE)
# Keys of payment providers may stand in files of their own (see `payment_settings`).
_KEY: Final = re.compile(r"[\w-][\w.-]{0,99}\.pem", re.ASCII)
_PICTURE: Final = re.compile(rf"{FILES}{PICTURES}/[^/\\:]+")


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the files of a data folder that are no secrets, with their names in the archive."""
    if (folder / BLOCKED_WORDS).is_file():
        yield FILES + BLOCKED_WORDS, folder / BLOCKED_WORDS
    if (folder / PICTURES).is_dir():
        for path in sorted((folder / PICTURES).iterdir()):
            if path.is_file() and not path.name.endswith(".new"):
                yield f"{FILES}{PICTURES}/{path.name}", path


def secrets_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the secrets of a data folder, with their names in the archive."""
    for name in SECRET_FILES:
        if (folder / name).is_file():
            yield SECRETS + name, folder / name
    for path in sorted(folder.glob("*.pem")):
        if path.is_file() and _KEY.fullmatch(path.name):
            yield SECRETS + path.name, path


def place_of(name: str) -> Path | None:
    """Return where in a data folder a file of the archive belongs; None where it belongs nowhere."""
    if name == DATABASE:
        return Path("livestall.db")
    if name == FILES + BLOCKED_WORDS:
        return Path(BLOCKED_WORDS)
    if _PICTURE.fullmatch(name) and Path(name).name not in {".", ".."}:
        return Path(PICTURES, Path(name).name)
    secret = name.removeprefix(SECRETS)
    is_known = secret in SECRET_FILES or _KEY.fullmatch(secret)
    return Path(secret) if name.startswith(SECRETS) and is_known else None
