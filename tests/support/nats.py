"""A real NATS server for the tests: Debian's package, on a port of its own."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.free_port import free_port

START_WITHIN_S = 15.0


class Nats:
    """A server that can be stopped and started again on the same port."""

    def __init__(self) -> None:
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"nats://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        self._process = subprocess.Popen(
            ["/usr/sbin/nats-server", "-a", "127.0.0.1", "-p", str(self._port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline_s = time.monotonic() + START_WITHIN_S
        while not self._takes_connections():
            if self._process.poll() is not None or time.monotonic() > deadline_s:
                raise RuntimeError("nats-server did not start")
            time.sleep(0.02)

    def stop(self) -> None:
        """End it at once; connections are broken."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _takes_connections(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
        except OSError:
            return False
        return True


@contextmanager
def running_nats() -> Iterator[Nats]:
    """Run a server for as long as the block runs."""
    server = Nats()
    server.start()
    try:
        yield server
    finally:
        server.stop()
