"""RTMP servers for tests: Debian's nginx, which keeps what it gets, and one that never says a word."""

import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import Final

NGINX: Final = "/usr/sbin/nginx"
MODULE: Final = "/usr/lib/nginx/modules/ngx_rtmp_module.so"
KEY: Final = "s3cret-key"
_WAIT_S: Final = 20.0


class RtmpServer:
    """nginx with its RTMP module.

    Args:
        folder: for its files.
        port: where it listens; on 127.0.0.1.

    Attributes:
        port: where it listens.
        url: where to publish, with the key.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self.kept = folder / "kept"
        self.kept.mkdir(parents=True, exist_ok=True)
        self._folder, self.port = folder, port
        self.url = f"rtmp://127.0.0.1:{port}/live/{KEY}"
        file = folder / "nginx.conf"
        file.write_text(_configuration(folder, port))
        self._process = subprocess.Popen(
            [NGINX, "-p", str(folder), "-c", str(file), "-e", str(folder / "start.log")]
        )
        self._await_listening()

    def close(self) -> None:
        """End it, as a server that breaks down."""
        self._process.kill()
        self._process.wait()

    def recording(self) -> Path:
        """What was published."""
        [path] = self.kept.glob("*.flv")
        return path

    def addresses(self) -> list[str]:
        """By which address each connection that is over asked for it."""
        return (self._folder / "addresses.log").read_text().splitlines()

    def _await_listening(self) -> None:
        until = time.monotonic() + _WAIT_S
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("nginx does not listen")


class SilentServer:
    """Takes connections and says nothing."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"rtmp://127.0.0.1:{self._socket.getsockname()[1]}/live/{KEY}"
        self._taken: list[socket.socket] = []
        threading.Thread(target=self._take, daemon=True).start()

    def close(self) -> None:
        """End it."""
        self._socket.close()
        for taken in self._taken:
            taken.close()

    def _take(self) -> None:
        while True:
            try:
                self._taken.append(self._socket.accept()[0])
            except OSError:
                return


def _configuration(folder: Path, port: int) -> str:
    return f"""
load_module {MODULE};
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
rtmp {{
  log_format address '$tcurl';
  access_log {folder}/addresses.log address;
  server {{
    listen 127.0.0.1:{port};
    application live {{ live on; record all; record_path {folder}/kept; }}
    application closed {{ live on; deny publish all; }}
  }}
}}
"""
