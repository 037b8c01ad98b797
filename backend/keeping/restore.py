"""`main.py restore`: checks a backup, puts it into a data folder or database, and marks that as restored."""

import shutil
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Final

import msgspec
import platformdirs

from backend.data_folder import LOCK, UNFINISHED, StartError, hold_data_folder
from backend.keeping.archive import Archive, Manifest, reading
from backend.keeping.contents import DATABASE, DUMP, place_of
from backend.keeping.errors import KeepingError
from backend.keeping.postgres_tools import ASIDE, run_script
from backend.keeping.progress import Progress
from backend.keeping.server import has_tables, users_of
from backend.keeping.sqlite_copy import faults_of, schema_of, telling_failures
from backend.shop.restored import marking
from backend.storage.database import FILE_NAME, MIGRATIONS

EXIT_REFUSED: Final = 2
STAGING: Final = "restore.new"
BEFORE: Final = "before-restore-"
SCRIPT: Final = "livestall.sql"
# Of a backend that was started and ended: nothing that a restore could harm.
_NOTHING: Final = frozenset({LOCK, "logs", STAGING})
_BESIDE: Final = ("-wal", "-shm", "-journal")


class RestoreOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for.

    Attributes:
        file: the backup.
        data, database: as the backend's, see `ServeOptions`.
        replaces: whether what is there is moved aside.
    """

    file: Path
    data: Path | None = None
    database: str | None = None
    replaces: bool = False


def restore(options: RestoreOptions) -> int:
    """Do what is asked for, and return the exit code."""
    try:
        lines = restore_backup(options, Progress())
    except (KeepingError, StartError) as error:
        print(f"livestall: {error}", file=sys.stderr)  # noqa: T201 - to the person who started it
        return EXIT_REFUSED
    for line in lines:
        print(line)  # noqa: T201 - to the person who started it
    return 0


def restore_backup(options: RestoreOptions, progress: Progress) -> list[str]:
    """Restore a backup, and return what people should know of it.

    Until the last step the folder is as it was; killed within that one, `restore` is to be run again.

    Raises:
        KeepingError: the backup is damaged or too new, or would overwrite something.
        StartError: the folder cannot be used, or a backend works in it.
    """
    folder = options.data or Path(platformdirs.user_data_dir("livestall", appauthor=False))
    with reading(options.file) as archive:
        places = _check(options, archive.manifest)
        with hold_data_folder(folder):
            _check_empty(folder, options)
            staging = folder / STAGING
            shutil.rmtree(staging, ignore_errors=True)
            try:
                _unpack(archive, places, staging, progress)
                aside = f"{BEFORE}{time.strftime('%Y%m%d-%H%M%S')}"
                if options.database is not None:
                    _load(options.database, staging / SCRIPT, archive.manifest, has_aside=options.replaces)
                _put_in_place(folder, staging, aside)
            except OSError as error:
                raise KeepingError(
                    f"The backup cannot be restored into {folder}: {error.strerror}. Check the disk and its "
                    "free space, then restore again."
                ) from error
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    return _told(folder, aside, archive.manifest)


def _check(options: RestoreOptions, manifest: Manifest) -> dict[str, Path]:
    """Return where each file belongs; nothing that another program put into the archive goes anywhere."""
    places = {name: Path(SCRIPT) if name == DUMP else place_of(name) for name in manifest.files}
    strange = [name for name, place in places.items() if place is None]
    if strange:
        raise KeepingError(f"{options.file} holds {strange[0]!r}, which no backup of this version holds.")
    if manifest.schema not in {path.stem for path in (MIGRATIONS / "versions").glob("*.py")}:
        raise KeepingError(
            f"{options.file} was taken by another version of Livestall ({manifest.schema!r} is not known). "
            "Update this one, or restore with the version that took it."
        )
    if options.database is None and DATABASE not in manifest.files:
        raise KeepingError(f"{options.file} is of a PostgreSQL database. Give one with --database.")
    if options.database is not None and DUMP not in manifest.files:
        raise KeepingError(f"{options.file} is of a backend without --database. Leave --database out.")
    return {name: place for name, place in places.items() if place is not None}


def _check_empty(folder: Path, options: RestoreOptions) -> None:
    if options.database is not None and users_of(options.database):
        raise KeepingError("Others work with the database. Stop all backends on it, then restore again.")
    if options.replaces or (folder / UNFINISHED).exists():
        return
    held = sorted(path.name for path in folder.iterdir() if path.name not in _NOTHING)
    if held:
        raise KeepingError(
            f"{folder} is not empty ({', '.join(held[:3])}…). Give another folder with --data, or --replace: "
            "what is there is moved aside then, not deleted."
        )
    if options.database is not None and has_tables(options.database):
        raise KeepingError(
            "The database is not empty. Give an empty one, or --replace: what is there is moved into a "
            "schema of its own then, not deleted."
        )


def _unpack(archive: Archive, places: dict[str, Path], staging: Path, progress: Progress) -> None:
    """Write all files beside their places, checked."""
    staging.mkdir(mode=0o700)
    for name, place in places.items():
        target = staging / place
        target.parent.mkdir(mode=0o700, exist_ok=True)
        archive.unpack(name, target, progress)
    if DATABASE in places:
        _check_database(staging / FILE_NAME, archive.manifest)
        _mark(staging / FILE_NAME, archive.manifest)


def _check_database(path: Path, manifest: Manifest) -> None:
    faults = faults_of(path)
    if faults:
        raise KeepingError(f"The backup's database is damaged: {'; '.join(faults)}. Take another backup.")
    schema = schema_of(path)
    if schema != manifest.schema:
        raise KeepingError(f"The backup's database is of {schema!r}, its manifest says {manifest.schema!r}.")


def _mark(path: Path, manifest: Manifest) -> None:
    with telling_failures(path), closing(sqlite3.connect(path)) as database:
        database.execute(marking(manifest.taken_at_ms))
        database.commit()


def _load(address: str, script: Path, manifest: Manifest, *, has_aside: bool) -> None:
    """Fill a database in one transaction, the mark included."""
    aside = f"{ASIDE}{time.strftime('%Y%m%d_%H%M%S')}"
    making_room = [f"--command=ALTER SCHEMA public RENAME TO {aside}", "--command=CREATE SCHEMA public"]
    marked = ["--command=SET search_path TO public", f"--command={marking(manifest.taken_at_ms)}"]
    run_script(address, [*(making_room if has_aside else []), f"--file={script}", *marked])
    script.unlink()


def _put_in_place(folder: Path, staging: Path, aside: str) -> None:
    """Move what was there aside, and what was restored to its place; no backend starts in between."""
    (folder / UNFINISHED).touch()
    restored = sorted(path.name for path in staging.iterdir())
    for name in [*restored, *(f"{FILE_NAME}{ending}" for ending in _BESIDE)]:
        if (folder / name).exists():
            (folder / aside).mkdir(mode=0o700, exist_ok=True)
            (folder / name).rename(folder / aside / name)
    for name in restored:
        (staging / name).rename(folder / name)
    (folder / UNFINISHED).unlink()


def _told(folder: Path, aside: str, manifest: Manifest) -> list[str]:
    taken = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(manifest.taken_at_ms / 1000))
    lines = [
        f"Restored into {folder}, as it was on {taken}.",
        "At its next start the backend asks the payment providers what happened since; until that is done it "
        "sends no refunds, webhooks or mails.",
        "What was revoked since then counts again: look through stream keys, API tokens and assistants.",
    ]
    if (folder / aside).exists():
        lines.append(f"What was there before lies in {folder / aside}.")
    if not manifest.has_secrets:
        lines.append(
            "The backup holds no secrets: keys of payments are to be put in again, and where the folder has "
            "no secret of its own, everybody comes in as a new guest."
        )
    return lines
