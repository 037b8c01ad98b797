"""All that we use of aiortc and aioice beyond their public names; a test fails when one of them is gone."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

import aioice.ice
from aiortc import RTCRtpSender
from aiortc.rtcdtlstransport import RTCDtlsTransport
from aiortc.rtcrtpparameters import RTCRtpSendParameters
from aiortc.rtp import AnyRtcpPacket

_LOOPBACK: Final = "127.0.0.1"
_MID_URI: Final = "urn:ietf:params:rtp-hdrext:sdes:mid"
_SEND_TIME_URI: Final = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"


class SenderHooks(Protocol):
    """Who sends in place of an `RTCRtpSender`."""

    def on_started(self, port: "Port", parameters: RTCRtpSendParameters) -> None:
        """Take the way out: the transport is connected, these are the negotiated parameters."""

    async def on_rtcp(self, packet: AnyRtcpPacket) -> None:
        """Take what the far end says about the stream."""


@dataclass(frozen=True, slots=True)
class RidHeader:
    """How packets name their layer: the RID, and the ids of the header extensions that carry it.

    Attributes:
        rid: of the layer.
        rid_id: id of the extension in media packets.
        repaired_rid_id: id of the one in retransmissions; None where it was not negotiated.
    """

    rid: str
    rid_id: int
    repaired_rid_id: int | None


class Port(Protocol):
    """A way out for one stream: its SSRCs, how its packets name their layer, and the transport."""

    ssrc: int
    rtx_ssrc: int
    rid: RidHeader | None

    async def send(self, datagram: bytes) -> None:
        """Encrypt and send one RTP or RTCP datagram.

        Raises:
            ConnectionError: the transport is not connected.
        """


class SenderPort:
    """Takes the place of an `RTCRtpSender`'s own loops: ready-made packets go out through its transport.

    aiortc's sender reads a track, encodes in the default executor and stamps sender reports with the moment
    of sending; we encode in a thread of our own and stamp with the moment of capture.

    Args:
        sender: the one to stand in for; it must have no track.
        hooks: who sends instead.

    Attributes:
        rid: how packets name their layer; None where there is one layer.
    """

    def __init__(self, sender: RTCRtpSender, hooks: SenderHooks) -> None:
        self._sender = sender
        self._hooks = hooks
        self.ssrc: int = sender._ssrc  # noqa: SLF001
        self.rtx_ssrc: int = sender._rtx_ssrc  # noqa: SLF001
        self.rid: RidHeader | None = None
        self._layers: list[LayerPort] = []
        self._is_started = False
        # Looked up on the instance: RTCPeerConnection calls the first two, the router of RTCP the last.
        vars(sender).update(send=self._start, stop=self._stop, _handle_rtcp_packet=self._take_rtcp)

    def add_layer(self, rid: RidHeader, hooks: SenderHooks) -> None:
        """Send a lower layer besides, once the transport is connected, under SSRCs of its own."""
        self._layers.append(LayerPort(self._sender.transport, rid, hooks))

    async def send(self, datagram: bytes) -> None:
        """See `Port`."""
        await self._sender.transport._send_rtp(datagram)  # noqa: SLF001

    async def _start(self, parameters: RTCRtpSendParameters) -> None:
        if not self._is_started:
            self._is_started = True
            self._sender.transport._register_rtp_sender(self._sender, parameters)  # noqa: SLF001
            self._hooks.on_started(self, parameters)
            for layer in self._layers:
                layer.start(parameters)

    async def _stop(self) -> None:
        if self._is_started:
            for layer in self._layers:
                layer.stop()
            self._sender.transport._unregister_rtp_sender(self._sender)  # noqa: SLF001

    async def _take_rtcp(self, packet: AnyRtcpPacket) -> None:
        await self._hooks.on_rtcp(packet)


class LayerPort:
    """Sends a lower layer through the transport of the sender that sends the top one.

    Args:
        transport: the sender's.
        rid: how packets name their layer.
        hooks: who sends.
    """

    def __init__(self, transport: RTCDtlsTransport, rid: RidHeader, hooks: SenderHooks) -> None:
        self._transport = transport
        self._hooks = hooks
        self.rid: RidHeader | None = rid
        # The router of RTCP reads `_ssrc` and calls `_handle_rtcp_packet`.
        self.ssrc = self._ssrc = random.getrandbits(32)
        self.rtx_ssrc = random.getrandbits(32)
        self._handle_rtcp_packet = hooks.on_rtcp

    async def send(self, datagram: bytes) -> None:
        """See `Port`."""
        await self._transport._send_rtp(datagram)  # noqa: SLF001

    def start(self, parameters: RTCRtpSendParameters) -> None:
        """Begin: the transport is connected, these are the negotiated parameters of all layers."""
        self._transport._register_rtp_sender(self, parameters)  # noqa: SLF001
        self._hooks.on_started(self, parameters)

    def stop(self) -> None:
        """Hear no more of it."""
        self._transport._unregister_rtp_sender(self)  # noqa: SLF001


def extension_ids(parameters: RTCRtpSendParameters) -> tuple[int | None, int | None]:
    """Give the ids of the header extensions `mid` and `abs-send-time`; None where not negotiated."""
    ids = {extension.uri: extension.id for extension in parameters.headerExtensions}
    return ids.get(_MID_URI), ids.get(_SEND_TIME_URI)


def advertise_loopback() -> None:
    """Let ICE offer 127.0.0.1 too, in this whole process; aioice leaves it out.

    Studio and relay on one computer without a network have no other address in common.
    """
    original = aioice.ice.get_host_addresses
    if getattr(original, "has_loopback", False):
        return
    aioice.ice.get_host_addresses = with_loopback(original)


def with_loopback(original: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Wrap a function that lists this host's addresses so that 127.0.0.1 is the first of them.

    To a relay on this computer that is the way to take: it stays when the network is another one.
    """

    def get_host_addresses(use_ipv4: bool, use_ipv6: bool) -> list[str]:  # noqa: FBT001 - aioice's signature
        return [*([_LOOPBACK] if use_ipv4 else []), *original(use_ipv4=use_ipv4, use_ipv6=use_ipv6)]

    vars(get_host_addresses)["has_loopback"] = True
    return get_host_addresses
