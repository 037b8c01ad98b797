"""Guests' streams over real HTTP, with the real relay worker and peers that publish and listen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from backend.contract.guests import (
    AcceptGuest,
    GuestMedia,
    GuestPhase,
    OpenGuestRequests,
    RemoveGuest,
    RequestSeat,
    StartDeviceTest,
)
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted
from backend.relay.client import RelayClient
from backend.relay.dtls import DtlsIdentity
from backend.relay.options import RelayOptions
from tests.backend.relay.running import sending, until
from tests.backend.running import Client, RunningBackend, running_backend
from tests.support.rtc_client import RtcClient
from tests.support.rtp_stream import FakeStream

SDP = {"Content-Type": "application/sdp"}


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    async with running_backend(
        tmp_path, make_relay=lambda heard: RelayClient(RelayOptions(), heard)
    ) as running:
        yield running


@asynccontextmanager
async def in_device_test(backend: RunningBackend) -> AsyncIterator[tuple[Client, str, str]]:
    """A host in the room, and a viewer who tests their devices: the host, the viewer's token and their id."""
    admission = await backend.enter()
    async with backend.host() as host, backend.open(admission) as viewer:
        await viewer.join()
        assert isinstance(await host.act(GoLive()), Accepted)
        assert isinstance(await host.act(OpenGuestRequests(is_open=True)), Accepted)
        assert isinstance(await viewer.act(RequestSeat(GuestMedia.VIDEO)), Accepted)
        assert isinstance(await host.act(AcceptGuest(admission.user_id)), Accepted)
        assert isinstance(await viewer.act(StartDeviceTest()), Accepted)
        yield host, admission.token, admission.user_id


async def offered(
    backend: RunningBackend, client: RtcClient, path: str, token: str, way: str = "sendonly"
) -> httpx.Response:
    headers = SDP | {"Authorization": f"Bearer {token}"}
    return await backend.http.post(path, content=client.offer(way), headers=headers)


def guest(backend: RunningBackend, user_id: str) -> tuple[GuestPhase, bool] | None:
    """How far a guest is, and whether the room knows of their stream."""
    features = backend.backend.local["main"]._processor._features
    found = features.guests.state.guests.get(user_id)
    return (found.phase, found.is_streaming) if found else None


async def test_a_guests_stream_reaches_the_host_and_the_room_knows_of_it(backend: RunningBackend) -> None:
    host_token = backend.signer.host("main")
    async with (
        in_device_test(backend) as (_host, token, user_id),
        RtcClient(DtlsIdentity()) as sender,
        RtcClient(DtlsIdentity()) as listener,
    ):
        answer = await offered(backend, sender, f"/whip/main/guests/{user_id}", token)
        assert answer.status_code == 201, answer.text
        assert answer.headers["location"].startswith(f"/whip/main/guests/{user_id}/")
        await sender.connect(answer.text)
        async with sending(sender, FakeStream(1)):
            await until(lambda: guest(backend, user_id) == (GuestPhase.TESTING, True))
            path = f"/whep/main/guests/{user_id}"
            heard = await offered(backend, listener, path, host_token, "recvonly")
            assert heard.status_code == 201, heard.text
            await listener.connect(heard.text)
            await until(lambda: listener.counted)
            assert not backend.backend.local["main"].snapshot().live.is_publishing
        sender.close()
        await until(lambda: guest(backend, user_id) == (GuestPhase.TESTING, False))


async def test_a_guest_who_loses_the_seat_is_cut_off(backend: RunningBackend) -> None:
    async with in_device_test(backend) as (host, token, user_id), RtcClient(DtlsIdentity()) as sender:
        path = f"/whip/main/guests/{user_id}"
        await sender.connect((await offered(backend, sender, path, token)).text)
        async with sending(sender, FakeStream(1)):
            await until(lambda: guest(backend, user_id) == (GuestPhase.TESTING, True))
            assert isinstance(await host.act(RemoveGuest(user_id)), Accepted)
            async with asyncio.timeout(10):
                await sender.is_closed.wait()
        assert (await offered(backend, sender, path, token)).status_code == 403


async def test_nobody_without_a_seat_sends_or_hears_a_guests_stream(backend: RunningBackend) -> None:
    stranger = await backend.enter()
    async with in_device_test(backend) as (_host, token, user_id), RtcClient(DtlsIdentity()) as client:
        for path, holder, status in (
            (f"/whip/main/guests/{user_id}", stranger.token, 403),
            (f"/whip/main/guests/{user_id}", "nonsense", 401),
            (f"/whip/main/guests/{stranger.user_id}", token, 403),
            (f"/whip/main/guests/{stranger.user_id}", stranger.token, 403),
            (f"/whip/main/guests/{user_id}", backend.signer.host("main"), 403),
            (f"/whip/nope/guests/{user_id}", token, 404),
            (f"/whep/main/guests/{user_id}", stranger.token, 403),
            (f"/whep/main/guests/{user_id}", "nonsense", 401),
        ):
            assert (await offered(backend, client, path, holder)).status_code == status, path
