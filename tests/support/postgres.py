"""A real PostgreSQL for the tests: Debian's package, in a folder of its own, on a local socket only."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO

import psycopg

from backend.storage.database import Database
from backend.storage.engines import PostgresServer

START_WITHIN_S = 30.0
TEMPLATE = "livestall"
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


class Postgres:
    """A server that runs; each test takes a database of its own."""

    def __init__(self, folder: Path, settings: Sequence[str] = ()) -> None:
        self._folder = folder
        self._settings = [word for setting in settings for word in ("-c", setting)]
        self._numbers = count(1)
        self._has_template = False
        self._process: subprocess.Popen[bytes] | None = None

    def new_database(self, template: str = "template1") -> str:
        """Make an empty database, or a copy of another one, and return its address."""
        name = f"livestall_{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return self.url(name)

    def new_migrated(self) -> str:
        """Make an empty database that needs no migration, and return its address."""
        if not self._has_template:
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{TEMPLATE}"'.encode())
            Database(PostgresServer(self.url(TEMPLATE))).close()
            self._has_template = True
        return self.new_database(TEMPLATE)

    def url(self, database: str) -> str:
        """Return the address of a database here."""
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        command = [_binary("postgres"), "-D", str(self._folder / "data"), "-k", str(self._folder)]
        quick = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=50"]
        with (self._folder / "log").open("ab") as log:
            self._process = _as_postgres([*command, *quick, *self._settings], log)
        deadline_s = time.monotonic() + START_WITHIN_S
        while not self._takes_connections():
            if self._process.poll() is not None or time.monotonic() > deadline_s:
                raise RuntimeError(f"PostgreSQL did not start: {(self._folder / 'log').read_text()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End the server; connections are broken."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _takes_connections(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


def is_installed() -> bool:
    """Return whether Debian's postgresql is there."""
    return bool(BINARIES)


@contextmanager
def running_postgres(*settings: str) -> Iterator[Postgres]:
    """Run a server for as long as the block runs; settings such as `fsync=on` go before its own."""
    folder = Path(tempfile.mkdtemp(prefix="livestall-pg-", dir="/tmp"))  # a socket's path must be short
    server = Postgres(folder, settings)
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        make = [_binary("initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        with (folder / "log").open("ab") as log:
            assert _as_postgres([*make, "--no-sync", "--locale=C.UTF-8"], log).wait(60) == 0
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _binary(name: str) -> str:
    return str(BINARIES[-1] / name)


def _as_postgres(command: list[str], log: IO[bytes]) -> "subprocess.Popen[bytes]":
    """Start it as the user `postgres` where we are root: PostgreSQL refuses root."""
    is_root = os.geteuid() == 0
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd="/",
        user="postgres" if is_root else None,
        group="postgres" if is_root else None,
        extra_groups=[] if is_root else None,
    )
