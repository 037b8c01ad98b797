"""nginx and Caddy before a backend, as docs/operating.md shows them: https, prefix, WebSockets, paces."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.async_api import expect
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from backend.contract.http import Admission
from backend.contract.protocol import Snapshot
from backend.http.qr import qr_svg
from backend.options import ServeOptions
from backend.public_names import read_name
from backend.relay.dtls import DtlsIdentity
from tests.backend.kinds import as_type
from tests.backend.relay.running import sending, until
from tests.backend.running import Client, as_admission, running_backend
from tests.support.browser import Complaints, new_viewer, open_browser
from tests.support.certificate import Certificate, make_certificate
from tests.support.programs import run_backend
from tests.support.proxies import NAME, PREFIX, Proxy, running_proxy
from tests.support.rtc_client import RtcClient
from tests.support.rtp_stream import FakeStream

OPTIONS = ServeOptions(names=(read_name(NAME),), trusted_proxies=("127.0.0.1/32",), prefix=PREFIX)


@dataclass(frozen=True)
class Front:
    """What viewers see of a backend behind a proxy."""

    port: int
    trust: ssl.SSLContext

    @property
    def origin(self) -> str:
        return f"https://{NAME}:{self.port}"

    @asynccontextmanager
    async def viewer(self, address: str = "127.0.0.1") -> AsyncIterator[httpx.AsyncClient]:
        """A viewer who comes from an address of loopback."""
        transport = httpx.AsyncHTTPTransport(verify=self.trust, local_address=address)
        base = f"https://127.0.0.1:{self.port}{PREFIX}"
        headers = {"Host": f"{NAME}:{self.port}"}
        async with httpx.AsyncClient(transport=transport, base_url=base, headers=headers) as http:
            yield http

    async def enter(self, address: str = "127.0.0.1") -> httpx.Response:
        async with self.viewer(address) as http:
            return await http.post("/api/rooms/main/enter", extensions={"sni_hostname": NAME})

    @asynccontextmanager
    async def socket(self, admission: Admission, origin: str) -> AsyncIterator[Client]:
        url = f"wss://{NAME}:{self.port}{PREFIX}{admission.socket_path}?ticket={admission.ticket}"
        async with connect(
            url,
            host="127.0.0.1",
            port=self.port,
            ssl=self.trust,
            proxy=None,
            additional_headers={"Origin": origin},
        ) as socket:
            yield Client(socket)


@asynccontextmanager
async def front(kind: Proxy, folder: Path, options: ServeOptions = OPTIONS) -> AsyncIterator[Front]:
    certificate = make_certificate(folder, NAME)
    trust = ssl.create_default_context(cafile=str(certificate.chain))
    async with running_backend(folder, options) as backend, AsyncExitStack() as stack:
        yield Front(await _port(stack, kind, folder, backend.address, certificate), trust)


async def _port(
    stack: AsyncExitStack, kind: Proxy, folder: Path, backend: str, certificate: Certificate
) -> int:
    """Run a proxy until the stack is left, and give its port."""
    if kind.program is None:
        pytest.skip(f"there is no {kind} here: apt install nginx-light caddy")
    proxy = running_proxy(kind, folder, backend, certificate)
    port = await asyncio.to_thread(proxy.__enter__)
    stack.callback(proxy.__exit__, None, None, None)
    return port


@pytest.mark.parametrize("kind", Proxy)
async def test_through_a_proxy_the_room_is_entered_below_its_prefix_over_https(
    tmp_path: Path, kind: Proxy
) -> None:
    async with front(kind, tmp_path) as shop:
        admission = as_admission(await shop.enter())
        async with shop.socket(admission, shop.origin) as viewer:
            assert as_type(Snapshot, await viewer.join()).card is None

        other = as_admission(await shop.enter())
        with pytest.raises(InvalidStatus) as refused:
            async with shop.socket(other, "https://evil.example"):
                pass
        assert refused.value.response.status_code == 403


@pytest.mark.parametrize("kind", Proxy)
async def test_through_a_proxy_links_and_redirects_are_those_of_viewers(tmp_path: Path, kind: Proxy) -> None:
    async with front(kind, tmp_path) as shop, shop.viewer() as http:
        sni = {"sni_hostname": NAME}
        drawing = await http.get("/r/main/qr.svg", extensions=sni)
        assert drawing.content == qr_svg(f"{shop.origin}{PREFIX}/r/main?from=qr")
        for path in ("/", "/r/main/"):
            led = await http.get(path, extensions=sni)
            assert (led.status_code, led.headers["location"]) == (307, f"{PREFIX}/r/main")
            assert led.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("kind", Proxy)
async def test_the_pace_counts_the_viewers_behind_a_proxy_each_by_themselves(
    tmp_path: Path, kind: Proxy
) -> None:
    options = ServeOptions(
        names=OPTIONS.names,
        trusted_proxies=OPTIONS.trusted_proxies,
        prefix=PREFIX,
        enters_per_second=0.001,
        enters_at_once=1,
    )
    async with front(kind, tmp_path, options) as shop:
        codes = [(await shop.enter(f"127.0.1.{number}")).status_code for number in range(1, 31)]
        assert codes == [200] * 30
        assert (await shop.enter("127.0.1.7")).status_code == 429


@pytest.mark.parametrize("kind", Proxy)
async def test_sessions_of_media_are_made_and_ended_through_a_proxy(tmp_path: Path, kind: Proxy) -> None:
    certificate = make_certificate(tmp_path, NAME)
    trust = ssl.create_default_context(cafile=str(certificate.chain))
    asked = ("--name", NAME, "--trusted-proxy", "127.0.0.1", "--prefix", PREFIX)
    async with run_backend(tmp_path / "data", "--port", "0", *asked) as backend, AsyncExitStack() as stack:
        ready, identity = backend.ready, DtlsIdentity()
        assert ready.viewer_url == f"https://{NAME}{PREFIX}/r/{ready.room}"
        shop = Front(await _port(stack, kind, tmp_path, urlsplit(ready.url).netloc, certificate), trust)
        http = await stack.enter_async_context(shop.viewer())
        publisher = await stack.enter_async_context(RtcClient(identity))
        viewer = await stack.enter_async_context(RtcClient(identity))
        sni, sdp = {"sni_hostname": NAME}, {"Content-Type": "application/sdp"}
        token = {"Authorization": f"Bearer {ready.host_token}"}
        answer = await http.post(
            f"/whip/{ready.room}", content=publisher.offer("sendonly"), headers=sdp | token, extensions=sni
        )
        await publisher.connect(answer.text)
        async with sending(publisher, FakeStream(1)):
            answer = await http.post(
                f"/whep/{ready.room}", content=viewer.offer(), headers=sdp, extensions=sni
            )
            await viewer.connect(answer.text)
            await until(lambda: viewer.packets > 50, "media comes, past the proxy")
        location = answer.headers["location"]
        assert location.startswith(f"{PREFIX}/whep/{ready.room}/")
        ended = await http.delete(f"https://127.0.0.1:{shop.port}{location}", extensions=sni)
        assert ended.status_code == 200
        await viewer.is_closed.wait()


@pytest.mark.parametrize("kind", Proxy)
async def test_the_player_works_through_a_proxy_below_its_prefix_over_https(
    tmp_path: Path, kind: Proxy
) -> None:
    async with (
        front(kind, tmp_path) as shop,
        open_browser(
            arguments=[f"--host-resolver-rules=MAP {NAME} 127.0.0.1", "--ignore-certificate-errors"]
        ) as browser,
        await new_viewer(browser) as context,
    ):
        page = await context.new_page()
        complaints = Complaints(page)
        await page.goto(f"{shop.origin}{PREFIX}/")
        await page.wait_for_url(f"**{PREFIX}/r/main")
        await page.wait_for_function(
            "window.livestall?.stats().then(({ connection }) => connection === 'open')"
        )
        await expect(page.locator("gift-sheet")).to_be_attached()
        complaints.expect(f"{PREFIX}/whep/main")  # no relay runs here
        assert complaints.unexpected() == []
