"""The WebRTC half of publishing: one connection that offers H.264 and Opus, and sends ready-made packets."""

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from typing import Final

from aiortc import RTCConfiguration, RTCPeerConnection, RTCRtpSender, RTCSessionDescription
from aiortc.exceptions import InvalidAccessError, InvalidStateError
from aiortc.rtcrtpparameters import RTCRtpCodecCapability

from studio.engine.publish.aiortc_adapter import RidHeader, SenderHooks, SenderPort, advertise_loopback
from studio.engine.publish.simulcast import (
    TOP,
    AcceptedLayers,
    NoExtensionIdError,
    accepted_layers,
    offer_layers,
)

log = logging.getLogger("livestall.publish")

CONNECT_SECONDS: Final = 8.0
CLOSE_SECONDS: Final = 2.0
_PROFILE: Final = "42e01f"  # constrained baseline, level 3.1: every browser decodes it
_OPUS_PARAMETERS: Final = "minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1"


class PeerError(Exception):
    """The connection did not come about: no way to the relay, or an answer that does not fit."""


class PublishPeer:
    """One WebRTC connection, made and used in one event loop.

    Args:
        video: who sends the pictures of each layer, by RID, the top one first; one alone is no simulcast.
        audio: who sends the sound.

    Attributes:
        layers: those that the answer takes.
    """

    def __init__(self, video: Mapping[str, SenderHooks], audio: SenderHooks) -> None:
        self.layers = AcceptedLayers()
        self._video = video
        self._offered: tuple[str, ...] = ()
        advertise_loopback()
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._ended = asyncio.Event()
        self._decided = asyncio.Event()
        self._connection.on("connectionstatechange", self._on_state)
        video_transceiver = self._connection.addTransceiver("video", direction="sendonly")
        video_transceiver.setCodecPreferences(video_codecs())
        audio_transceiver = self._connection.addTransceiver("audio", direction="sendonly")
        audio_transceiver.setCodecPreferences(audio_codecs())
        self._video_port = SenderPort(video_transceiver.sender, video[TOP])
        SenderPort(audio_transceiver.sender, audio)  # kept by the sender, whose loops it replaces

    async def offer(self) -> str:
        """Gather candidates and give the offer (SDP)."""
        await self._connection.setLocalDescription(await self._connection.createOffer())
        offer = refined(self._connection.localDescription.sdp)
        try:
            layered = offer_layers(offer, tuple(self._video))
        except NoExtensionIdError as error:
            log.warning("one layer is offered: %s", error)
            return offer
        self._offered = tuple(self._video)
        return layered

    async def connect(self, answer: str) -> None:
        """Take the answer (SDP) and wait until packets can be sent.

        Raises:
            PeerError: the answer does not fit, or there was no connection within 8 s.
        """
        self._take_layers(accepted_layers(answer, self._offered))
        try:
            await self._connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        except (
            ValueError,
            IndexError,
            KeyError,
            AssertionError,
            InvalidAccessError,
            InvalidStateError,
        ) as error:
            raise PeerError(
                f"The server's session description does not fit our offer ({error!r})."
            ) from error
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await self._decided.wait()
        except TimeoutError:
            self._ended.set()
        if self._ended.is_set():
            raise PeerError("No media way to the server: its UDP port is blocked or not reachable.")

    async def wait_ended(self) -> None:
        """Wait until the connection is lost or closed by the far end."""
        await self._ended.wait()

    async def close(self) -> None:
        """Close, within 2 s."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._connection.close()

    def _take_layers(self, layers: AcceptedLayers) -> None:
        self.layers = layers
        for rid in layers.rids:
            header = RidHeader(rid, layers.rid_id, layers.repaired_rid_id)
            if rid == TOP:
                self._video_port.rid = header
            else:
                self._video_port.add_layer(header, self._video[rid])

    def _on_state(self) -> None:
        state = self._connection.connectionState
        if state in ("failed", "closed"):
            self._ended.set()
        if state in ("connected", "failed", "closed"):
            self._decided.set()


def video_codecs() -> list[RTCRtpCodecCapability]:
    """Give what we offer for pictures: H.264 constrained baseline, non-interleaved, with retransmission."""
    offered = []
    for codec in RTCRtpSender.getCapabilities("video").codecs:
        mode = str(codec.parameters.get("packetization-mode"))
        is_ours = codec.parameters.get("profile-level-id") == _PROFILE and mode == "1"
        if codec.mimeType == "video/rtx" or (codec.mimeType == "video/H264" and is_ours):
            offered.append(codec)
    return offered


def audio_codecs() -> list[RTCRtpCodecCapability]:
    """Give what we offer for sound: Opus."""
    return [codec for codec in RTCRtpSender.getCapabilities("audio").codecs if codec.mimeType == "audio/opus"]


def refined(sdp: str) -> str:
    """Say in an offer of aiortc's what it leaves out, and leave out what others stumble over.

    Opus is stereo (RFC 7587, section 6.1). One fingerprint stays: some servers take the last for SHA-256.
    """
    lines = []
    for line in sdp.splitlines():
        if line.startswith("a=fingerprint:") and not line.startswith("a=fingerprint:sha-256 "):
            continue
        lines.append(line)
        if line.startswith("a=rtpmap:") and "opus/48000" in line:
            payload_type = line.removeprefix("a=rtpmap:").split(" ", 1)[0]
            lines.append(f"a=fmtp:{payload_type} {_OPUS_PARAMETERS}")
    return "\r\n".join(lines) + "\r\n"
