"""The backend as a process of its own: how it starts, what it says, how it ends, and what it remembers."""

import asyncio
import json
import os
import secrets
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import msgspec
import pytest
from websockets.asyncio.client import connect

import backend.serve
from backend.contract.audience import YouChanged
from backend.contract.cards import ShowCard
from backend.contract.http import Admission
from backend.contract.live import GoLive, LivePhase
from backend.contract.protocol import Accepted, Command, Snapshot
from backend.contract.shop import Catalog
from backend.contract.startup import NotStarted, StartProblem
from tests.backend.kinds import as_type
from tests.backend.room.test_processor import told
from tests.backend.running import Client, as_admission
from tests.support.migrated import put_migrated
from tests.support.postgres import Postgres

ROOT = Path(__file__).parents[2]
SECRET = secrets.token_urlsafe(48)
START_WITHIN_S = 60
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals")


class Child:
    """A backend started as the studio starts it."""

    def __init__(self, process: Process, ready: dict[str, str]) -> None:
        self.process = process
        self.ready = ready

    @asynccontextmanager
    async def client(self, token: str | None = None) -> AsyncIterator[Client]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with httpx.AsyncClient(base_url=self.ready["url"], trust_env=False) as http:
            response = await http.post("/api/rooms/main/enter", headers=headers)
        admission = msgspec.json.decode(response.content, type=Admission)
        url = f"{self.ready['url']}{admission.socket_path}?ticket={admission.ticket}"
        async with connect(url.replace("http", "ws", 1), compression=None, proxy=None) as socket:
            yield Client(socket)

    async def snapshot(self) -> Snapshot:
        async with self.client() as viewer:
            return as_type(Snapshot, await viewer.join())

    async def act(self, *commands: Command) -> None:
        async with self.client(self.ready["host_token"]) as host:
            await host.join()
            for command in commands:
                assert isinstance(await host.act(command), Accepted)

    async def end_stdin(self) -> int:
        assert self.process.stdin is not None
        self.process.stdin.close()
        return await self.ended()

    async def ended(self) -> int:
        async with asyncio.timeout(20):
            return await self.process.wait()


