"""A backend on a machine whose addresses are those of IPv6 alone, or become others while it runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import msgspec
import pytest

from backend.contract.startup import Moved
from backend.relay.dtls import DtlsIdentity
from studio.engine.publish.aiortc_adapter import advertise_loopback
from tests.backend.relay.running import sending, until
from tests.support.aiortc_peers import publishing
from tests.support.far_machine import FarMachine, Net, can_make_far_machines, far_machine
from tests.support.programs import Program, run_backend
from tests.support.rtc_client import RtcClient
from tests.support.rtp_stream import FakeStream

FOLLOWS_WITHIN_S = 60


@asynccontextmanager
async def serving(net: Net, host: str, folder: Path) -> AsyncIterator[tuple[FarMachine, Program]]:
    if not await asyncio.to_thread(can_make_far_machines):
        pytest.skip("making a network namespace takes root and iproute2")
    with far_machine(net) as machine:
        options = ("--host", host, "--port", "0")
        async with run_backend(folder, *options, runner=machine.runner) as backend:
            yield machine, backend


def authority(address: str, port: int) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


async def media_flows(machine: FarMachine, address: str, backend: Program) -> None:
    """A publisher and a viewer come to this address, over HTTP and UDP alike."""
    ready, identity, ours = backend.ready, DtlsIdentity(), machine.net.address(1)
    port = urlsplit(ready.viewer_url).port or 0
    base = f"http://{authority(address, port)}"
    async with (
        httpx.AsyncClient(
            base_url=base, trust_env=False, headers={"Content-Type": "application/sdp"}
        ) as http,
        RtcClient(identity, ours) as publisher,
        RtcClient(identity, ours) as viewer,
    ):
        token = {"Authorization": f"Bearer {ready.host_token}"}
        answer = await http.post(f"/whip/{ready.room}", content=publisher.offer("sendonly"), headers=token)
        assert answer.status_code == 201, answer.text
        told = [line.split()[4] for line in answer.text.splitlines() if line.startswith("a=candidate:")]
        assert told[0] == address
        assert all(one == address or one.startswith("127.") or one == "::1" for one in told)
        await publisher.connect(answer.text)
        async with sending(publisher, FakeStream(1)):
            answer = await http.post(f"/whep/{ready.room}", content=viewer.offer())
            await viewer.connect(answer.text)
            await until(lambda: viewer.packets > 50, "media comes")


async def test_link_candidates_and_media_follow_the_machine_to_another_address(tmp_path: Path) -> None:
    async with serving(Net.IPV4, "0.0.0.0", tmp_path) as (machine, backend):
        await media_flows(machine, machine.address, backend)

        address = await asyncio.to_thread(machine.move, 3)
        assert backend.process.stdout is not None
        async with asyncio.timeout(FOLLOWS_WITHIN_S):
            moved = msgspec.json.decode(await backend.process.stdout.readline(), type=Moved)
            while address not in moved.viewer_url:  # between the addresses there is none but loopback
                moved = msgspec.json.decode(await backend.process.stdout.readline(), type=Moved)
        assert moved.viewer_url == backend.ready.viewer_url.replace(machine.address, address)
        await media_flows(machine, address, backend)


async def test_on_a_machine_with_ipv6_alone_viewers_come_and_see(tmp_path: Path) -> None:
    async with serving(Net.IPV6, "::", tmp_path) as (machine, backend):
        assert backend.ready.viewer_url.startswith(f"http://[{machine.address}]:")
        await media_flows(machine, machine.address, backend)


async def test_a_studio_beside_its_backend_publishes_the_way_that_no_network_takes_away(
    tmp_path: Path,
) -> None:
    advertise_loopback()
    async with run_backend(tmp_path, "--host", "0.0.0.0", "--port", "0") as backend:
        ready = backend.ready
        token = {"Authorization": f"Bearer {ready.host_token}"}
        async with (
            httpx.AsyncClient(base_url=ready.url, trust_env=False, headers=token) as http,
            publishing(http, ready.room) as publisher,
            asyncio.timeout(FOLLOWS_WITHIN_S),
        ):
            ways: list[str] = []
            while not any(ways):
                room = (await http.get(f"/api/rooms/{ready.room}/stats")).json()["room"]
                ways = [peer["remote_address"] for peer in room["peers"]] if room else []
            assert [way.split(":")[0] for way in ways] == ["127.0.0.1"]
            (pair,) = publisher.getSenders()[0].transport.transport._connection._nominated.values()
            assert (pair.local_addr[0], pair.remote_addr[0]) == ("127.0.0.1", "127.0.0.1")
