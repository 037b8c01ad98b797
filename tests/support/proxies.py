"""Proxies before a backend: Debian's nginx and Caddy, with the very files that docs/operating.md shows."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final

from tests.support.certificate import Certificate
from tests.support.free_port import free_port

GUIDE: Final = Path(__file__).parents[2] / "docs" / "operating.md"
NAME: Final = "shop.example.com"
PREFIX: Final = "/live"
START_WITHIN_S: Final = 30.0
NGINX_FRAME: Final = """
daemon off;
master_process off;
pid {folder}/pid;
error_log stderr;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    {shown}
}}
"""
CADDY_FRAME: Final = """
{{
    admin off
    auto_https disable_redirects
}}
{shown}
"""


class Proxy(StrEnum):
    """A kind of proxy, by the name of its program."""

    NGINX = "nginx"
    CADDY = "caddy"

    @property
    def program(self) -> str | None:
        """Where it lies; None where it is not installed."""
        return shutil.which(self.value, path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def running_proxy(
    kind: Proxy, folder: Path, backend: str, certificate: Certificate, name: str = NAME
) -> Iterator[int]:
    """Run a proxy in front of a backend (`address:port`) and give its port for https."""
    port = free_port()
    write = _nginx if kind is Proxy.NGINX else _caddy
    command = [str(kind.program), *write(folder, port, backend, certificate)]
    homes = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / f"{kind}.log").open("wb") as log:
        process = subprocess.Popen(command, env={**os.environ, **homes}, stdout=log, stderr=log)
        try:
            _wait_for(process, port, folder / f"{kind}.log")
            yield port
        finally:
            process.terminate()
            process.wait()


def _nginx(folder: Path, port: int, backend: str, certificate: Certificate) -> list[str]:
    shown = _shown("nginx", backend).replace("listen 443", f"listen 127.0.0.1:{port}")
    shown = shown.replace("/etc/ssl/shop/chain.pem", str(certificate.chain))
    shown = shown.replace("/etc/ssl/shop/key.pem", str(certificate.key))
    file = folder / "nginx.conf"
    file.write_text(NGINX_FRAME.format(folder=folder, shown=shown))
    return ["-c", str(file), "-p", str(folder), "-e", "stderr"]


def _caddy(folder: Path, port: int, backend: str, certificate: Certificate) -> list[str]:
    ours = f"{NAME}:{port} {{\n    bind 127.0.0.1\n    tls {certificate.chain} {certificate.key}"
    file = folder / "Caddyfile"
    file.write_text(CADDY_FRAME.format(shown=_shown("caddyfile", backend).replace(f"{NAME} {{", ours)))
    return ["run", "--config", str(file), "--adapter", "caddyfile"]


def _shown(language: str, backend: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None, f"expected a file for {language} in {GUIDE.name}"
    return found[1].replace("127.0.0.1:8787", backend)


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline_s = time.monotonic() + START_WITHIN_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline_s:
                raise RuntimeError(f"the proxy did not start: {log.read_text(errors='replace')}") from None
            time.sleep(0.02)
        else:
            return
