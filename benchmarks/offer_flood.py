"""One client offers to watch 2,000 times in 5 s and never connects: is anybody else refused, or served worse?

Ten viewers watch all the while; twenty more come during the flood, from another address than the client that
knocks. All that is asked passes the limits that the product has by default.
"""

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

import httpx

from backend.relay.dtls import DtlsIdentity
from benchmarks.loadgen import keep, send
from tests.support.free_port import free_port
from tests.support.rtc_client import RtcClient
from tests.support.rtp_stream import FakeStream

ROOT: Final = Path(__file__).parents[1]
SDP: Final = {"Content-Type": "application/sdp"}
OFFERS: Final = 2000
FLOOD_S: Final = 5.0
WATCHING: Final = 10
COMING: Final = 20
LINES: Final = 40
# All of 127.0.0.0/8 is this machine: the client that knocks has an address of its own.
KNOCKS_FROM: Final = "127.0.0.2"


class Flood:
    """A relay, those who watch, and the one who knocks."""

    def __init__(self, url: str, stack: AsyncExitStack, tasks: asyncio.TaskGroup) -> None:
        self._url = url
        self._stack = stack
        self._tasks = tasks
        self._identity = DtlsIdentity()
        self._http = httpx.AsyncClient(timeout=30)
        self.rejections: Counter[str] = Counter()

    async def publish(self) -> asyncio.Task[None]:
        """Send 30 pictures a second until the task is cancelled."""
        client = await self._stack.enter_async_context(RtcClient(self._identity, verify=0))
        reply = await self._http.post(f"{self._url}/whip/room", content=client.offer("sendonly"), headers=SDP)
        await client.connect(reply.text)
        return self._tasks.create_task(send(client, FakeStream(1), float("inf")))

    async def watch(self) -> RtcClient | None:
        """A viewer with media, or None where it was refused."""
        client = await self._stack.enter_async_context(RtcClient(self._identity, verify=0))
        reply = await self._http.post(f"{self._url}/whep/room", content=client.offer(), headers=SDP)
        if reply.status_code != 201:
            self.rejections[reply.json()["error"]] += 1
            return None
        try:
            await client.connect(reply.text)
            async with asyncio.timeout(10):
                await client.has_media.wait()
        except TimeoutError:
            self.rejections["no connection"] += 1
            return None
        return client


async def knock(port: int) -> Counter[int]:
    """Offer again and again, evenly over the time, and never connect; the statuses of the answers."""
    client = RtcClient(DtlsIdentity())
    offer = client.offer().encode()
    client.close()
    head = f"POST /whep/room HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {SDP['Content-Type']}\r\n"
    request = f"{head}Content-Length: {len(offer)}\r\n\r\n".encode() + offer
    statuses: Counter[int] = Counter()
    async with asyncio.TaskGroup() as tasks:
        for number in range(LINES):
            tasks.create_task(_knock_on(port, request, number, statuses))
    return statuses


async def _knock_on(port: int, request: bytes, number: int, statuses: Counter[int]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(KNOCKS_FROM, 0))
    began = time.monotonic()
    for step in range(OFFERS // LINES):
        await asyncio.sleep(began + (step * LINES + number) * FLOOD_S / OFFERS - time.monotonic())
        writer.write(request)
        answer = await reader.readuntil(b"\r\n\r\n")
        statuses[int(answer.split()[1])] += 1
        length = next(line for line in answer.split(b"\r\n") if line.lower().startswith(b"content-length"))
        await reader.readexactly(int(length.split(b":")[1]))
    writer.close()


async def measure(url: str) -> dict[str, float]:
    """Let them come and knock; the figures."""
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as tasks:
        flood = Flood(url, stack, tasks)
        sending = await flood.publish()
        watching = [client for _ in range(WATCHING) if (client := await flood.watch()) is not None]
        keeping = [tasks.create_task(keep(client)) for client in watching]
        lost, packets = sum(one.lost for one in watching), sum(one.packets for one in watching)
        knocking = await start_knocking(url)
        for _ in range(COMING):
            await asyncio.sleep(FLOOD_S / COMING)
            coming = await flood.watch()
            if coming is not None:
                coming.close()
        told, _ = await knocking.communicate()
        lost = sum(one.lost for one in watching) - lost
        packets = sum(one.packets for one in watching) - packets
        for task in (sending, *keeping):
            task.cancel()
    print(f"{told.decode().strip()}; viewers refused: {dict(flood.rejections)}")
    print(f"those who watched got {packets} packets and lost {lost}")
    return {"offer_flood_viewer_refusals": flood.rejections.total(), "offer_flood_packets_lost": lost}


async def start_knocking(url: str) -> asyncio.subprocess.Process:
    """The client that knocks, in a process of its own."""
    command = (sys.executable, "-m", "benchmarks.offer_flood", "--knock", url.rpartition(":")[2])
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=subprocess.PIPE)


@contextlib.contextmanager
def running_relay() -> Iterator[str]:
    """The relay with its HTTP half, as the product runs it; its address."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.relay_server", "--port", str(port), "--as-the-product"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        json.loads(process.stdout.readline())
        yield f"http://127.0.0.1:{port}"
    finally:
        process.communicate(timeout=20)


def main() -> None:
    """Measure and print; as `--knock PORT`, be the one who knocks."""
    if sys.argv[1:2] == ["--knock"]:
        began = time.monotonic()
        statuses = asyncio.run(knock(int(sys.argv[2])))
        print(f"knocks by status: {dict(statuses)} in {time.monotonic() - began:.1f} s")
        return
    with running_relay() as url:
        figures = asyncio.run(measure(url))
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
