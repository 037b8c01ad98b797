"""Stream keys over real HTTP, with the real relay worker and peers that publish."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import msgspec
import pytest

from backend.contract.audit import AuditPage
from backend.contract.protocol import Private
from backend.contract.stream import StreamTakenOver
from backend.contract.stream_keys import StreamKey, StreamKeys, new_stream_key, stream_key_digest
from backend.identity.stream_keys import StreamKeyStore
from backend.relay.client import RelayClient
from backend.relay.dtls import DtlsIdentity
from backend.relay.options import RelayOptions
from backend.storage.database import Database
from backend.stream_key_command import KeyAction, StreamKeyOptions, manage_stream_keys
from tests.backend.relay.running import sending, until
from tests.backend.running import RunningBackend, running_backend
from tests.support.rtc_client import RtcClient
from tests.support.rtp_stream import FakeStream

PATH = "/api/rooms/main/stream-keys"
SDP = {"Content-Type": "application/sdp"}


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    async with running_backend(
        tmp_path, make_relay=lambda heard: RelayClient(RelayOptions(), heard)
    ) as running:
        yield running


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def host(backend: RunningBackend) -> dict[str, str]:
    return bearer(backend.signer.host("main"))


async def made(backend: RunningBackend, name: str = "OBS") -> tuple[str, StreamKey]:
    key = new_stream_key()
    body = {"name": name, "digest": stream_key_digest(key)}
    response = await backend.http.post(PATH, json=body, headers=host(backend))
    assert response.status_code == 200, response.text
    return key, msgspec.json.decode(response.content, type=StreamKey)


async def offered(backend: RunningBackend, client: RtcClient, token: str) -> httpx.Response:
    headers = SDP | bearer(token)
    return await backend.http.post("/whip/main", content=client.offer("sendonly"), headers=headers)


async def test_a_key_that_the_host_made_publishes(backend: RunningBackend) -> None:
    key, shown = await made(backend)
    listed = await backend.http.get(PATH, headers=host(backend))
    assert msgspec.json.decode(listed.content, type=StreamKeys).keys == [shown]
    async with RtcClient(DtlsIdentity()) as client:
        assert (await offered(backend, client, key)).status_code == 201


async def test_a_key_does_nothing_but_publish_in_its_room(backend: RunningBackend) -> None:
    key, shown = await made(backend)
    api, headers = "/api/rooms/main", bearer(key)
    answers = [
        await backend.http.post(f"{api}/enter", headers=headers),
        await backend.http.get(f"{api}/audit", headers=headers),
        await backend.http.get(f"{api}/stats", headers=headers),
        await backend.http.get(PATH, headers=headers),
        await backend.http.post(PATH, json={"name": "x", "digest": "0" * 64}, headers=headers),
        await backend.http.delete(f"{PATH}/{shown.key_id}", headers=headers),
        await backend.http.post(
            f"{api}/account", json={"name": "Anna", "password": "a good password"}, headers=headers
        ),
        await backend.http.get(f"/ws/rooms/main?ticket={key}"),
    ]
    assert [answer.status_code for answer in answers[:-1]] == [401] * 7
    assert answers[-1].status_code in (403, 404)
    async with RtcClient(DtlsIdentity()) as client:
        answer = await backend.http.post(
            "/whip/other", content=client.offer("sendonly"), headers=SDP | headers
        )
        assert answer.status_code == 404


async def test_a_revoked_key_is_cut_at_once_and_worth_nothing(backend: RunningBackend) -> None:
    key, shown = await made(backend)
    async with RtcClient(DtlsIdentity()) as client:
        await client.connect((await offered(backend, client, key)).text)
        async with sending(client, FakeStream(1)):
            await until(lambda: backend.backend.local["main"].snapshot().live.is_publishing)
            answer = await backend.http.delete(f"{PATH}/{shown.key_id}", headers=host(backend))
            assert answer.status_code == 200
            async with asyncio.timeout(10):
                await client.is_closed.wait()
        assert (await offered(backend, client, key)).status_code == 401
    await until(lambda: not backend.backend.local["main"].snapshot().live.is_publishing)


async def test_a_key_revoked_by_another_program_is_cut_too(backend: RunningBackend, tmp_path: Path) -> None:
    key, shown = await made(backend)
    async with RtcClient(DtlsIdentity()) as client:
        await client.connect((await offered(backend, client, key)).text)
        async with sending(client, FakeStream(1)):
            database = await asyncio.to_thread(Database, tmp_path)
            await asyncio.to_thread(StreamKeyStore(database).remove, "main", shown.key_id)
            database.close()
            async with asyncio.timeout(10):
                await client.is_closed.wait()


async def test_making_and_revoking_stand_in_the_audit_log(backend: RunningBackend) -> None:
    _, shown = await made(backend, "收银台 OBS")
    await backend.http.delete(f"{PATH}/{shown.key_id}", headers=host(backend))
    response = await backend.http.get("/api/rooms/main/audit?kind=rights", headers=host(backend))
    lines = msgspec.json.decode(response.content, type=AuditPage).lines
    assert [(line.what, line.about) for line in lines] == [
        ("stream_key_revoked", "收银台 OBS"),
        ("stream_key_made", "收银台 OBS"),
    ]
    assert all(line.by is not None and line.by.user_id == "host" for line in lines)


async def test_stream_keys_are_the_hosts_alone(backend: RunningBackend) -> None:
    viewer = (await backend.enter()).token
    for headers, status in (({}, 401), (bearer("forged"), 401), (bearer(viewer), 403)):
        assert (await backend.http.get(PATH, headers=headers)).status_code == status
        answer = await backend.http.post(PATH, json={"name": "x", "digest": "0" * 64}, headers=headers)
        assert answer.status_code == status
    unknown = await backend.http.get("/api/rooms/nowhere/stream-keys", headers=host(backend))
    assert unknown.status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "", "digest": "0" * 64}, 422),
        ({"name": "OBS", "digest": "0"}, 422),
        ({"name": "OBS"}, 422),
    ],
)
async def test_a_key_that_cannot_be_is_refused_and_changes_nothing(
    backend: RunningBackend, body: dict[str, str], status: int
) -> None:
    answer = await backend.http.post(PATH, json=body, headers=host(backend))
    assert answer.status_code == status
    listed = await backend.http.get(PATH, headers=host(backend))
    assert msgspec.json.decode(listed.content, type=StreamKeys).keys == []


async def test_an_unknown_key_cannot_be_revoked(backend: RunningBackend) -> None:
    assert (await backend.http.delete(f"{PATH}/nothing", headers=host(backend))).status_code == 404


async def test_who_was_displaced_reads_the_name_of_who_took_over(backend: RunningBackend) -> None:
    key, _ = await made(backend, "OBS on the counter PC")
    token = backend.signer.host("main")
    async with RtcClient(DtlsIdentity()) as first, RtcClient(DtlsIdentity()) as second:
        await first.connect((await offered(backend, first, token)).text)
        async with sending(first, FakeStream(1)):
            await until(lambda: backend.backend.local["main"].snapshot().live.is_publishing)
            await second.connect((await offered(backend, second, key)).text)
            async with sending(second, FakeStream(2)):
                async with asyncio.timeout(10):
                    await first.is_closed.wait()
                answer = await offered(backend, first, token)
    assert answer.status_code == 409
    assert (answer.json()["error"], answer.json()["by"]) == ("taken_over", "OBS on the counter PC")
    lines = await audit(backend)
    assert lines[0] == ("stream_taken_over", "OBS on the counter PC", "studio", "OBS on the counter PC", "")


async def audit(backend: RunningBackend) -> list[tuple[str, str, str, str, str]]:
    response = await backend.http.get("/api/rooms/main/audit?kind=rights", headers=host(backend))
    page = msgspec.json.decode(response.content, type=AuditPage)
    return [(line.what, line.about, line.old, line.new, line.reason) for line in page.lines]


async def keys_of(backend: RunningBackend) -> dict[str, tuple[bool, bool]]:
    listed = await backend.http.get(PATH, headers=host(backend))
    keys = msgspec.json.decode(listed.content, type=StreamKeys).keys
    return {key.name: (key.is_publishing, key.is_held_back) for key in keys}


async def test_the_host_hears_who_took_over_while_they_send_nothing(backend: RunningBackend) -> None:
    (first_key, _), (second_key, _) = await made(backend, "OBS 1"), await made(backend, "OBS 2")
    async with (
        backend.client(backend.signer.host("main")) as listener,
        RtcClient(DtlsIdentity()) as first,
        RtcClient(DtlsIdentity()) as second,
    ):
        await listener.join()
        await first.connect((await offered(backend, first, first_key)).text)
        async with sending(first, FakeStream(1)):
            await until(lambda: backend.backend.local["main"].snapshot().live.is_publishing)
            await second.connect((await offered(backend, second, second_key)).text)
            async with sending(second, FakeStream(2)):
                async with asyncio.timeout(10):
                    while (told := await listener.next()) != Private(StreamTakenOver("OBS 2", "OBS 1")):
                        assert told
                assert await keys_of(backend) == {"OBS 1": (False, True), "OBS 2": (True, False)}


async def test_a_displaced_key_that_the_host_lets_in_publishes_again(backend: RunningBackend) -> None:
    key, shown = await made(backend, "OBS")
    token, back = backend.signer.host("main"), {"Livestall-Take-Over": "1"}
    async with RtcClient(DtlsIdentity()) as first, RtcClient(DtlsIdentity()) as second:
        await first.connect((await offered(backend, first, key)).text)
        async with sending(first, FakeStream(1)):
            await until(lambda: backend.backend.local["main"].snapshot().live.is_publishing)
            headers = SDP | bearer(token) | back
            answer = await backend.http.post("/whip/main", content=second.offer("sendonly"), headers=headers)
            await second.connect(answer.text)
            async with sending(second, FakeStream(2)):
                async with asyncio.timeout(10):
                    await first.is_closed.wait()
        assert (await offered(backend, first, key)).status_code == 409
        let_in = await backend.http.post(f"{PATH}/{shown.key_id}/let-in", headers=host(backend))
        assert let_in.status_code == 200
        assert (await offered(backend, first, key)).status_code == 201
    assert (await audit(backend))[0][:2] == ("stream_key_let_in", "OBS")
    unknown = await backend.http.post(f"{PATH}/nothing/let-in", headers=host(backend))
    assert unknown.status_code == 404
    refused = await backend.http.post(f"{PATH}/{shown.key_id}/let-in", headers=bearer(key))
    assert refused.status_code == 401


async def test_keys_of_the_command_line_stand_in_the_audit_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.media.SETTLED_S", 0.05)
    monkeypatch.setattr("backend.identity.stream_keys.FRESH_S", 0.0)
    async with running_backend(
        tmp_path, make_relay=lambda heard: RelayClient(RelayOptions(), heard)
    ) as backend:
        for action in (KeyAction.ADD, KeyAction.REVOKE):
            options = StreamKeyOptions(action=action, name="OBS", data=tmp_path)
            assert await asyncio.to_thread(manage_stream_keys, options) == 0
            what = "stream_key_made" if action is KeyAction.ADD else "stream_key_revoked"
            async with asyncio.timeout(10):
                while not (lines := await audit(backend)) or lines[0][0] != what:
                    assert len(lines) < 2
            assert lines[0] == (what, "OBS", "", "", "command line")
