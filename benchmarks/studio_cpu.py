"""What the studio costs while it is live: CPU of each process at 720p30, and seconds from start to ready.

The whole program runs on a virtual screen with the demo source: it draws, shows the preview, encodes and
publishes to its own backend, and one viewer counts the pictures that come out. The window is drawn by the
CPU, as there is no graphics card behind a virtual screen. CPU is in percent of one core. The first start
makes the data folder, the second finds it. Figures of a machine too busy for 30 frames a second say little.
"""

import argparse
import asyncio
import json
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from backend.relay.dtls import DtlsIdentity
from backend.relay.rtp import RtpPacket
from tests.support.display import virtual_display
from tests.support.programs import Program, Ready, run_studio
from tests.support.rtc_client import H264_TYPE, RtcClient

FPS = 30
WARM_UP_S = 10.0
CONNECT_TIMEOUT_S = 30.0
KEEP_S = 2.0
SDP = {"Content-Type": "application/sdp"}


@dataclass(frozen=True)
class Processes:
    """The studio's processes."""

    by_name: dict[str, psutil.Process]

    def cpu_s(self) -> dict[str, float]:
        """Seconds of CPU that each has used."""
        times = {name: process.cpu_times() for name, process in self.by_name.items()}
        return {name: used.user + used.system for name, used in times.items()}

    def memory_mb(self) -> dict[str, float]:
        """Resident memory of each."""
        return {name: process.memory_info().rss / 1e6 for name, process in self.by_name.items()}


class Pictures:
    """Counts the pictures that a viewer gets."""

    def __init__(self) -> None:
        self.count = 0
        self._last = -1

    def __call__(self, packet: RtpPacket) -> None:
        """Take a packet."""
        if packet.payload_type == H264_TYPE and packet.timestamp != self._last:
            self._last = packet.timestamp
            self.count += 1


def processes_of(program: Program) -> Processes:
    """Find them below the program."""
    return Processes(
        {
            "gui": psutil.Process(program.process.pid),
            "engine": program.child("multiprocessing.spawn"),
            "backend": program.child("main.py", "serve"),
            "relay": program.child("backend.relay.worker"),
        }
    )


async def join(client: RtcClient, ready: Ready) -> None:
    """Watch, as soon as the studio is live."""
    async with httpx.AsyncClient() as http, asyncio.timeout(CONNECT_TIMEOUT_S):
        while True:
            reply = await http.post(ready.whep_url, content=client.offer(), headers=SDP)
            if reply.status_code == httpx.codes.CREATED:
                break
            await asyncio.sleep(0.2)
    await client.connect(reply.text)


async def watch_for(client: RtcClient, seconds: float) -> None:
    """Go on watching: reports, and checks that keep consent."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        client.report()
        client.check()
        await asyncio.sleep(min(left, KEEP_S))


async def measure_live(program: Program, seconds: float) -> dict[str, float]:
    """Measure a studio that goes live by itself."""
    pictures = Pictures()
    async with RtcClient(DtlsIdentity(), on_packet=pictures) as client:
        await join(client, program.ready)
        await watch_for(client, WARM_UP_S)
        processes = processes_of(program)
        began, cpu, seen = time.monotonic(), processes.cpu_s(), pictures.count
        await watch_for(client, seconds)
        elapsed = time.monotonic() - began
        used = {name: now - cpu[name] for name, now in processes.cpu_s().items()}
        frames = pictures.count - seen
    figures = {f"{name}_cpu_percent": value / elapsed * 100 for name, value in used.items()}
    figures["engine_cpu_ms_per_frame"] = used["engine"] / frames * 1000
    figures["frames_per_s"] = frames / elapsed
    return figures | {f"{name}_memory_mb": value for name, value in processes.memory_mb().items()}


async def measure(seconds: float) -> dict[str, float]:
    """Start twice; measure the second while it is live."""
    options = ("--demo", "--go-live", "--port", "0")
    with tempfile.TemporaryDirectory() as data, virtual_display(1600, 1000) as display:
        began = time.monotonic()
        async with run_studio(display, Path(data), *options):
            first_start_s = time.monotonic() - began
        began = time.monotonic()
        async with run_studio(display, Path(data), *options) as program:
            start_s = time.monotonic() - began
            print(
                f"started in {first_start_s:.1f} s, then {start_s:.1f} s; live for {seconds:.0f} s",
                flush=True,
            )
            live = await measure_live(program, seconds)
    return {"first_start_s": first_start_s, "start_s": start_s, **live}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    figures = asyncio.run(measure(parser.parse_args().seconds))
    for name, value in figures.items():
        print(f"{name:24} {value:8.1f}")
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
