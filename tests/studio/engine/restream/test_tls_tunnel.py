import socket
import ssl
from pathlib import Path

import pytest

from studio.engine.restream.tls_tunnel import TlsTunnel, renamed
from tests.support.free_port import free_port
from tests.support.rtmps import TlsFront

HERE, THERE = b"rtmp://127.0.0.1:9/", b"rtmps://live.example.com:443/"


def message(address: bytes) -> bytes:
    return b"..\x00\x05tcUrl\x02" + len(address).to_bytes(2, "big") + address + b"\x00\x04more"


def test_the_address_of_the_first_message_is_the_servers_own() -> None:
    assert renamed(message(HERE + b"app"), HERE, THERE) == message(THERE + b"app")


@pytest.mark.parametrize("body", [b"", b"connect", message(b"rtmp://elsewhere/app")])
def test_a_message_without_our_address_stays_as_it_is(body: bytes) -> None:
    assert renamed(body, HERE, THERE) == body


def test_a_server_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    front = TlsFront(tmp_path, free_port())
    try:
        with pytest.raises(ssl.SSLCertVerificationError):
            TlsTunnel(f"rtmps://localhost:{front.port}/live/key")
    finally:
        front.close()


def test_a_server_of_another_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    front = TlsFront(tmp_path, free_port())
    known = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *rest, **more: known("127.0.0.1", *rest, **more))
    try:
        with pytest.raises(ssl.SSLCertVerificationError):
            TlsTunnel(f"rtmps://live.example.com:{front.port}/live/key", front.trust)
    finally:
        front.close()


def test_a_server_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ConnectionRefusedError):
        TlsTunnel(f"rtmps://127.0.0.1:{free_port()}/live/key")
