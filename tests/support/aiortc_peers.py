"""Publishers and players that are not ours: aiortc, over WHIP and WHEP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import av
import httpx
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCRtpSender,
    RTCSessionDescription,
)

from tests.support.clip import FilmTrack, ToneTrack

SIZE = (180, 320)


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
async def publishing(
    client: httpx.AsyncClient, room: str = "room", film: FilmTrack | None = None
) -> AsyncIterator[RTCPeerConnection]:
    """A publisher of a film (its own where none is given) and a tone."""
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    video = peer.addTransceiver(film or FilmTrack(*SIZE), "sendonly")
    peer.addTransceiver(ToneTrack(), "sendonly")
    h264 = [
        one
        for one in RTCRtpSender.getCapabilities("video").codecs
        if one.mimeType in ("video/H264", "video/rtx")
    ]
    video.setCodecPreferences(h264)
    async with connected(client, f"/whip/{room}", peer):
        yield peer


@asynccontextmanager
async def sounding(client: httpx.AsyncClient, room: str = "room") -> AsyncIterator[RTCPeerConnection]:
    """A publisher of a tone that offers no picture at all."""
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    peer.addTransceiver(ToneTrack(), "sendonly")
    async with connected(client, f"/whip/{room}", peer):
        yield peer


@asynccontextmanager
async def watching(
    client: httpx.AsyncClient, room: str = "room"
) -> AsyncIterator[dict[str, MediaStreamTrack]]:
    """A player: its tracks by kind."""
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    for kind in ("video", "audio"):
        peer.addTransceiver(kind, "recvonly")
    async with connected(client, f"/whep/{room}", peer):
        yield {one.kind: one.receiver.track for one in peer.getTransceivers()}


async def pictures(track: MediaStreamTrack, count: int) -> list[av.VideoFrame]:
    """So many decoded pictures."""
    frames: list[av.VideoFrame] = []
    async with asyncio.timeout(30):
        while len(frames) < count:
            frame = await track.recv()
            assert isinstance(frame, av.VideoFrame)
            frames.append(frame)
    return frames
