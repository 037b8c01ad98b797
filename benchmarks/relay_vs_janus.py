"""The relay against Janus 1.1.2 (Debian, VideoRoom, event_loops=1): CPU a packet and a join, viewers a core.

The same load generator and the same stream (30 fps H.264 and Opus, 2.7 Mbit/s) for both, interleaved, the
median of three rounds. The measured process has one core, the generator another. Packets are cut as our own
engine cuts them. `--quick` takes one short round and fewer viewers. Linux with at least two cores; Janus
from the distribution.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from backend.relay.addresses import reachable_addresses
from benchmarks.janus_client import running_janus
from benchmarks.loadgen import Measured

ROOT = Path(__file__).parent.parent
VIEWERS = 100
ROUNDS = 3
SPARE_ROUNDS = 2
SECONDS = 8.0
# Less means that the publisher or a viewer was not served.
FULL_MBPS = 2.5
STEPS = (500, 550, 600)
RELAY_CORE, LOAD_CORE = 0, 1


def free_port() -> int:
    """A TCP port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def pin(pid: int, core: int) -> None:
    """Keep a process and all its threads on one core."""
    for thread in os.listdir(f"/proc/{pid}/task"):
        os.sched_setaffinity(int(thread), {core})


def start(module: str, *arguments: str) -> subprocess.Popen[str]:
    """A process of ours on the load's core."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    os.sched_setaffinity(process.pid, {LOAD_CORE})
    return process


def first_line(process: subprocess.Popen[str]) -> str:
    """What it says first; fails loudly when it ends instead."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"{process.args!r} ended with {process.wait()}")
    return line


@contextmanager
def ending(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    """End a process of ours at the end."""
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=20)


class Relay:
    """Our relay with its HTTP half; `pid` is the worker's."""

    def __init__(self, host: str, process: subprocess.Popen[str], port: int) -> None:
        self.host = host
        self.http_pid = process.pid
        self.pid: int = json.loads(first_line(process))["pid"]
        self.url = f"http://127.0.0.1:{port}"
        pin(self.pid, RELAY_CORE)

    def targets(self, room: str) -> list[str]:
        """Where to watch and publish."""
        return ["--whep", f"{self.url}/whep/{room}", "--whip", f"{self.url}/whip/{room}", "--host", self.host]


@contextmanager
def running_relay(host: str) -> Iterator[Relay]:
    """Start the relay on its core."""
    port = free_port()
    process = start("benchmarks.relay_server", "--port", str(port), "--host", host)
    try:
        yield Relay(host, process, port)
    finally:
        process.communicate(timeout=20)


@contextmanager
def publishing(*targets: str) -> Iterator[None]:
    """Keep a publisher sending."""
    with ending(start("benchmarks.loadgen", "publish", *targets)) as process:
        first_line(process)
        time.sleep(0.5)
        yield


def watch(count: int, seconds: float, pids: list[int], *targets: str) -> Measured:
    """Let viewers come, measure, let them go."""
    told = [part for pid in pids for part in ("--pid", str(pid))]
    numbers = ("--count", str(count), "--seconds", str(seconds))
    process = start("benchmarks.loadgen", "watch", *numbers, *told, *targets)
    with ending(process):
        return msgspec.json.decode(first_line(process), type=Measured)


def measure_relay(host: str, seconds: float) -> Measured:
    """One round of ours."""
    with running_relay(host) as relay, publishing(*relay.targets("load")):
        return watch(VIEWERS, seconds, [relay.pid], *relay.targets("load"))


def measure_janus(host: str, seconds: float) -> Measured:
    """One round of Janus."""
    port = free_port()
    targets = ["--janus", f"ws://127.0.0.1:{port}", "--host", host]
    with tempfile.TemporaryDirectory() as folder, running_janus(Path(folder), port, host) as janus:
        time.sleep(1.0)
        pin(janus.pid, RELAY_CORE)
        with publishing(*targets):
            return watch(VIEWERS, seconds, [janus.pid], *targets, "--parallel", "25")


def measure_capacity(host: str, seconds: float, steps: tuple[int, ...]) -> tuple[int, list[Measured]]:
    """The most viewers that one core serves without losing a packet, of the counts tried."""
    best, runs = 0, []
    with running_relay(host) as relay, publishing(*relay.targets("crowd")):
        for count in steps:
            run = watch(count, seconds, [relay.pid], *relay.targets("crowd"))
            runs.append(run)
            show(f"ours, {count} viewers", run)
            if run.lost or run.forged or run.active < count or run.mbps_a_viewer < FULL_MBPS:
                break
            best = count
    return best, runs


def measure_join(host: str, count: int) -> float:
    """CPU of a join in ms, worker and HTTP together; the publisher is silent, so media costs nothing."""
    with running_relay(host) as relay, publishing(*relay.targets("quiet"), "--silent"):
        watch(20, 0.1, [], *relay.targets("quiet"))  # imports, caches
        run = watch(count, 0.5, [relay.pid, relay.http_pid], *relay.targets("quiet"))
    if run.failed:
        raise RuntimeError(f"{run.failed} of {count} could not join")
    return run.join_cpu_ms


def show(name: str, run: Measured) -> None:
    """One line of the table."""
    print(
        f"{name:20} {run.us_a_packet:6.2f} µs/packet  {run.cpu:6.1%} of a core  "
        f"{run.mbps_a_viewer:5.2f} Mbit/s each  {run.lost:6} lost  {run.active}/{run.viewers} active  "
        f"generator {run.generator_cpu:5.1%}  {run.profile}",
        flush=True,
    )


def compare(host: str, rounds: int, seconds: float) -> float:
    """The median ratio of CPU a packet."""
    ratios: list[float] = []
    spare = SPARE_ROUNDS
    while len(ratios) < rounds:
        ours, theirs = measure_relay(host, seconds), measure_janus(host, seconds)
        show("ours", ours)
        show("Janus", theirs)
        if (ours.lost or theirs.lost) and spare:
            print("a round with losses: the machine was busy; once more")
            spare -= 1
            continue
        ratios.append(ours.us_a_packet / theirs.us_a_packet)
    print(f"ratios {', '.join(f'{ratio:.2f}' for ratio in ratios)}")
    return statistics.median(ratios)


def main() -> int:
    """Measure and print; the last line is the JSON object with the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round, to see that it works")
    is_quick = parser.parse_args().quick
    if shutil.which("janus") is None:
        print("Janus is missing: apt-get install janus", file=sys.stderr)
        return 1
    host = reachable_addresses()[0]
    figures: dict[str, float] = {}
    figures["join_cpu_ms"] = round(measure_join(host, 50 if is_quick else 200), 2)
    print(f"a join costs {figures['join_cpu_ms']} ms of CPU, worker and HTTP together", flush=True)
    ratio = compare(host, 1 if is_quick else ROUNDS, 4.0 if is_quick else SECONDS)
    figures["relay_cpu_ratio_to_janus"] = round(ratio, 3)
    best, _ = measure_capacity(host, 4.0 if is_quick else SECONDS, (200,) if is_quick else STEPS)
    if not is_quick:
        figures["viewers_per_core"] = best
    print(json.dumps({"figures": figures}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
