"""PostgreSQL's own programs, `pg_dump` and `psql`: a dump of a database, and a database from a dump."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from backend.contract.private_files import make_private
from backend.keeping.errors import KeepingError
from backend.keeping.progress import Progress

ASIDE: Final = "before_restore_"
_LOOK_EVERY_S: Final = 0.2
_SERVER_VERSION: Final = re.compile(r"server version: (\d+)")
_MOST_TOLD: Final = 500


def dump_database(address: str, target: Path, progress: Progress, *, options: Sequence[str]) -> None:
    """Write a database as it is at one moment as a script of SQL, whoever writes meanwhile.

    Raises:
        KeepingError: `pg_dump` is missing, too old for the server, or fails.
    """
    make_private(target)
    plain = ["--no-owner", "--no-privileges", f"--exclude-schema={ASIDE}*", f"--file={target}"]
    _run(
        "pg_dump",
        address,
        [*plain, *options],
        lambda: progress.reached("dumping the database", target.stat().st_size),
    )


def run_script(address: str, steps: Sequence[str]) -> None:
    """Run scripts and commands (`--file=…`, `--command=…`) in one transaction: all of it, or nothing.

    Raises:
        KeepingError: `psql` is missing, or one of them fails.
    """
    whole = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    _run("psql", address, [*whole, *steps], lambda: None)


def _run(name: str, address: str, options: Sequence[str], on_look: Callable[[], None]) -> None:
    program = shutil.which(name)
    if program is None:
        raise KeepingError(
            f"`{name}` is not installed, which comes with PostgreSQL's client. Install it (Debian: "
            "`apt install postgresql-client`, of the server's version or later), and try again."
        )
    url = _url(address)
    # A command line is seen by every user of the machine; the environment is not.
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    shown = url.set(password=None).render_as_string(hide_password=False)
    process = subprocess.Popen(
        [program, f"--dbname={shown}", *options],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        told = _wait(process, on_look)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if process.returncode:
        raise KeepingError(f"`{name}` failed: {' '.join(told.split())[-_MOST_TOLD:]} {_remedy(told)}")


def _wait(process: "subprocess.Popen[str]", on_look: Callable[[], None]) -> str:
    """Return what a program said when it ends."""
    while True:
        try:
            return process.communicate(timeout=_LOOK_EVERY_S)[1]
        except subprocess.TimeoutExpired:
            on_look()


def _remedy(told: str) -> str:
    version = _SERVER_VERSION.search(told)
    if "version mismatch" in told and version is not None:
        package = f"postgresql-client-{version[1]}"
        return f"Install the client of the server's version (Debian: `apt install {package}`)."
    if "No space left" in told:
        return "Free some space on the disk, or write to another one."
    return "Check that the server runs, and that database, user and password are right."


def _url(address: str) -> URL:
    try:
        return make_url(address).set(drivername="postgresql")
    except ArgumentError as error:
        raise KeepingError(f"expected postgresql://user@host/database, got {address!r}") from error
