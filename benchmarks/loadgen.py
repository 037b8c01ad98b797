"""Viewers and a publisher without codecs, for measuring a relay from outside: ours, or a Janus VideoRoom.

`python -m benchmarks.loadgen watch --whep URL --count 100 --seconds 10 --pid PID` joins, warms up, counts,
and prints one JSON object. `… publish --whip URL` sends 30 fps, 2.7 Mbit/s until it is ended. `--janus
ws://…` instead of the URL: a Janus VideoRoom.
"""

import argparse
import asyncio
import json
import os
import time
from contextlib import AsyncExitStack
from typing import Any

import httpx
import msgspec

from backend.relay.dtls import DtlsIdentity
from backend.relay.rtcp import KeyframeRequest, parse_rtcp
from benchmarks.janus_client import JanusClient
from tests.support.rtc_client import RtcClient
from tests.support.rtp_stream import AUDIO_RATE, FPS, FakeStream

VERIFIED_PACKETS = 20
REPORT_S = 1.0
CHECK_EVERY = 3


class Measured(msgspec.Struct):
    """What one run showed; CPU is that of the processes named by `--pid`."""

    viewers: int
    active: int
    failed: int
    packets_per_s: float
    mbps_a_viewer: float
    lost: int
    forged: int
    verified: int
    cpu: float
    us_a_packet: float
    join_cpu_ms: float
    join_s: float
    generator_cpu: float
    profile: str


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of processes, from /proc."""
    ticks = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat") as stat:
            ticks += sum(int(field) for field in stat.read().rsplit(")", 1)[1].split()[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


class Viewers:
    """Many viewers in one process."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._arguments = arguments
        identity = DtlsIdentity()
        self.clients = [
            RtcClient(identity, host=arguments.host, verify=VERIFIED_PACKETS) for _ in range(arguments.count)
        ]
        self.failures: list[str] = []
        self.keeping: list[asyncio.Task[None]] = []

    async def join(self, tasks: asyncio.TaskGroup, stack: AsyncExitStack) -> None:
        """Let all of them join, a few at a time."""
        arguments = self._arguments
        gate = asyncio.Semaphore(arguments.parallel)
        if arguments.janus:
            janus = await stack.enter_async_context(JanusClient(arguments.janus))
            joins = [self._join_janus(client, janus, gate, tasks) for client in self.clients]
        else:
            http = await stack.enter_async_context(httpx.AsyncClient(timeout=30))
            joins = [self._join_whep(client, http, gate, tasks) for client in self.clients]
        await asyncio.gather(*joins)

    async def _join_whep(
        self, client: RtcClient, http: httpx.AsyncClient, gate: asyncio.Semaphore, tasks: asyncio.TaskGroup
    ) -> None:
        async with gate:
            headers = {"Content-Type": "application/sdp"}
            reply = await http.post(self._arguments.whep, content=client.offer(), headers=headers)
            if reply.status_code != 201:
                self.failures.append(reply.text)
                return
            await self._connect(client, reply.text, tasks)

    async def _join_janus(
        self, client: RtcClient, janus: JanusClient, gate: asyncio.Semaphore, tasks: asyncio.TaskGroup
    ) -> None:
        async with gate:
            handle, offer = await janus.subscribe()
            answer = client.answer(offer)
            starting = tasks.create_task(janus.start(handle, answer))
            await self._connect(client, offer, tasks)
            await starting

    async def _connect(self, client: RtcClient, sdp: str, tasks: asyncio.TaskGroup) -> None:
        try:
            await client.connect(sdp)
        except TimeoutError:
            self.failures.append("no connection")
        else:
            self.keeping.append(tasks.create_task(keep(client)))

    def totals(self) -> tuple[int, int, int]:
        """Packets, bytes, lost."""
        return (
            sum(client.packets for client in self.clients),
            sum(client.octets for client in self.clients),
            sum(client.lost for client in self.clients),
        )


async def keep(client: RtcClient) -> None:
    """What a browser sends while it watches: reports, and checks that keep consent."""
    await asyncio.sleep(REPORT_S * (client.socket.fileno() % 32) / 32)
    rounds = 0
    while True:
        client.report()
        rounds += 1
        if rounds % CHECK_EVERY == 0:
            client.check()
        await asyncio.sleep(REPORT_S)


