"""`main.py stream-key`: makes, lists and revokes stream keys, also while a backend runs."""

import sys
import time
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec
import platformdirs

from backend.contract.stream_keys import StreamKey, new_stream_key, stream_key_digest
from backend.identity.stream_keys import StreamKeyError, StreamKeyStore
from backend.options import DEFAULT_ROOM
from backend.storage.database import FILE_NAME, Database, StorageError, open_database

EXIT_REFUSED: Final = 2


class KeyAction(StrEnum):
    """What is done with stream keys."""

    ADD = "add"
    LIST = "list"
    REVOKE = "revoke"


class StreamKeyOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for.

    Attributes:
        name: of the key; empty for `LIST`.
        data, database: as the backend's, see `ServeOptions`.
        room: whose keys.
    """

    action: KeyAction
    name: str = ""
    data: Path | None = None
    database: str | None = None
    room: str = DEFAULT_ROOM


def manage_stream_keys(options: StreamKeyOptions) -> int:
    """Do what is asked for, and return the exit code."""
    try:
        database = _open(options)
        try:
            for line in _act(options, StreamKeyStore(database)):
                print(line)  # noqa: T201 - what the command is for
        finally:
            database.close()
    except (StorageError, StreamKeyError) as error:
        print(f"livestall: {error}", file=sys.stderr)  # noqa: T201 - to the person who started it
        return EXIT_REFUSED
    return 0


def _open(options: StreamKeyOptions) -> Database:
    folder = options.data or Path(platformdirs.user_data_dir("livestall", appauthor=False))
    if options.database is None and not (folder / FILE_NAME).is_file():
        raise StreamKeyError(
            404,
            f"There is no {FILE_NAME} in {folder}. Give the backend's --data or --database; a new backend "
            "makes it at its first start.",
        )
    return open_database(folder, options.database)


def _act(options: StreamKeyOptions, store: StreamKeyStore) -> list[str]:
    if not store.has_room(options.room):
        raise StreamKeyError(404, f"There is no room {options.room!r} yet. Check --room.")
    keys = [key for key, _digest in store.all(options.room)]
    match options.action:
        case KeyAction.LIST:
            return [_line(key) for key in keys]
        case KeyAction.ADD:
            made = new_stream_key()
            digest = stream_key_digest(made)
            store.add(options.room, options.name, digest, time.time_ns() // 1_000_000)
            print("The key is shown only once; it counts within a second.", file=sys.stderr)  # noqa: T201
            return [made]
        case KeyAction.REVOKE:
            key = next((key for key in keys if key.name == options.name), None)
            if key is None or store.remove(options.room, key.key_id) is None:
                raise StreamKeyError(
                    404, f"There is no stream key {options.name!r}. `stream-key list` shows them."
                )
            return []


def _line(key: StreamKey) -> str:
    used = "never used" if key.last_used_at_ms is None else f"last used {_time(key.last_used_at_ms)}"
    return f"{key.name}\tmade {_time(key.created_at_ms)}\t{used}"


def _time(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000).astimezone().isoformat(" ", "minutes")
