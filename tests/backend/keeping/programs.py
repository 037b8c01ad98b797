"""`main.py` as a process of its own, as people and timers run it."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[3]
PATIENCE_S = 60.0


def run_main(*arguments: object, most_bytes: int | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end; it may write no file that is longer than `most_bytes`."""
    with start_main(*arguments, most_bytes=most_bytes) as process:
        out, told = process.communicate(timeout=PATIENCE_S)
    return subprocess.CompletedProcess(process.args, process.returncode, out, told)


def start_main(*arguments: object, most_bytes: int | None = None) -> "subprocess.Popen[str]":
    """Begin a command."""

    def limit() -> None:
        if most_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return subprocess.Popen(
        [sys.executable, "main.py", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,  # noqa: PLW1509 - the process has no threads of ours yet
    )


def killed_when(process: "subprocess.Popen[str]", happened: Callable[[], bool]) -> None:
    """End a process with SIGKILL as soon as something is so, before it ends by itself."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not happened():
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < deadline_s
        time.sleep(0.002)
    process.kill()
    assert process.wait() == -9
    process.communicate()
