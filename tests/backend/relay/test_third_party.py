"""Publishers and players that are not ours: aiortc over WHIP and WHEP, through the worker, decoded."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aioice.ice
import av
import httpx
import numpy as np
import pytest
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCRtpSender,
    RTCSessionDescription,
)
from starlette.applications import Starlette

from backend.relay.client import RelayClient, RelayOptions
from backend.relay.http import Verdict, relay_routes
from backend.relay.messages import FanEngine
from tests.support.clip import FilmTrack, ToneTrack

SIZE = (180, 320)
LOUD = 1000  # the tone has 2100; a decoder begins softly


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this, aioice offers every address but this one."""
    monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda **_: ["127.0.0.1"])


@asynccontextmanager
async def serving(options: RelayOptions) -> AsyncIterator[httpx.AsyncClient]:
    async with RelayClient(options, lambda *_: None) as relay:
        app = Starlette(routes=relay_routes(relay, lambda *_: Verdict.ALLOWED, lambda _: True))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://relay") as client:
            yield client


@asynccontextmanager
async def connected(client: httpx.AsyncClient, path: str, peer: RTCPeerConnection) -> AsyncIterator[str]:
    """A peer that offered over HTTP, got its answer, and is deleted at the end; its Location."""
    await peer.setLocalDescription(await peer.createOffer())
    headers = {"Content-Type": "application/sdp"}
    reply = await client.post(path, content=peer.localDescription.sdp, headers=headers)
    assert reply.status_code == 201, reply.text
    await peer.setRemoteDescription(RTCSessionDescription(reply.text, "answer"))
    location = reply.headers["location"]
    try:
        yield location
    finally:
        await client.delete(location)
        await peer.close()


@asynccontextmanager
async def publishing(client: httpx.AsyncClient) -> AsyncIterator[RTCPeerConnection]:
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    video = peer.addTransceiver(FilmTrack(*SIZE), "sendonly")
    peer.addTransceiver(ToneTrack(), "sendonly")
    h264 = [
        one
        for one in RTCRtpSender.getCapabilities("video").codecs
        if one.mimeType in ("video/H264", "video/rtx")
    ]
    video.setCodecPreferences(h264)
    async with connected(client, "/whip/room", peer):
        yield peer


@asynccontextmanager
async def watching(client: httpx.AsyncClient) -> AsyncIterator[dict[str, MediaStreamTrack]]:
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    for kind in ("video", "audio"):
        peer.addTransceiver(kind, "recvonly")
    async with connected(client, "/whep/room", peer):
        yield {one.kind: one.receiver.track for one in peer.getTransceivers()}


async def pictures(track: MediaStreamTrack, count: int) -> list[av.VideoFrame]:
    frames: list[av.VideoFrame] = []
    async with asyncio.timeout(30):
        while len(frames) < count:
            frame = await track.recv()
            assert isinstance(frame, av.VideoFrame)
            frames.append(frame)
    return frames


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


async def test_three_percent_loss_each_way_leaves_whole_pictures() -> None:
    options = RelayOptions(loss_in=0.03, loss_out=0.03, loss_seed=3)
    async with serving(options) as client, publishing(client), watching(client) as tracks:
        frames = await pictures(tracks["video"], 60)
    times = [frame.time for frame in frames[5:]]
    gaps = np.diff([time for time in times if time is not None])
    assert len(gaps) == len(times) - 1
    assert float(np.median(gaps)) == pytest.approx(1 / 30, abs=0.005)
