"""Publishers and players that are not ours: aiortc over WHIP and WHEP, through the worker, decoded."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aioice.ice
import av
import httpx
import numpy as np
import pytest
from aiortc import MediaStreamTrack
from starlette.applications import Starlette

from backend.relay.client import RelayClient
from backend.relay.doors import show_doors
from backend.relay.http import relay_routes
from backend.relay.messages import FanEngine
from backend.relay.options import RelayOptions
from backend.relay.succession import Contender
from tests.support.aiortc_peers import SIZE, pictures, publishing, watching
from tests.support.nat import behind_nat

LOUD = 1000  # the tone has 2100; a decoder begins softly


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this, aioice offers every address but this one."""
    monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda **_: ["127.0.0.1"])


async def anybody(_room: str, _token: str | None) -> Contender:
    return Contender()


@asynccontextmanager
async def serving(options: RelayOptions) -> AsyncIterator[httpx.AsyncClient]:
    async with RelayClient(options, lambda *_: None) as relay:
        app = Starlette(routes=relay_routes(relay, show_doors(anybody, lambda _: True)))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://relay") as client:
            yield client


async def loudness(track: MediaStreamTrack) -> float:
    """The level of some sound once it has begun."""
    async with asyncio.timeout(30):
        while True:
            frame = await track.recv()
            assert isinstance(frame, av.AudioFrame)
            level = float(np.sqrt(np.mean(frame.to_ndarray().astype(np.float64) ** 2)))
            if level > LOUD:
                return level


@pytest.mark.parametrize("fan", [FanEngine.AUTO, FanEngine.SENDTO])
async def test_what_aiortc_publishes_aiortc_plays(fan: FanEngine) -> None:
    async with serving(RelayOptions(fan=fan)) as client, publishing(client), watching(client) as tracks:
        frames, level = await asyncio.gather(pictures(tracks["video"], 30), loudness(tracks["audio"]))
    assert {(frame.width, frame.height) for frame in frames} == {SIZE}
    assert level > LOUD
    # A decoded picture of the film, not grey: it has light and shade.
    assert float(np.std(frames[-1].to_ndarray(format="gray"))) > 20


async def test_a_player_plays_on_through_a_new_publisher() -> None:
    async with serving(RelayOptions()) as client:
        async with publishing(client):
            first = watching(client)
            tracks = await first.__aenter__()
            await pictures(tracks["video"], 10)
        async with publishing(client):
            await pictures(tracks["video"], 30)
        await first.__aexit__(None, None, None)


async def test_aiortc_plays_on_when_its_address_changes_though_it_nominates_nothing() -> None:
    async with RelayClient(RelayOptions(), lambda *_: None) as relay:
        app = Starlette(routes=relay_routes(relay, show_doors(anybody, lambda _: True)))
        async with (
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://relay") as client,
            behind_nat(app, relay.udp_port) as (far, nat),
            publishing(client),
            watching(far) as tracks,
        ):
            await pictures(tracks["video"], 10)
            await nat.rebind()
            # More than can be on their way: it is followed, after a check of consent every 5 s.
            await pictures(tracks["video"], 60)


async def test_three_percent_loss_each_way_leaves_whole_pictures() -> None:
    options = RelayOptions(loss_in=0.03, loss_out=0.03, loss_seed=3)
    async with serving(options) as client, publishing(client), watching(client) as tracks:
        frames = await pictures(tracks["video"], 60)
    times = [frame.time for frame in frames[5:]]
    gaps = np.diff([time for time in times if time is not None])
    assert len(gaps) == len(times) - 1
    assert float(np.median(gaps)) == pytest.approx(1 / 30, abs=0.005)
