"""What the studio costs while it is live: CPU of each process at 720p30, and seconds from start to ready.

The whole program runs on a virtual screen with the demo source: it draws, shows the preview, encodes and
publishes to its own backend, and one viewer counts the pictures that come out. The window is drawn by the
CPU, as there is no graphics card behind a virtual screen. CPU is in percent of one core. The first start
makes the data folder, the others find it; each is held against one of `empty_window.py`, in turn.
`start_ratio` is the studio's start through the empty window's, medians of both. Figures of a machine too
busy for 30 frames a second say little.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from backend.relay.dtls import DtlsIdentity
from backend.relay.rtp import RtpPacket
from tests.support.display import virtual_display
from tests.support.programs import ROOT, Program, Ready, environment_on, run_studio
from tests.support.rtc_client import H264_TYPE, RtcClient

FPS = 30
WARM_UP_S = 10.0
CONNECT_TIMEOUT_S = 30.0
KEEP_S = 2.0
STARTS = 5
SDP = {"Content-Type": "application/sdp"}
OPTIONS = ("--demo", "--go-live", "--port", "0")


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


async def start_studio(display: str, data: Path) -> float:
    """Start the studio, and end it; seconds until it was ready."""
    began = time.monotonic()
    async with run_studio(display, data, *OPTIONS):
        return time.monotonic() - began


async def start_empty_window(display: str) -> float:
    """Start the empty window; seconds until it had painted."""
    began = time.monotonic()
    window = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.empty_window"),
        cwd=ROOT,
        env={**os.environ, **environment_on(display)},
        stdout=asyncio.subprocess.PIPE,
    )
    assert window.stdout is not None
    try:
        async with asyncio.timeout(CONNECT_TIMEOUT_S):
            line = await window.stdout.readline()
            started_s = time.monotonic() - began
            if await window.wait() != 0 or not line:
                raise AssertionError(f"the empty window ended with {window.returncode} after {line!r}")
    finally:
        if window.returncode is None:
            window.kill()
    return started_s


async def measure_starts(display: str, data: Path) -> dict[str, float]:
    """Start both in turn."""
    await start_empty_window(display)
    first_start_s = await start_studio(display, data)
    studio, empty = [], []
    for number in range(1, STARTS + 1):
        empty.append(await start_empty_window(display))
        studio.append(await start_studio(display, data))
        print(f"starts {number} of {STARTS}: empty {empty[-1]:.2f} s, studio {studio[-1]:.2f} s", flush=True)
    return {"first_start_s": first_start_s, **start_figures(studio, empty)}


def start_figures(studio_s: list[float], empty_s: list[float]) -> dict[str, float]:
    """Make figures of starts, in seconds, that were measured in turn."""
    studio, empty = statistics.median(studio_s), statistics.median(empty_s)
    return {"start_s": studio, "start_empty_s": empty, "start_ratio": studio / empty}


async def measure(seconds: float) -> dict[str, float]:
    """Measure starts, and a studio that is live for so many seconds."""
    with tempfile.TemporaryDirectory() as folder, virtual_display(1600, 1000) as display:
        data = Path(folder)
        starts = await measure_starts(display, data)
        async with run_studio(display, data, *OPTIONS) as program:
            print(f"live for {seconds:.0f} s", flush=True)
            return starts | await measure_live(program, seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    figures = asyncio.run(measure(parser.parse_args().seconds))
    for name, value in figures.items():
        print(f"{name:24} {value:8.2f}")
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
