"""`main.py renew-host-token`: ends all host tokens of a room and writes a new one; a backend may run."""

import sys
from pathlib import Path
from typing import Final

import msgspec
import platformdirs
from sqlalchemy import select

from backend.cluster.secret import NAME
from backend.data_folder import HOST_TOKEN, StartError, load_secret, write_private
from backend.identity.auth import TokenSigner
from backend.identity.host_tokens import HostTokens
from backend.options import DEFAULT_ROOM
from backend.storage.database import FILE_NAME, Database, StorageError, open_database
from backend.storage.tables import SHARED_SECRETS

EXIT_REFUSED: Final = 2


class HostTokenOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for.

    Attributes:
        data, database: as the backend's, see `ServeOptions`.
        room: whose host.
    """

    data: Path | None = None
    database: str | None = None
    room: str = DEFAULT_ROOM


def renew_host_token(options: HostTokenOptions) -> int:
    """Do what is asked for, and return the exit code."""
    folder = options.data or Path(platformdirs.user_data_dir("livestall", appauthor=False))
    try:
        database = _open(folder, options)
        try:
            signer = TokenSigner(_secret(database, folder))
            generation = HostTokens(database).renew(options.room)
        finally:
            database.close()
        token = _sign(signer, options.room, generation)
        write_private(folder / HOST_TOKEN, token.encode())
    except (StorageError, StartError) as error:
        print(f"livestall: {error}", file=sys.stderr)  # noqa: T201 - to the person who started it
        return EXIT_REFUSED
    print(folder / HOST_TOKEN)  # noqa: T201 - what the command is for
    return 0


def _open(folder: Path, options: HostTokenOptions) -> Database:
    if options.database is None and not (folder / FILE_NAME).is_file():
        raise StartError(f"There is no {FILE_NAME} in {folder}. Give the backend's --data or --database.")
    return open_database(folder, options.database)


def _secret(database: Database, folder: Path) -> bytes:
    with database.transaction() as connection:
        shared = connection.scalar(select(SHARED_SECRETS.c.secret).where(SHARED_SECRETS.c.name == NAME))
    if shared is not None:
        return str(shared).encode()
    if not (folder / "secret").is_file():
        raise StartError(
            f"There is no secret in {folder}. The token of a studio's own backend is renewed in the studio, "
            "under Live."
        )
    return load_secret(folder)


def _sign(signer: TokenSigner, room: str, generation: int) -> str:
    if not generation:
        raise StartError(f"There is no room {room!r} yet. Check --room.")
    return signer.host(room, generation=generation)
