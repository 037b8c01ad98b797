import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import psutil
import pytest
from pytestqt.qtbot import QtBot

from backend.contract.startup import NotStarted, StartProblem
from studio.processes import backend_process
from studio.processes.backend_process import (
    BackendFailure,
    BackendOptions,
    BackendProcess,
    BackendReady,
    FailureKind,
)

# A backend as far as its parent can tell: it reads its secret, says that it is ready, and ends with stdin.
GOOD = """
import json, sys
secret = sys.stdin.readline().strip()
port = int(sys.argv[sys.argv.index("--port") + 1]) or 4321
url = f"http://127.0.0.1:{port}"
print("some other line", flush=True)
token = secret + " " + " ".join(sys.argv[1:])
print(json.dumps({"url": url, "viewer_url": url + "/r/main", "room": "main", "whip_url": url + "/whip/main",
                  "whep_url": url + "/whep/main", "host_token": token}), flush=True)
sys.stdin.read()
"""
FAILING = "import sys; sys.stdin.readline(); sys.stderr.write('The disk is full.\\n'); sys.exit(2)"
SILENT = "import sys; sys.stdin.read()"
STUBBORN = GOOD.replace("sys.stdin.read()", "import time; time.sleep(60)")


@pytest.fixture
def options(tmp_path: Path) -> BackendOptions:
    return BackendOptions(tmp_path, "127.0.0.1", 0, b"secret-of-the-room", has_demo=True, language="en")


@pytest.fixture
def backend(qtbot: QtBot) -> Iterator[BackendProcess]:
    made = BackendProcess((sys.executable, "-c", GOOD))
    yield made
    with qtbot.waitSignal(made.ended, timeout=15_000):
        made.stop()


def ready(qtbot: QtBot, process: BackendProcess, options: BackendOptions) -> BackendReady:
    with qtbot.waitSignal(process.ready, timeout=15_000) as caught:
        process.start(options)
    (found,) = caught.args or [None]
    assert isinstance(found, BackendReady)
    return found


@pytest.fixture(autouse=True)
def _quick_restarts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend_process, "RESTART_MS", (0, 10, 20))
    monkeypatch.setattr(backend_process, "END_TIMEOUT_MS", 300)


def test_the_backend_process_gets_its_secret_on_stdin_only(
    qtbot: QtBot, backend: BackendProcess, options: BackendOptions
) -> None:
    secret, *arguments = ready(qtbot, backend, options).host_token.split()
    command_line = " ".join(psutil.Process(backend.pid).cmdline())

    assert secret == "secret-of-the-room"
    assert arguments == [
        *("--data", str(options.data), "--host", "127.0.0.1", "--port", "0"),
        *("--language", "en", "--ready-json", "--secret-on-stdin", "--webhooks-to-lan"),
        "--demo",
    ]
    assert "secret-of-the-room" not in command_line


def test_when_the_machine_has_another_address_the_viewers_link_is_another(
    qtbot: QtBot, options: BackendOptions
) -> None:
    moving = GOOD.replace(
        "sys.stdin.read()",
        """print('{"viewer_url": "http://10.0.0.9/r/main"}', flush=True); sys.stdin.read()""",
    )
    backend = BackendProcess((sys.executable, "-c", moving))
    told: list[BackendReady] = []
    backend.ready.connect(told.append)
    backend.start(options)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=15_000)  # both lines can come at once

    assert told[1] == msgspec.structs.replace(told[0], viewer_url="http://10.0.0.9/r/main")
    with qtbot.waitSignal(backend.ended, timeout=15_000):
        backend.stop()


def test_after_a_crash_it_comes_back_on_the_same_port(
    qtbot: QtBot, backend: BackendProcess, options: BackendOptions
) -> None:
    first = ready(qtbot, backend, options)
    failures: list[BackendFailure] = []
    backend.failed.connect(failures.append)
    with qtbot.waitSignal(backend.ready, timeout=15_000) as caught:
        psutil.Process(backend.pid).kill()

    (second,) = caught.args or [None]
    assert [failure.kind for failure in failures] == [FailureKind.DIED]
    assert isinstance(second, BackendReady)
    assert second.url == first.url == "http://127.0.0.1:4321"