@asynccontextmanager
async def launched(*arguments: str, secret: str | None = SECRET) -> AsyncIterator[Process]:
    """Run `main.py serve`; it is ended with the block, come what may."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "main.py", "serve", *arguments, cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    try:
        if secret is not None and process.stdin is not None:
            process.stdin.write(secret.encode() + b"\n")
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@asynccontextmanager
async def child(folder: Path, *arguments: str) -> AsyncIterator[Child]:
    """A backend that is ready."""
    if "--database" not in arguments:
        put_migrated(folder)
    options = ("--data", str(folder), "--port", "0", "--ready-json", "--secret-on-stdin", *arguments)
    async with launched(*options) as process:
        assert process.stdout is not None
        async with asyncio.timeout(START_WITHIN_S):
            line = await process.stdout.readline()
        assert line, (await process.communicate())[1].decode()
        yield Child(process, json.loads(line))


async def refused(*arguments: str, secret: str | None = SECRET) -> tuple[int | None, str]:
    async with launched(*arguments, secret=secret) as process:
        async with asyncio.timeout(START_WITHIN_S):
            _, told = await process.communicate()
        return process.returncode, told.decode()


async def test_the_backend_says_in_one_line_how_to_reach_it_and_ends_with_its_stdin(tmp_path: Path) -> None:
    async with child(tmp_path) as served:
        ready = served.ready
        assert set(ready) == {"url", "viewer_url", "room", "whip_url", "whep_url", "host_token"}
        async with httpx.AsyncClient(trust_env=False) as http:
            page = await http.get(ready["viewer_url"])
            assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
            whip = await http.post(
                ready["whip_url"], content=b"v=0", headers={"Content-Type": "application/sdp"}
            )
            assert whip.status_code == 401
            host = {"Authorization": f"Bearer {ready['host_token']}"}
            stats = await http.get(f"{ready['url']}/api/rooms/main/stats", headers=host)
            assert stats.json()["worker"]["udp_port"] > 0
        assert await served.end_stdin() == 0
        assert served.process.stdout is not None
        assert await served.process.stdout.read() == b""


async def test_people_and_rooms_are_called_something_in_the_given_language(tmp_path: Path) -> None:
    async with child(tmp_path, "--language", "en") as served, served.client() as viewer:
        assert as_type(Snapshot, await viewer.join()).title == "Live room"
        assert (await told(viewer, YouChanged)).you.name.startswith("Guest ")


async def test_after_kill_nine_in_the_middle_of_a_show_it_goes_on_where_it_was(tmp_path: Path) -> None:
    async with child(tmp_path, "--demo") as served:
        await served.act(GoLive(), ShowCard("demo-lipstick"))
        before = await served.snapshot()
        served.process.kill()
        await served.ended()
    async with child(tmp_path) as served:
        after = await served.snapshot()
        assert (after.live.phase, after.live.session_id) == (LivePhase.LIVE, before.live.session_id)
        assert after.live.started_at_ms == before.live.started_at_ms
        assert after.card == before.card
        assert after.epoch != before.epoch
        async with httpx.AsyncClient(base_url=served.ready["url"], trust_env=False) as http:
            products = await http.get("/api/rooms/main/products")
        assert len(msgspec.json.decode(products.content, type=Catalog).products) == 5


@posix_only
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_well_and_tells_the_clients(tmp_path: Path, number: signal.Signals) -> None:
    async with child(tmp_path) as served, served.client() as viewer:
        await viewer.join()
        served.process.send_signal(number)
        assert await viewer.close_code() == 1012
        assert await served.ended() == 0


async def test_the_backend_stops_by_itself_after_the_given_time(tmp_path: Path) -> None:
    async with child(tmp_path, "--exit-after", "0.5") as served:
        assert await served.ended() == 0


async def test_a_taken_port_is_told_and_the_exit_code_is_two(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, told = await refused("--data", str(tmp_path), "--port", str(port), secret=None)
    assert code == 2
    assert f"Port {port} is taken by another program" in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("folder", "problem"),
    [("file/data", StartProblem.FOLDER_UNUSABLE), ("damaged", StartProblem.DATABASE)],
)
async def test_the_program_that_started_it_is_told_why_it_cannot(
    tmp_path: Path, folder: str, problem: StartProblem
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "livestall.db").write_bytes(b"no database" * 500)
    async with launched("--data", str(tmp_path / folder), "--port", "0", "--ready-json") as process:
        async with asyncio.timeout(START_WITHIN_S):
            told, said = await process.communicate()
        assert process.returncode == 2
    not_started = msgspec.json.decode(told, type=NotStarted)
    assert not_started.problem is problem
    assert not_started.detail in said.decode()


async def test_a_certificate_that_is_not_there_is_told(tmp_path: Path) -> None:
    files = ("--tls-cert", str(tmp_path / "chain.pem"), "--tls-key", str(tmp_path / "key.pem"))
    code, told = await refused("--data", str(tmp_path), "--port", "0", *files, secret=None)
    assert (code, "chain.pem cannot be read" in told) == (2, True)


async def test_a_second_backend_in_the_same_folder_is_told_so(tmp_path: Path) -> None:
    async with child(tmp_path):
        code, told = await refused("--data", str(tmp_path), "--port", "0", secret=None)
    assert (code, "Another backend is already at work" in told) == (2, True)


async def test_a_damaged_database_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    damaged = b"not a database at all " * 100
    (tmp_path / "livestall.db").write_bytes(damaged)
    code, told = await refused("--data", str(tmp_path), "--port", "0", secret=None)
    assert (code, "not a database" in told) == (2, True)
    assert "Traceback" not in told
    assert (tmp_path / "livestall.db").read_bytes() == damaged


async def test_a_short_secret_is_told(tmp_path: Path) -> None:
    code, told = await refused("--data", str(tmp_path), "--port", "0", "--secret-on-stdin", secret="short")
    assert (code, "at least 32 bytes, got 5" in told) == (2, True)


def test_a_breakdown_is_in_the_log_and_the_exit_code_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def break_down(*_arguments: object) -> None:
        raise RuntimeError("something nobody thought of")

    monkeypatch.setattr(backend.serve, "run", break_down)
    assert backend.serve.serve(backend.serve.ServeOptions(data=tmp_path, port=0)) == 1
    assert "something nobody thought of" in (tmp_path / "logs" / "backend.log").read_text()


async def test_alone_it_keeps_its_secret_and_the_hosts_token_for_this_user(tmp_path: Path) -> None:
    async with launched("--data", str(tmp_path), "--port", "0", "--exit-after", "1", secret=None) as process:
        async with asyncio.timeout(START_WITHIN_S):
            _, told = await process.communicate()
        assert process.returncode == 0, told.decode()
    token = (tmp_path / "host-token").read_text()
    for name in ("secret", "host-token"):
        assert os.name != "posix" or (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert token not in told.decode()
    assert token not in (tmp_path / "logs" / "backend.log").read_text()
    assert "Viewers: http://127.0.0.1:" in told.decode()


async def test_alone_it_keeps_the_host_token_that_somebody_renewed(tmp_path: Path) -> None:
    async with launched("--data", str(tmp_path), "--port", "0", secret=None) as process:
        assert process.stderr is not None
        async with asyncio.timeout(START_WITHIN_S):
            while not (line := (await process.stderr.readline()).decode()).startswith("Viewers: "):
                assert line, "expected to hear where viewers come in"
            file = tmp_path / "host-token"
            bearer = {"Authorization": f"Bearer {file.read_text()}"}
            address = line.split()[1].replace("/r/", "/api/rooms/") + "/host-token"
            async with httpx.AsyncClient(trust_env=False) as http:
                renewed = as_admission(await http.post(address, headers=bearer)).token
        assert file.read_text() == renewed
        assert os.name != "posix" or file.stat().st_mode & 0o777 == 0o600
        process.terminate()
        await process.communicate()


async def test_on_postgresql_a_show_goes_on_from_another_folder(tmp_path: Path, postgres: Postgres) -> None:
    database = ("--database", postgres.new_database())
    here, there = tmp_path / "here", tmp_path / "there"
    async with child(here, "--demo", *database) as served:
        await served.act(GoLive(), ShowCard("demo-lipstick"))
        before = await served.snapshot()
        served.process.kill()
        await served.ended()
    async with child(there, *database) as served:
        after = await served.snapshot()
    assert (after.live.phase, after.live.session_id) == (LivePhase.LIVE, before.live.session_id)
    assert after.card == before.card
    assert not list(here.glob("*.db"))


async def test_a_database_that_cannot_be_reached_is_told_without_its_password(tmp_path: Path) -> None:
    code, told = await refused(
        "--data",
        str(tmp_path),
        "--port",
        "0",
        "--secret-on-stdin",
        "--database",
        "postgresql://a:b4d@127.0.0.1:1/x",
    )
    assert code == 2
    assert "Check that the server runs" in told
    assert "b4d" not in told
