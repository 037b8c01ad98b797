"""The engine's publisher before a real relay, over real HTTP and UDP: what arrives of each layer."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

import av
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.relay.messages import PeerRole
from backend.relay.outcomes import Answer
from backend.relay.publisher import Publisher as RelayedPublisher
from backend.relay.rtp import parse_rtp, read_extension
from studio.engine.layer_values import Layers
from studio.engine.messages.values import Bitrate
from studio.engine.publish import layer_governor
from studio.engine.publish.codecs import EncoderChoice
from studio.engine.publish.publisher import Publisher
from studio.engine.publish.shared_encoder import SharedEncoder
from studio.project.project import Canvas
from tests.backend.relay.running import RunningRelay, running_relay, until
from tests.studio.engine.publish.conftest import FPS, Feeds, Heard
from tests.studio.engine.publish.test_packetizer import received
from tests.studio.engine.publish.whip_receiver import AnnouncingServer

SIZE = (540, 960)
CANVAS = Canvas(*SIZE, FPS)
BITRATE = Bitrate(400, 2500)
SIZES = {"h": SIZE, "m": (360, 640), "l": (180, 320)}


class Endpoint:
    """WHIP in front of a relay, and what the relay got, decrypted.

    Args:
        relay: takes the offers.
        edit: changes an offer on its way to the relay.
    """

    def __init__(self, relay: RunningRelay, edit: Callable[[str], str]) -> None:
        self.port = 0
        self.relay = relay
        self._edit = edit
        self._pictures: dict[str, dict[int, list[bytes]]] = defaultdict(lambda: defaultdict(list))
        self._rids: dict[int, str] = {}

    async def offer(self, request: Request) -> Response:
        outcome = self.relay.router.offer(
            "room", PeerRole.PUBLISHER, self._edit((await request.body()).decode())
        )
        assert isinstance(outcome, Answer), outcome
        return Response(outcome.sdp, 201, {"Location": "/whip/1"}, media_type="application/sdp")

    async def delete(self, _: Request) -> Response:
        return Response()

    def take(self, publisher: RelayedPublisher, data: bytes) -> None:
        packet = parse_rtp(data)
        (video,) = (one for one in publisher._streams.of_kind("video")[:1])
        if packet is None or packet.payload_type != video.format.payload_type:
            return
        rid = read_extension(data, video.format.rid_extensions[0]) if video.rid else None
        if rid is not None:
            self._rids[packet.ssrc] = rid.decode()
        self._pictures[self._rids.get(packet.ssrc, "")][packet.timestamp].append(packet.payload)

    def count(self, rid: str) -> int:
        """How many pictures came of a layer; the one without RID is named by an empty text."""
        return len(self._pictures[rid])

    @property
    def rids(self) -> set[str]:
        """Of which layers pictures came."""
        return {rid for rid, pictures in self._pictures.items() if pictures}

    def decoded(self, rid: str) -> list[av.VideoFrame]:
        """The pictures that came of a layer, but the last, of which packets may be missing."""
        decoder = av.CodecContext.create("h264", "r")
        whole = list(self._pictures[rid].values())[:-1]
        return [frame for payloads in whole for frame in decoder.decode(av.Packet(received(payloads)))]


@asynccontextmanager
async def endpoint(
    monkeypatch: pytest.MonkeyPatch, edit: Callable[[str], str] = lambda offer: offer, loss: float = 0.0
) -> AsyncIterator[Endpoint]:
    async with running_relay(loss_in=loss) as relay:
        made, on_rtp = Endpoint(relay, edit), RelayedPublisher.on_rtp

        def spy(publisher: RelayedPublisher, data: bytes, now: float) -> None:
            on_rtp(publisher, data, now)
            made.take(publisher, data)

        monkeypatch.setattr(RelayedPublisher, "on_rtp", spy)
        routes = [
            Route("/whip", made.offer, methods=["POST"]),
            Route("/whip/1", made.delete, methods=["DELETE"]),
        ]
        app: Any = Starlette(routes=routes)
        config = uvicorn.Config(app, "127.0.0.1", 0, log_level="warning", lifespan="off", ws="none")
        server = AnnouncingServer(config, lambda port: setattr(made, "port", port))
        async with asyncio.TaskGroup() as tasks:
            serving = tasks.create_task(server.serve())
            await until(lambda: made.port)
            try:
                yield made
            finally:
                server.should_exit = True
                await serving


@pytest.fixture
def large_feeds() -> Iterator[Feeds]:
    feeds = Feeds(*SIZE)
    yield feeds
    feeds.close()


@pytest.fixture
def publisher(large_feeds: Feeds, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    monkeypatch.setattr(layer_governor, "LATE_PICTURES", 1000)  # however busy the machine is
    encoder = SharedEncoder(large_feeds.video, EncoderChoice(lambda: ["libx264"]))
    publisher = Publisher(encoder, large_feeds.audio, large_feeds.clock, Heard())
    publisher.configure(CANVAS, BITRATE)
    yield publisher
    publisher.close()


@asynccontextmanager
async def publishing(publisher: Publisher, at: Endpoint) -> AsyncIterator[None]:
    publisher.start(f"http://127.0.0.1:{at.port}/whip", "")
    try:
        yield
    finally:
        await asyncio.to_thread(publisher.close)


async def test_three_layers_arrive_each_in_its_size(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with endpoint(monkeypatch) as far, publishing(publisher, far):
        await until(lambda: min(far.count(rid) for rid in "hml") > 20)
        assert far.rids == {"h", "m", "l"}
        frames = {rid: far.decoded(rid) for rid in "hml"}
        assert {rid: {(one.width, one.height) for one in made} for rid, made in frames.items()} == {
            rid: {size} for rid, size in SIZES.items()
        }
        stats = publisher.stats()
        assert {one.rid: (one.width, one.height) for one in stats.layers} == SIZES
        assert stats.bitrate_kbps == pytest.approx(sum(one.kbps for one in stats.layers), rel=0.1)


async def test_viewers_are_shown_the_top_layer(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    async with endpoint(monkeypatch) as far, publishing(publisher, far):
        room = far.relay.router.rooms
        await until(lambda: "room" in room and room["room"].publisher is not None)
        await until(lambda: far.count("h") > 10)
        relayed = room["room"].publisher
        assert relayed is not None
        await until(lambda: relayed._layer.current is not None and relayed._layer.current.rid == "h")


async def test_what_is_lost_of_the_layer_that_viewers_get_is_sent_again(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with endpoint(monkeypatch, loss=0.05) as far, publishing(publisher, far):
        await until(lambda: far.count("h") > 60)
        relayed = far.relay.room().publisher
        assert relayed is not None
        await until(lambda: relayed.losses("video")[1] >= 10)
        lost, resent = relayed.losses("video")
        assert lost < resent / 5


async def test_a_relay_without_simulcast_gets_one_layer(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def older(offer: str) -> str:
        return "\r\n".join(line for line in offer.split("\r\n") if not line.startswith("a=simulcast"))

    async with endpoint(monkeypatch, older) as far, publishing(publisher, far):
        await until(lambda: far.count("") > 40)
        assert far.rids == {""}
        assert [one.rid for one in publisher.stats().layers] == ["h"]
        assert publisher.stats().target_kbps <= BITRATE.ceiling_kbps


async def test_lower_layers_that_are_switched_off_cease_and_the_top_one_goes_on(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with endpoint(monkeypatch) as far, publishing(publisher, far):
        await until(lambda: min(far.count(rid) for rid in "hml") > 5)
        publisher.configure(CANVAS, BITRATE, layers=Layers.ONE)
        await until(lambda: [one.rid for one in publisher.stats().layers] == ["h"])
        seen = far.count("h")
        await until(lambda: far.count("h") > seen + 20)
        times = list(far._pictures["h"])
        assert all(after - before & 0xFFFFFFFF < 90_000 for before, after in pairwise(times))
        publisher.configure(CANVAS, BITRATE)
        await until(lambda: len(publisher.stats().layers) == 3)


async def test_layers_that_are_switched_off_are_not_offered(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers: list[str] = []
    publisher.configure(CANVAS, BITRATE, layers=Layers.ONE)

    def read(offer: str) -> str:
        offers.append(offer)
        return offer

    async with endpoint(monkeypatch, read) as far, publishing(publisher, far):
        await until(lambda: far.count("") > 5)
    assert "a=simulcast" not in offers[0]
