"""A port for a program that must come back on the same one."""

import os
import random
import socket
from typing import Final

# Below the ports that systems give out by themselves, and each process of a parallel run has its own: between
# the look and the use of a port nobody else can come by it.
FIRST: Final = 12_000
PORTS_A_PROCESS: Final = 1_000


def worker_number() -> int:
    """Return which process of a parallel run this is, counted from 0; 0 where there is one alone."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def free_port() -> int:
    """Return a port of 127.0.0.1 that is free for TCP and UDP now."""
    first = FIRST + worker_number() % 16 * PORTS_A_PROCESS
    for port in random.sample(range(first, first + PORTS_A_PROCESS), PORTS_A_PROCESS):
        with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagram:
            try:
                stream.bind(("127.0.0.1", port))
                datagram.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"no free port between {first} and {first + PORTS_A_PROCESS}")
