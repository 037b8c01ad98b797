"""Another machine: a network namespace with an address of its own, at the end of a line that can be cut."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.support.free_port import worker_number


@dataclass(frozen=True)
class FarMachine:
    """A machine that is reached by one line.

    Attributes:
        name: the namespace's.
        address: the machine's IPv4 address.
    """

    name: str
    address: str

    @property
    def runner(self) -> list[str]:
        """What stands before a command so that it runs there."""
        return ["ip", "netns", "exec", self.name]

    def cut(self) -> None:
        """Let nothing through, either way."""
        _run("ip", "-n", self.name, "link", "set", "line", "down")

    def mend(self) -> None:
        """Let everything through again."""
        _run("ip", "-n", self.name, "link", "set", "line", "up")


def can_make_far_machines() -> bool:
    """Whether this system lets this user make a network namespace."""
    if shutil.which("ip") is None:
        return False
    name = f"livestall-probe-{os.getpid()}"
    if subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False).returncode != 0:
        return False
    _run("ip", "netns", "delete", name)
    return True


@contextmanager
def far_machine() -> Iterator[FarMachine]:
    """Make one, the only one of this process at a time; it is gone when the block ends."""
    number = worker_number() + 1
    name, line = f"livestall-{os.getpid()}", f"lvs{os.getpid()}"
    ours, address = f"10.213.{number}.1", f"10.213.{number}.2"
    there = ("ip", "-n", name)
    _run("ip", "netns", "add", name)
    try:
        _run("ip", "link", "add", line, "type", "veth", "peer", "name", "line", "netns", name)
        _run("ip", "address", "add", f"{ours}/24", "dev", line)
        _run("ip", "link", "set", line, "up")
        _run(*there, "address", "add", f"{address}/24", "dev", "line")
        for device in ("lo", "line"):
            _run(*there, "link", "set", device, "up")
        yield FarMachine(name, address)
    finally:
        _run("ip", "netns", "delete", name)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)
