"""Ending a leaked host token: its holder is out, everybody else stays."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from backend.contract.audience import Follow
from backend.contract.audit import AuditPage
from backend.contract.base import HOST_USER, Role
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted
from backend.features.actor import Actor, SignOut
from backend.features.live.store import RoomStore
from backend.host_token_command import HostTokenOptions, renew_host_token
from backend.identity.host_tokens import HostTokens, HostWatch
from backend.relay.client import RelayClient
from backend.relay.options import RelayOptions
from backend.room.audience import SIGNED_OUT
from backend.storage.database import Database
from tests.backend.running import SECRET, RunningBackend, as_admission, running_backend

ROOM = "/api/rooms/main"


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    async with running_backend(
        tmp_path, make_relay=lambda heard: RelayClient(RelayOptions(), heard)
    ) as running:
        yield running


async def renewal(backend: RunningBackend, token: str) -> tuple[int, str]:
    answer = await backend.http.post(f"{ROOM}/host-token", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, as_admission(answer).token if answer.status_code == 200 else ""


async def statuses(backend: RunningBackend, token: str) -> list[int]:
    bearer = {"Authorization": f"Bearer {token}"}
    offer = {**bearer, "Content-Type": "application/sdp"}
    answers = [
        await backend.http.post(f"{ROOM}/enter", headers=bearer),
        await backend.http.get(f"{ROOM}/audit", headers=bearer),
        await backend.http.get(f"{ROOM}/stats", headers=bearer),
        await backend.http.get(f"{ROOM}/stream-keys", headers=bearer),
        await backend.http.post("/whip/main", headers=offer, content=b"v=0"),
    ]
    return [answer.status_code for answer in answers]


async def test_a_leaked_host_token_ends_and_nobody_elses(backend: RunningBackend) -> None:
    leaked = backend.signer.host("main")
    stolen = await backend.enter(leaked)
    async with backend.client(leaked) as thief, backend.client() as viewer:
        await thief.join()
        await viewer.join()
        status, renewed = await renewal(backend, leaked)
        assert status == 200
        assert await thief.close_code() == SIGNED_OUT
        assert isinstance(await viewer.act(Follow()), Accepted)
    assert set(await statuses(backend, leaked)) == {401}
    assert await renewal(backend, leaked) == (401, "")
    with pytest.raises(InvalidStatus):
        async with connect(backend.socket_url(stolen), compression=None, proxy=None):
            pass
    assert 401 not in await statuses(backend, renewed)
    async with backend.client(renewed) as host:
        await host.join()
        assert isinstance(await host.act(GoLive()), Accepted)


async def test_of_many_who_renew_a_host_token_at_once_one_has_the_new_one(backend: RunningBackend) -> None:
    answers = await asyncio.gather(*(renewal(backend, backend.signer.host("main")) for _ in range(16)))
    assert sorted(status for status, _token in answers) == [200] + [401] * 15
    renewed = next(token for _status, token in answers if token)
    assert 401 not in await statuses(backend, renewed)


async def test_a_renewal_stands_in_the_audit_log_once_and_is_told_to_whom_it_concerns(
    backend: RunningBackend,
) -> None:
    told: list[tuple[str, int]] = []
    backend.backend.on_host_renewed = lambda room, generation: told.append((room, generation))
    _, renewed = await renewal(backend, backend.signer.host("main"))
    host = Actor(HOST_USER, Role.HOST)
    assert await backend.backend.rooms["main"].room.execute(SignOut(1), host) is None  # another node's
    async with backend.client(renewed) as client:
        await client.join()
        await client.act(GoLive())
    answer = await backend.http.get(
        f"{ROOM}/audit?kind=rights", headers={"Authorization": f"Bearer {renewed}"}
    )
    lines = msgspec.json.decode(answer.content, type=AuditPage).lines
    assert [(line.what, line.about) for line in lines] == [("host_token_renewed", "#1")]
    assert told == [("main", 1)]


async def test_only_the_host_renews_the_host_token(backend: RunningBackend) -> None:
    guest = await backend.enter()
    assert await renewal(backend, guest.token) == (403, "")
    assert await renewal(backend, "nonsense") == (401, "")
    assert (await backend.http.post(f"{ROOM}/host-token")).status_code == 401
    assert 401 not in await statuses(backend, backend.signer.host("main"))


async def test_what_another_program_renews_ends_here_too(backend: RunningBackend, tmp_path: Path) -> None:
    await asyncio.to_thread((tmp_path / "secret").write_bytes, SECRET)
    async with backend.client(backend.signer.host("main")) as thief:
        await thief.join()
        assert await asyncio.to_thread(renew_host_token, HostTokenOptions(data=tmp_path)) == 0
        assert await thief.close_code() == SIGNED_OUT
    renewed = await asyncio.to_thread((tmp_path / "host-token").read_text)
    assert 401 not in await statuses(backend, renewed)


async def test_what_could_not_be_ended_is_ended_at_the_next_look(tmp_path: Path) -> None:
    database = await asyncio.to_thread(Database, tmp_path)
    await asyncio.to_thread(RoomStore(database, "main").open, "Room", 0)
    tokens = HostTokens(database)
    asked: list[tuple[str, int]] = []

    async def end(room: str, generation: int) -> bool:
        asked.append((room, generation))
        return len(asked) > 1

    watch = await asyncio.to_thread(HostWatch, tokens, ["main"], end)
    await watch.look()
    await asyncio.to_thread(tokens.renew, "main")
    for _ in range(3):
        await watch.look()
    assert asked == [("main", 1)] * 2
    database.close()
