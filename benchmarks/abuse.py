"""Who means harm: what floods of names, endless headers and rejections cost everybody else.

The real backend, as `main.py serve` starts it, with its default limits; quiet and attacked in one run. What a
flood of offers to watch costs is measured by `offer_flood.py`.
"""

import argparse
import asyncio
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx
import msgspec
import psutil
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from backend.contract.cards import HideCard, ShowCard
from backend.contract.http import Admission
from backend.contract.protocol import Accepted, Act, Join, Rejected, Snapshot, decode_server_message, encode
from benchmarks import offer_flood
from benchmarks.crowd import read_line, start, stop

ROOT: Final = Path(__file__).parents[1]
ENTER: Final = "/api/rooms/main/enter"
GUESTS: Final = 40
ROUNDS: Final = 3
COMMANDS_PER_SECOND: Final = 10
HEADER_LINES: Final = 10
HEADER_MB: Final = 30
REFUSALS: Final = 1000
DEEP: Final = b'{"x":' * 600


class Served:
    """The backend that is attacked."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        ready = json.loads(read_line(process))
        self._process = psutil.Process(process.pid)
        self._folder = folder
        self.url: str = ready["url"]
        self.host_token: str = ready["host_token"]

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rpartition(":")[2])

    @property
    def memory_mb(self) -> float:
        """Of the backend itself, without its relay."""
        return float(self._process.memory_info().rss) / 2**20

    @property
    def log_kb(self) -> float:
        """All it has written to its log."""
        return sum(path.stat().st_size for path in (self._folder / "logs").iterdir()) / 1024

    @contextmanager
    def line(self, token: str) -> Iterator[ClientConnection]:
        """A client's line to the room, up to date."""
        headers = {"Authorization": f"Bearer {token}"}
        answer = httpx.post(self.url + ENTER, headers=headers)
        admission = msgspec.json.decode(answer.content, type=Admission)
        with connect(self._socket_url(admission.ticket), proxy=None) as line:
            line.send(encode(Join()).decode())
            while not isinstance(decode_server_message(line.recv()), Snapshot):
                pass
            yield line

    def try_ticket(self, ticket: str) -> None:
        """Ask for a line with a ticket that is none."""
        try:
            connect(self._socket_url(ticket), proxy=None).close()
        except InvalidStatus:
            return
        raise AssertionError(f"the ticket {ticket} opened a line")

    def _socket_url(self, ticket: str) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/rooms/main?ticket={ticket}"


@contextmanager
def serving() -> Iterator[Served]:
    """Run a fresh backend."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "main.py"), "serve", "--demo", "--port", "0", "--ready-json"]
        process = start([*command, "--data", folder])
        try:
            yield Served(process, Path(folder))
        finally:
            process.terminate()
            stop(process)


def name_flood(seconds: float) -> dict[str, float]:
    """Let 40 guests flood the room with names: how long the host waits for answers, against a quiet room."""
    quiet: list[float] = []
    attacked: list[float] = []
    with serving() as server, server.line(server.host_token) as host:
        for _ in range(ROUNDS):
            quiet += _answers_ms(host, seconds)
            with _attacking(server):
                attacked += _answers_ms(host, seconds)
    ratio = statistics.median(attacked) / statistics.median(quiet)
    print(f"  answers, quiet: {_spread(quiet)}; attacked: {_spread(attacked)}", flush=True)
    return {
        "name_flood_lag_ratio": round(ratio, 2),
        "name_flood_answer_ms": round(statistics.median(attacked), 1),
    }


@contextmanager
def _attacking(server: Served) -> Iterator[None]:
    command = [sys.executable, "-m", "benchmarks.abuse_attack", "names", server.url, str(GUESTS)]
    process = start(command)
    try:
        assert read_line(process) == "ready\n", "the attackers did not get in"
        yield
        assert process.stdin is not None
        process.stdin.close()
        tries = read_line(process).strip()
        assert tries, "the attackers gave up"
        print(f"  the attackers' tries: {tries}", flush=True)
    finally:
        stop(process)


def _answers_ms(host: ClientConnection, seconds: float) -> list[float]:
    """Show and hide a card again and again; how long each answer took, in ms."""
    took: list[float] = []
    for number in range(int(seconds * COMMANDS_PER_SECOND)):
        command = ShowCard("demo-tea") if number % 2 == 0 else HideCard()
        began = time.monotonic()
        host.send(encode(Act(number, command)).decode())
        while not _is_answer(host.recv(), number):
            pass
        took.append((time.monotonic() - began) * 1000)
        time.sleep(max(0.0, began + 1 / COMMANDS_PER_SECOND - time.monotonic()))
    return took


def _is_answer(data: str | bytes, number: int) -> bool:
    message = decode_server_message(data)
    return isinstance(message, Accepted | Rejected) and message.request_id == number


def _spread(took_ms: list[float]) -> str:
    ordered = sorted(took_ms)
    return f"median {statistics.median(ordered):.1f} ms, worst {ordered[-1]:.0f} ms"


def header_growth() -> dict[str, float]:
    """Send headers without an end, 300 MB on ten connections: by how much the backend grows."""
    with serving() as server:
        for _ in range(200):  # what it needs anyway
            httpx.get(f"{server.url}/healthz")
        before = most = server.memory_mb
        sent_mb = 0.0
        for _ in range(HEADER_LINES):
            for mb in _endless_header(server.port):
                sent_mb += mb
                most = max(most, server.memory_mb)
    print(f"  {sent_mb:.1f} MB of header were taken, {most - before:.1f} MB more memory at most", flush=True)
    return {"header_growth_mb": round(most - before, 1)}


def _endless_header(port: int) -> Iterator[float]:
    """Send a header until the backend hangs up; tells each time how many MB it took."""
    block = b"x" * 2**18
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
        for _ in range(HEADER_MB * 4):
            try:
                line.sendall(block)
            except OSError:
                return
            yield len(block) / 2**20


def rejection_log() -> dict[str, float]:
    """Be refused a thousand times, by ticket and by nonsense: how much the log grows."""
    with serving() as server, httpx.Client(base_url=server.url) as http:
        before = server.log_kb
        for number in range(REFUSALS // 2):
            server.try_ticket(f"none-{number}")
            answer = http.post("/api/rooms/main/sign-in", content=DEEP)
            assert answer.status_code in {422, 429}, f"expected a rejection, got {answer.status_code}"
        grown = server.log_kb - before
    print(f"  {REFUSALS} rejections: {grown:.2f} KB of log", flush=True)
    return {"log_kb_per_1000_refusals": round(grown * 1000 / REFUSALS, 2)}


def offers() -> dict[str, float]:
    """Let one client knock 2,000 times: how many viewers are refused for it."""
    with offer_flood.running_relay() as url:
        figures = asyncio.run(offer_flood.measure(url))
    return {"offer_flood_viewer_refusals": figures["offer_flood_viewer_refusals"]}


def main() -> None:
    """Measure and print the figures as the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0, help="of each round of the flood of names")
    asked = parser.parse_args()
    figures: dict[str, float] = {}
    print("names", flush=True)
    figures |= name_flood(asked.seconds)
    print("headers", flush=True)
    figures |= header_growth()
    print("rejections", flush=True)
    figures |= rejection_log()
    print("offers", flush=True)
    figures |= offers()
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
