"""Two studios of one host against a real backend: one publishes, the other is told and waits to be asked."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.contract.stream_keys import new_stream_key, stream_key_digest
from backend.relay.client import RelayClient
from backend.relay.options import RelayOptions
from studio.engine.messages.values import Bitrate, PublishState
from studio.engine.publish.codecs import EncoderChoice
from studio.engine.publish.publisher import Publisher
from studio.engine.publish.shared_encoder import SharedEncoder
from studio.engine.publish.whip import Claim
from studio.project.project import Canvas
from tests.backend.running import running_backend
from tests.studio.engine.publish.conftest import FPS, HEIGHT, WIDTH, Feeds, Heard


class Sender:
    def __init__(self, feeds: Feeds) -> None:
        self.heard = Heard()
        choice = EncoderChoice(lambda: ["libx264"])
        self.publisher = Publisher(SharedEncoder(feeds.video, choice), feeds.audio, feeds.clock, self.heard)
        self.publisher.configure(Canvas(WIDTH, HEIGHT, FPS), Bitrate(200, 800))

    async def hears(self, state: PublishState) -> str:
        changed = await asyncio.to_thread(self.heard.wait, state)
        return f"{changed.code} {changed.detail}".strip()


@pytest.fixture
def senders(feeds: Feeds) -> Iterator[list[Sender]]:
    made = [Sender(feeds), Sender(feeds)]
    yield made
    for sender in made:
        sender.publisher.close()


async def test_the_displaced_studio_stops_until_the_host_takes_the_room_back(
    tmp_path: Path, senders: list[Sender]
) -> None:
    studio, other = senders
    async with running_backend(
        tmp_path, make_relay=lambda heard: RelayClient(RelayOptions(), heard)
    ) as backend:
        host, key = backend.signer.host("main"), new_stream_key()
        body = {"name": "OBS on the counter PC", "digest": stream_key_digest(key)}
        headers = {"Authorization": f"Bearer {host}"}
        await backend.http.post("/api/rooms/main/stream-keys", json=body, headers=headers)
        url = f"http://{backend.address}/whip/main"

        studio.publisher.start(url, host, Claim("a1"))
        await studio.hears(PublishState.CONNECTED)
        other.publisher.start(url, key)
        assert await studio.hears(PublishState.REFUSED) == "taken_over OBS on the counter PC"
        studio.publisher.start(url, host, Claim("a1", takes_over=True))
        assert await other.hears(PublishState.REFUSED) == "taken_over"
        states = [changed.state for changed in studio.heard.states]
        assert states.count(PublishState.REFUSED) == 1
        assert states[-1] is PublishState.CONNECTED
