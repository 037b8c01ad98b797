"""Starts the C crowd of WebSocket clients, compiled when a benchmark begins, and reads what it counted."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import msgspec

SOURCES: Final = Path(__file__).parent / "c"
OPEN_MORE_FILES: Final = "ulimit -n $(ulimit -Hn); exec"


class Count(msgspec.Struct, frozen=True):
    """What a crowd received since `begin`.

    Attributes:
        clients: how many read; `closed` of them were hung up on.
        frames, bytes: text messages, and what they weighed on the wire without headers.
        least, most: messages of the client that got fewest, and most.
        stamps: messages whose time of sending was read.
        p50_ms, p99_ms, max_ms: how late those came.
    """

    clients: int
    closed: int
    frames: int
    bytes: int
    least: int
    most: int
    stamps: int
    p50_ms: float
    p99_ms: float
    max_ms: float


class Crowd:
    """Clients that read; made ready by `gathered`."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def begin(self) -> None:
        """Count from here."""
        self._say("begin")

    def count(self) -> Count:
        """Return what was received."""
        self._say("count")
        return msgspec.json.decode(read_line(self._process), type=Count)

    def _say(self, word: str) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        stdin.write(f"{word}\n")
        stdin.flush()


@contextmanager
def compiled(name: str) -> Iterator[Path]:
    """Compile `c/<name>.c` with the system's compiler; raises where there is none."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / name
        subprocess.run(["cc", "-O2", "-o", str(program), str(SOURCES / f"{name}.c")], check=True)
        yield program


@contextmanager
def gathered(
    program: Path,
    port: int,
    count: int,
    *,
    path: str,
    how: str = "open",
    dead: int = 0,
    deflate: bool = False,
    stamp: str = '"t":',
) -> Iterator[Crowd]:
    """Open `count` clients that read, and `dead` that never do; they are gone when the block ends."""
    command = [program, port, how, path, count, dead, int(deflate), stamp]
    words = [str(word) for word in command]
    process = start(["bash", "-c", f'{OPEN_MORE_FILES} "$@"', "crowd", *words])
    try:
        ready = read_line(process)
        assert ready == "ready\n", f"the crowd did not get in: {ready!r}"
        yield Crowd(process)
    finally:
        stop(process)


def start(command: list[str]) -> "subprocess.Popen[str]":
    """Start a program that is spoken to by lines."""
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def read_line(process: "subprocess.Popen[str]") -> str:
    """Read what the program says next."""
    return _pipe(process.stdout).readline()


def stop(process: "subprocess.Popen[str]") -> None:
    """End a program by the end of its stdin, or by force when it does not listen."""
    _pipe(process.stdin).close()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _pipe(process.stdout).close()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
