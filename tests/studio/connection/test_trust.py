"""Certificates are read in beside the window's loop, once; where none comes nobody is trusted."""

import ssl
import threading

import httpx
import pytest

from studio.connection import trust
from studio.connection.room_http import Place, RoomHttp
from studio.connection.shop_http import ShopHttp
from studio.connection.trust import trust_of


@pytest.mark.parametrize("kind", [RoomHttp, ShopHttp])
async def test_no_connection_to_a_backend_reads_certificates_on_the_windows_loop(
    kind: type[RoomHttp | ShopHttp], monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []
    read = httpx.create_ssl_context

    def note() -> ssl.SSLContext:
        threads.append(threading.current_thread())
        return read()

    monkeypatch.setattr(httpx, "create_ssl_context", note)
    trust._authorities.cache_clear()
    for url in ("http://127.0.0.1:1", "https://shop.example", "https://shop.example"):
        async with kind(Place(url, "main", "token")):
            pass
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


async def test_a_backend_without_encryption_gets_nobody_to_trust() -> None:
    assert (await trust_of("http://127.0.0.1:1")).cert_store_stats()["x509"] == 0
    assert (await trust_of("https://shop.example")).verify_mode is ssl.CERT_REQUIRED


async def test_a_connection_is_used_in_its_block_alone() -> None:
    with pytest.raises(RuntimeError, match="async with"):
        await ShopHttp(Place("http://127.0.0.1:1", "main", "token")).get("/", Place)  # type: ignore[type-var]
