"""`main.py backup`: one file with the database and the media of a shop, also while its backend runs."""

import errno
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import msgspec
import platformdirs

from backend.keeping.archive import ArchiveWriter, Manifest, writing
from backend.keeping.contents import DATABASE, DUMP, files_of, secrets_of
from backend.keeping.errors import KeepingError
from backend.keeping.postgres_tools import dump_database
from backend.keeping.progress import Progress
from backend.keeping.server import server_schema
from backend.keeping.sqlite_copy import copy_database, faults_of, forget_secrets, schema_of
from backend.storage.database import FILE_NAME

EXIT_REFUSED: Final = 2
SECRET_TABLE: Final = "shared_secrets"  # noqa: S105 - the name of a table
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class BackupOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for.

    Attributes:
        file: to write.
        data, database: as the backend's, see `ServeOptions`.
        has_secrets: whether the signing secret and the keys of payments are in it.
        replaces: whether a file of that name may be replaced.
    """

    file: Path
    data: Path | None = None
    database: str | None = None
    has_secrets: bool = False
    replaces: bool = False


def back_up(options: BackupOptions) -> int:
    """Do what is asked for, and return the exit code."""
    try:
        manifest = take_backup(options, Progress())
    except KeepingError as error:
        print(f"livestall: {error}", file=sys.stderr)  # noqa: T201 - to the person who started it
        return EXIT_REFUSED
    size = options.file.stat().st_size
    print(f"{options.file}: {len(manifest.files)} files, {size:,} bytes")  # noqa: T201 - what it is for
    return 0


def take_backup(
    options: BackupOptions,
    progress: Progress,
    clock_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
) -> Manifest:
    """Write a backup; its file is there whole, or not at all.

    Raises:
        KeepingError: it cannot be taken.
    """
    folder = options.data or Path(platformdirs.user_data_dir("livestall", appauthor=False))
    if options.database is None and not (folder / FILE_NAME).is_file():
        raise KeepingError(f"There is no {FILE_NAME} in {folder}. Give the backend's --data or --database.")
    if options.file.exists() and not options.replaces:
        raise KeepingError(f"{options.file} is there already. Choose another name, or give --replace.")
    with _telling_of_the_disk(options.file), writing(options.file, progress) as archive:
        taken_at_ms = clock_ms()
        with _copy_of(folder, options, progress) as (name, path, schema):
            archive.add(name, path)
        # After the database: whatever picture it names is in a folder from which pictures are not taken soon.
        _add_files(archive, folder, has_secrets=options.has_secrets)
        return archive.finish(schema=schema, taken_at_ms=taken_at_ms, has_secrets=options.has_secrets)


@contextmanager
def _copy_of(folder: Path, options: BackupOptions, progress: Progress) -> Iterator[tuple[str, Path, str]]:
    """Give a copy of the database with its name in the archive and its schema; it goes with the block."""
    copy = options.file.with_name(f"{options.file.name}.database.new")
    copy.unlink(missing_ok=True)  # of a crash
    try:
        if options.database is None:
            yield DATABASE, copy, _copy_file(folder / FILE_NAME, copy, options, progress)
        else:
            schema = server_schema(options.database)
            without = [] if options.has_secrets else [f"--exclude-table-data={SECRET_TABLE}"]
            dump_database(options.database, copy, progress, options=without)
            yield DUMP, copy, schema
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                copy.with_name(copy.name + ending).unlink(missing_ok=True)


def _copy_file(source: Path, copy: Path, options: BackupOptions, progress: Progress) -> str:
    copy_database(source, copy, progress)
    if not options.has_secrets:
        forget_secrets(copy)
    faults = faults_of(copy)
    if faults:
        raise KeepingError(
            f"The database {source} is damaged ({'; '.join(faults)}), so no backup was written. Keep the "
            "older backups, stop the backend, and restore the last one that is whole."
        )
    return schema_of(copy)


def _add_files(archive: ArchiveWriter, folder: Path, *, has_secrets: bool) -> None:
    for name, path in files_of(folder):
        with suppress(FileNotFoundError):  # taken away since it was listed
            archive.add(name, path)
    if has_secrets:
        for name, path in secrets_of(folder):
            archive.add(name, path)


@contextmanager
def _telling_of_the_disk(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        remedy = "Check that its folder is there and may be written."
        if error.errno in _FULL:
            remedy = "The disk is full: free some space, or write to another one."
        raise KeepingError(f"{file} cannot be written: {error.strerror}. {remedy}") from error
