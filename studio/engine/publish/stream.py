"""One outgoing stream on a connection: sends packets and sender reports, answers NACK, listens to reports."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from typing import Final

from aiortc.rtcrtpparameters import RTCRtpSendParameters
from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    AnyRtcpPacket,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSrPacket,
    unpack_remb_fci,
)

from studio.engine.media import MasterClock
from studio.engine.publish.aiortc_adapter import Port, extension_ids
from studio.engine.publish.rtp import RtpStream, StreamParameters, ntp_time

BURST_DATAGRAMS: Final = 24
BURST_GAP_SECONDS: Final = 0.004
"""A keyframe leaves in bursts: routers with small buffers drop what comes in one."""
RTT_WEIGHT: Final = 0.25
MAX_RTT_SECONDS: Final = 60.0


class WallClock:
    """Seconds since 1970 that never jump: the computer's clock, read once, then the master clock."""

    def __init__(self, clock: MasterClock, read: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._offset = read() - clock.now()

    def now(self) -> float:
        """Read the clock, in seconds since 1970."""
        return self._clock.now() + self._offset


class OutgoingStream:
    """Takes an `RTCRtpSender`'s place (`SenderHooks`); used in one event loop.

    Args:
        rate: ticks of the timestamp in a second.
        wall: the same for all streams of a connection, or lips get out of sync.
        on_keyframe_wanted: the far end cannot decode (PLI, FIR).
        on_remb: the far end estimates this many kbit/s for all streams.
    """

    def __init__(
        self,
        rate: int,
        wall: WallClock,
        on_keyframe_wanted: Callable[[], None] = lambda: None,
        on_remb: Callable[[float], None] = lambda _kbps: None,
    ) -> None:
        self._rate = rate
        self._wall = wall
        self._on_keyframe_wanted = on_keyframe_wanted
        self._on_remb = on_remb
        self._way_out: tuple[Port, RtpStream] | None = None
        self._loss = 0.0
        self._sent_before = 0
        self._missed: set[int] = set()
        self.rtt: float | None = None
        self.heard_at = wall.now()
        self.started = asyncio.Event()

    @property
    def packets_sent(self) -> int:
        """How many packets went out, without retransmissions."""
        return 0 if self._way_out is None else self._way_out[1].packets_sent

    def on_started(self, port: Port, parameters: RTCRtpSendParameters) -> None:
        """Take the way out."""
        stream = RtpStream(
            negotiated(port, parameters, self._rate), random.randrange(1 << 15), random.getrandbits(32)
        )
        self._way_out = (port, stream)
        self.started.set()

    async def send(self, payloads: Sequence[bytes], media_time: int, *, marker: int) -> None:
        """Send one picture (marker 1) or block (marker 0).

        Raises:
            ConnectionError: the connection is lost.
        """
        if self._way_out is None:
            raise ConnectionError("sent before the connection stood")
        port, stream = self._way_out
        packets = stream.packets(payloads, media_time, self._wall.now(), marker=marker)
        for count, packet in enumerate(packets, start=1):
            await port.send(packet)
            if count % BURST_DATAGRAMS == 0 and count < len(payloads):
                await asyncio.sleep(BURST_GAP_SECONDS)

    async def report(self, media_time: int) -> None:
        """Send a sender report: `media_time` is now, in ticks of the rate.

        Raises:
            ConnectionError: the connection is lost.
        """
        if self._way_out is not None and self._way_out[1].packets_sent:
            port, stream = self._way_out
            await port.send(stream.report(media_time, self._wall.now()))

    def take_loss(self) -> float:
        """Give the share of packets that did not arrive at first, since the last call; 0 to 1."""
        sent = self.packets_sent - self._sent_before
        asked_again = len(self._missed) / sent if sent else 0.0
        loss = min(1.0, max(self._loss, asked_again))
        self._sent_before, self._loss = self.packets_sent, 0.0
        self._missed.clear()
        return loss

    async def on_rtcp(self, packet: AnyRtcpPacket) -> None:
        """Take what the far end says."""
        if self._way_out is None:
            return
        self.heard_at = self._wall.now()
        port, stream = self._way_out
        if isinstance(packet, RtcpRrPacket | RtcpSrPacket):
            for report in packet.reports:
                if report.ssrc == port.ssrc:
                    stream.on_known()
                    self._take_report(report)
        elif isinstance(packet, RtcpRtpfbPacket) and packet.fmt == RTCP_RTPFB_NACK:
            self._missed.update(packet.lost)
            for again in stream.retransmit(packet.lost, self._wall.now()):
                await port.send(again)
        elif isinstance(packet, RtcpPsfbPacket):
            self._take_payload_feedback(packet)

    def _take_payload_feedback(self, packet: RtcpPsfbPacket) -> None:
        if packet.fmt in (RTCP_PSFB_PLI, RTCP_PSFB_FIR):
            self._on_keyframe_wanted()
        elif packet.fmt == RTCP_PSFB_APP:
            try:
                bits, _ = unpack_remb_fci(packet.fci)
            except ValueError:  # an application's own message, not REMB
                return
            self._on_remb(bits / 1000)

    def _take_report(self, report: RtcpReceiverInfo) -> None:
        now = self._wall.now()
        self._loss = max(self._loss, report.fraction_lost / 256)
        if report.lsr:
            # RFC 3550, section 6.4.1: both are the middle 32 bits of NTP time.
            ticks = ((ntp_time(now) >> 16) - report.lsr - report.dlsr) & 0xFFFF_FFFF
            rtt = ticks / 65536
            if rtt < MAX_RTT_SECONDS:
                self.rtt = rtt if self.rtt is None else self.rtt + (rtt - self.rtt) * RTT_WEIGHT


def negotiated(port: Port, parameters: RTCRtpSendParameters, rate: int) -> StreamParameters:
    """Read what a stream needs out of the negotiated parameters."""
    codec = parameters.codecs[0]
    rtx = [
        other.payloadType
        for other in parameters.codecs
        if other.name.lower() == "rtx" and other.parameters.get("apt") == codec.payloadType
    ]
    mid_id, send_time_id = extension_ids(parameters)
    return StreamParameters(
        ssrc=port.ssrc,
        rtx_ssrc=port.rtx_ssrc,
        payload_type=codec.payloadType or 0,
        rtx_payload_type=rtx[0] if rtx else None,
        rate=rate,
        cname=parameters.rtcp.cname or "studio",
        mid=parameters.muxId,
        mid_id=mid_id,
        send_time_id=send_time_id,
        rid=port.rid.rid if port.rid else "",
        rid_id=port.rid.rid_id if port.rid else None,
        repaired_rid_id=port.rid.repaired_rid_id if port.rid else None,
    )
