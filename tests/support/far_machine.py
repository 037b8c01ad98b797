"""Another machine: a network namespace with an address of its own, at the end of a line that can be cut."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum


class Net(StrEnum):
    """What the line's network is made of; the host's part of an address takes the place of `{}`."""

    IPV4 = "10.213.{number}.{host}/24"
    IPV6 = "fd00:213:{number}::{host}/64"

    def address(self, host: int) -> str:
        """Return a machine's address in it."""
        return self.with_mask(host).partition("/")[0]

    def with_mask(self, host: int) -> str:
        """Return a machine's address in it, and how long the network's part is."""
        return self.value.format(number=os.getpid() % 250, host=host)


@dataclass(frozen=True)
class FarMachine:
    """A machine that is reached by one line.

    Attributes:
        name: the namespace's.
        net: the line's network; we are number 1 in it.
        address: the machine's address at first.
    """

    name: str
    net: Net
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

    def move(self, host: int) -> str:
        """Give it this address instead of its own, and return it."""
        _run("ip", "-n", self.name, "address", "flush", "dev", "line")
        _run("ip", "-n", self.name, "address", "add", self.net.with_mask(host), "dev", "line")
        return self.net.address(host)


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
def far_machine(net: Net = Net.IPV4) -> Iterator[FarMachine]:
    """Make one, the only one of this process at a time; it is gone when the block ends."""
    name, line = f"livestall-{os.getpid()}", f"lvs{os.getpid()}"
    there = ("ip", "-n", name)
    # Nobody else has these: they need not wait until that is known (RFC 4862 §5.4).
    at_once = ["nodad"] if net is Net.IPV6 else []
    _run("ip", "netns", "add", name)
    try:
        _run("ip", "link", "add", line, "type", "veth", "peer", "name", "line", "netns", name)
        _run("ip", "address", "add", net.with_mask(1), "dev", line, *at_once)
        _run("ip", "link", "set", line, "up")
        _run(*there, "address", "add", net.with_mask(2), "dev", "line", *at_once)
        for device in ("lo", "line"):
            _run(*there, "link", "set", device, "up")
        yield FarMachine(name, net, net.address(2))
    finally:
        _run("ip", "netns", "delete", name)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)
