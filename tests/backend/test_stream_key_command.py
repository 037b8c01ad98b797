import asyncio
from pathlib import Path

import pytest

from backend.contract.stream_keys import KEY
from backend.relay.client import RelayClient
from backend.relay.dtls import DtlsIdentity
from backend.relay.options import RelayOptions
from backend.stream_key_command import KeyAction, StreamKeyOptions, manage_stream_keys
from tests.backend.running import running_backend
from tests.support.rtc_client import RtcClient


async def test_a_key_made_while_the_backend_runs_publishes_until_it_is_revoked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def run(action: KeyAction, name: str = "") -> str:
        options = StreamKeyOptions(action=action, name=name, data=tmp_path)
        assert await asyncio.to_thread(manage_stream_keys, options) == 0
        return capsys.readouterr().out.strip()

    async with running_backend(
        tmp_path, make_relay=lambda heard: RelayClient(RelayOptions(), heard)
    ) as backend:
        key = await run(KeyAction.ADD, "收银台 OBS")
        assert KEY.fullmatch(key)
        async with RtcClient(DtlsIdentity()) as client:
            headers = {"Content-Type": "application/sdp", "Authorization": f"Bearer {key}"}
            async with asyncio.timeout(10):  # it counts within a second, however full the machine
                while True:
                    offer = client.offer("sendonly")
                    answer = await backend.http.post("/whip/main", content=offer, headers=headers)
                    if answer.status_code != 401:
                        break
                    await asyncio.sleep(0.1)
            assert answer.status_code == 201
            await client.connect(answer.text)
            listed = await run(KeyAction.LIST)
            assert listed.startswith("收银台 OBS\tmade ")
            assert "last used" in listed
            await run(KeyAction.REVOKE, "收银台 OBS")
            async with asyncio.timeout(10):
                await client.is_closed.wait()
        assert await run(KeyAction.LIST) == ""


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (StreamKeyOptions(action=KeyAction.REVOKE, name="OBS"), "no stream key 'OBS'"),
        (StreamKeyOptions(action=KeyAction.LIST, room="tea"), "no room 'tea'"),
        (StreamKeyOptions(action=KeyAction.ADD, name=" "), "readable characters"),
    ],
)
async def test_what_cannot_be_done_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: StreamKeyOptions, told: str
) -> None:
    async with running_backend(tmp_path):
        given = StreamKeyOptions(action=options.action, name=options.name, room=options.room, data=tmp_path)
        assert await asyncio.to_thread(manage_stream_keys, given) == 2
    assert told in capsys.readouterr().err


def test_a_folder_without_a_database_is_told_and_left_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert manage_stream_keys(StreamKeyOptions(action=KeyAction.LIST, data=tmp_path)) == 2
    assert "no livestall.db" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