def test_a_backend_that_was_stopped_stays_stopped(qtbot: QtBot, options: BackendOptions) -> None:
    process = BackendProcess((sys.executable, "-c", GOOD))
    ready(qtbot, process, options)
    child = psutil.Process(process.pid)
    with qtbot.waitSignal(process.ended, timeout=15_000):
        process.stop()

    assert process.pid is None
    assert not child.is_running()


def test_one_that_does_not_end_is_ended(qtbot: QtBot, options: BackendOptions) -> None:
    process = BackendProcess((sys.executable, "-c", STUBBORN))
    ready(qtbot, process, options)
    with qtbot.waitSignal(process.ended, timeout=15_000):
        process.stop()

    assert process.pid is None


def test_stopping_what_does_not_run_is_told_at_once(qtbot: QtBot) -> None:
    process = BackendProcess()
    with qtbot.waitSignal(process.ended):
        process.stop()


def test_other_options_start_it_anew(qtbot: QtBot, backend: BackendProcess, options: BackendOptions) -> None:
    ready(qtbot, backend, options)
    first_pid = backend.pid
    second = ready(qtbot, backend, replace(options, host="0.0.0.0"))

    assert "--host 0.0.0.0" in second.host_token
    assert backend.pid != first_pid


def failure(qtbot: QtBot, code: str | None, options: BackendOptions) -> BackendFailure:
    """Return why a program does not start as a backend; None for the backend itself."""
    process = BackendProcess((sys.executable, "-c", code)) if code else BackendProcess()
    with qtbot.waitSignal(process.failed, timeout=60_000) as caught:
        process.start(options)
    with qtbot.waitSignal(process.ended, timeout=15_000):
        process.stop()
    (found,) = caught.args or [None]
    assert isinstance(found, BackendFailure)
    return found


def test_why_it_cannot_start_is_told_in_its_own_words(qtbot: QtBot, options: BackendOptions) -> None:
    assert failure(qtbot, FAILING, options) == BackendFailure(
        FailureKind.CANNOT_START, 0, "The disk is full."
    )


def test_what_a_person_can_do_something_about_is_told_apart(qtbot: QtBot, options: BackendOptions) -> None:
    told = NotStarted(StartProblem.DISK_FULL, "Do this.")
    telling = f"print({msgspec.json.encode(told).decode()!r}); {FAILING}"
    assert failure(qtbot, telling, options) == BackendFailure(
        FailureKind.CANNOT_START, 0, "Do this.", StartProblem.DISK_FULL
    )


def test_a_taken_port_is_named_by_the_backend_itself(qtbot: QtBot, options: BackendOptions) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        found = failure(qtbot, None, replace(options, port=port, secret=b"s" * 64))

    assert (found.kind, found.problem, found.port) == (
        FailureKind.CANNOT_START,
        StartProblem.PORT_TAKEN,
        port,
    )


def test_a_failed_start_is_tried_again_by_itself(
    qtbot: QtBot, tmp_path: Path, options: BackendOptions
) -> None:
    # Fails three times, as while the backend before it still ends, then is well.
    counting = f"""
import pathlib, sys
path = pathlib.Path({str(tmp_path / "count")!r})
count = int(path.read_text()) if path.exists() else 0
path.write_text(str(count + 1))
if count < 3:
    sys.exit(2)
{GOOD}"""
    process = BackendProcess((sys.executable, "-c", counting))
    failures: list[BackendFailure] = []
    process.failed.connect(failures.append)
    ready(qtbot, process, options)
    with qtbot.waitSignal(process.ended, timeout=15_000):
        process.stop()

    assert [found.kind for found in failures] == [FailureKind.CANNOT_START]


def test_one_that_says_nothing_is_told_and_ended(
    qtbot: QtBot, options: BackendOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend_process, "READY_TIMEOUT_MS", 200)

    assert failure(qtbot, SILENT, options).kind is FailureKind.SILENT


def test_a_program_that_is_not_there_is_told(qtbot: QtBot, options: BackendOptions) -> None:
    process = BackendProcess(("/nonexistent/program",))
    with qtbot.waitSignal(process.failed, timeout=15_000) as caught:
        process.start(options)
    process.stop()

    (found,) = caught.args or [None]
    assert found.kind is FailureKind.CANNOT_START
    assert found.detail
