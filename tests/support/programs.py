"""The real programs, started and ended for journeys: `main.py` with a window, and `main.py serve` without."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil

from tests.support.migrated import put_migrated

ROOT = Path(__file__).parents[2]
BACKEND = ("main.py", "serve")
READY_TIMEOUT_S = 45
END_TIMEOUT_S = 20


class Ready(msgspec.Struct, frozen=True):
    """The line that `--ready-json` prints."""

    url: str
    viewer_url: str
    room: str
    whip_url: str
    whep_url: str
    host_token: str


@dataclass(frozen=True)
class Program:
    """A running program and what it said when it was ready."""

    process: asyncio.subprocess.Process
    ready: Ready

    def children(self) -> list[psutil.Process]:
        """All processes below it, newest last."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, *words: str) -> psutil.Process:
        """The one process below it whose command line has all these words."""
        found = [
            child for child in self.children() if all(word in " ".join(child.cmdline()) for word in words)
        ]
        if len(found) != 1:
            told = [" ".join(child.cmdline()) for child in self.children()]
            raise AssertionError(f"expected one child with {words}, found {len(found)} among {told}")
        return found[0]

    async def kill(self) -> None:
        """End the program itself with SIGKILL, as a crash would."""
        self.process.kill()
        await self.process.wait()

    async def end(self) -> int:
        """Ask it to end (SIGTERM), wait, and return the exit code."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), END_TIMEOUT_S)


@asynccontextmanager
async def run_program(
    arguments: list[str], environment: Mapping[str, str], runner: Sequence[str] = ()
) -> AsyncIterator[Program]:
    """Run `<runner> python <arguments>` in the project until the block ends; nothing of it is left then."""
    async with _running([*runner, sys.executable, *arguments], environment) as process:
        ready = await asyncio.wait_for(_read_ready(process), READY_TIMEOUT_S)
        yield Program(process, ready)


@asynccontextmanager
async def _running(
    command: Sequence[str], environment: Mapping[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
    )
    family: list[psutil.Process] = []
    try:
        yield process
        if process.returncode is None:
            family = psutil.Process(process.pid).children(recursive=True)
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), END_TIMEOUT_S)
    finally:
        if process.returncode is None:
            family = psutil.Process(process.pid).children(recursive=True)
            process.kill()
            await process.wait()
        for member in family:
            if member.is_running():
                member.kill()


async def _read_ready(process: asyncio.subprocess.Process) -> Ready:
    assert process.stdout is not None
    async for line in process.stdout:
        if line.startswith(b"{"):
            return msgspec.json.decode(line, type=Ready)
    raise AssertionError(f"the program ended with {await process.wait()} before it was ready")


@asynccontextmanager
async def run_studio(display: str, data: Path, *options: str) -> AsyncIterator[Program]:
    """Run the studio on the X display with its data in `data`."""
    arguments = ["main.py", "--data", str(data), "--ready-json", *options]
    async with run_program(arguments, environment_on(display)) as program:
        yield program


@asynccontextmanager
async def run_assistant(display: str, data: Path, link: str) -> AsyncIterator[None]:
    """Run an assistant's studio on the X display with its data in `data`."""
    command = [sys.executable, "main.py", "assist", link, "--data", str(data)]
    async with _running(command, environment_on(display)) as process:
        yield
        assert process.returncode is None, f"the assistant's studio ended with {process.returncode}"
    assert process.returncode == 0


def environment_on(display: str) -> dict[str, str]:
    """What a program with windows on this X display needs."""
    return {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "XDG_SESSION_TYPE": "x11"}


@asynccontextmanager
async def run_backend(data: Path, *options: str, runner: Sequence[str] = ()) -> AsyncIterator[Program]:
    """Run the backend alone with its data in `data`; `runner` is a command that runs the one after it."""
    if "--database" not in options:
        put_migrated(data)
    async with run_program([*BACKEND, "--data", str(data), "--ready-json", *options], {}, runner) as program:
        yield program