async def watch(arguments: argparse.Namespace) -> Measured:
    """Join, warm up, measure, leave."""
    viewers = Viewers(arguments)
    pids = arguments.pid
    async with AsyncExitStack() as stack:
        tasks = await stack.enter_async_context(asyncio.TaskGroup())
        cpu, began = cpu_seconds(pids), time.monotonic()
        await viewers.join(tasks, stack)
        join_s, join_cpu = time.monotonic() - began, cpu_seconds(pids) - cpu
        await asyncio.sleep(arguments.warm)
        packets, octets, lost = viewers.totals()
        cpu, began, own = cpu_seconds(pids), time.monotonic(), time.process_time()
        await asyncio.sleep(arguments.seconds)
        elapsed = time.monotonic() - began
        cpu, own = cpu_seconds(pids) - cpu, time.process_time() - own
        packets_after, octets_after, lost_after = viewers.totals()
        packets, octets, lost = packets_after - packets, octets_after - octets, lost_after - lost
        measured = Measured(
            viewers=arguments.count,
            active=sum(client.packets > 0 for client in viewers.clients),
            failed=len(viewers.failures),
            packets_per_s=packets / elapsed,
            mbps_a_viewer=octets * 8 / elapsed / 1e6 / arguments.count,
            lost=lost,
            forged=sum(client.forged for client in viewers.clients),
            verified=sum(client.verified for client in viewers.clients),
            cpu=cpu / elapsed,
            us_a_packet=cpu / max(1, packets) * 1e6,
            join_cpu_ms=join_cpu / arguments.count * 1000,
            join_s=join_s,
            generator_cpu=own / elapsed,
            profile=viewers.clients[0].profile,
        )
        for client in viewers.clients:
            client.close()
        for task in viewers.keeping:
            task.cancel()
    return measured


async def publish(arguments: argparse.Namespace) -> None:
    """Send 30 fps and sound until the process ends; say `publishing` when it flows."""
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(RtcClient(DtlsIdentity(), host=arguments.host))
        stream = FakeStream(seed=os.getpid())
        offer = client.offer("sendonly", ssrcs=(stream.video_ssrc, stream.audio_ssrc))
        if arguments.janus:
            janus = await stack.enter_async_context(JanusClient(arguments.janus))
            answer = await janus.publish(offer)
        else:
            http = await stack.enter_async_context(httpx.AsyncClient())
            headers = {"Content-Type": "application/sdp"}
            reply = await http.post(arguments.whip, content=offer, headers=headers)
            assert reply.status_code == 201, reply.text
            answer = reply.text
        await client.connect(answer)
        print("publishing", flush=True)
        await send(client, stream, 1.0 if arguments.silent else float("inf"))
        while True:
            client.check()
            await asyncio.sleep(REPORT_S)


async def send(client: RtcClient, stream: FakeStream, seconds: float) -> None:
    """The media: frames and sound on their own clocks, reports."""
    began = time.monotonic()
    frames = sounds = 0
    while (now := time.monotonic() - began) < seconds:
        while frames <= now * FPS:
            for packet in stream.frame():
                client.send_rtp(packet)
            frames += 1
            if frames % FPS == 0:
                client.send_rtcp(stream.reports(time.time()))
            if frames % (CHECK_EVERY * FPS) == 0:
                client.check()
        while sounds <= now * AUDIO_RATE:
            client.send_rtp(stream.sound())
            sounds += 1
        answer_rtcp(client)
        upcoming = min(frames / FPS, sounds / AUDIO_RATE)
        await asyncio.sleep(max(0.0, upcoming - (time.monotonic() - began)))


def answer_rtcp(client: RtcClient) -> int:
    """Forget what came; how many keyframes were asked for."""
    told, client.rtcp = client.rtcp, []
    return sum(isinstance(packet, KeyframeRequest) for data in told for packet in parse_rtcp(data))


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("watch", "publish"))
    parser.add_argument("--whep")
    parser.add_argument("--whip")
    parser.add_argument("--janus")
    parser.add_argument("--host", default="127.0.0.1", help="own address")
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--warm", type=float, default=2.0)
    parser.add_argument("--parallel", type=int, default=4, help="joins at a time")
    parser.add_argument("--silent", action="store_true", help="publish a second, then only stay connected")
    parser.add_argument("--pid", type=int, action="append", default=[])
    arguments = parser.parse_args()
    if arguments.what == "publish":
        asyncio.run(publish(arguments))
        return
    measured: dict[str, Any] = msgspec.to_builtins(asyncio.run(watch(arguments)))
    print(json.dumps(measured), flush=True)


if __name__ == "__main__":
    main()
