import ssl
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from backend.contract.cards import CardShown, ShowCard
from backend.options import ServeOptions
from tests.backend.running import Client, as_admission, running_backend
from tests.support.certificate import make_certificate

COUNT_FILES = """
import resource
from backend.http.server import allow_many_connections
most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (256, most))
allow_many_connections()
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_backend_started_with_few_files_takes_as_many_as_it_may() -> None:
    told = subprocess.run([sys.executable, "-c", COUNT_FILES], capture_output=True, text=True, check=True)
    now, most = told.stdout.split()
    assert now == most or int(most) == -1
    assert int(now) > 1024


async def test_with_a_certificate_rooms_are_served_over_https_alone(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path, "shop.example.com")
    trust = ssl.create_default_context(cafile=str(certificate.chain))
    options = ServeOptions(tls_cert=certificate.chain, tls_key=certificate.key)
    async with (
        running_backend(tmp_path, options) as backend,
        httpx.AsyncClient(base_url=f"https://{backend.address}", verify=trust, trust_env=False) as http,
    ):
        token = backend.signer.host("main")
        enter = "/api/rooms/main/enter"
        guest = as_admission(await http.post(enter))
        host = as_admission(await http.post(enter, headers={"Authorization": f"Bearer {token}"}))
        viewer_url, host_url = (backend.socket_url(one).replace("ws:", "wss:") for one in (guest, host))
        async with (
            connect(viewer_url, ssl=trust, proxy=None) as watching,
            connect(host_url, ssl=trust, proxy=None) as showing,
        ):
            viewer, shop = Client(watching), Client(showing)
            await viewer.join()
            await shop.join()
            await shop.act(ShowCard("demo-tea"))
            await viewer.hears(CardShown)
        with pytest.raises(httpx.RemoteProtocolError):
            await backend.http.get("/healthz")
