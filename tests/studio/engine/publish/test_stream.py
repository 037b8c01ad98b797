import itertools
from dataclasses import dataclass, field

import pytest
from aiortc.rtcrtpparameters import (
    RTCRtcpParameters,
    RTCRtpCodecParameters,
    RTCRtpHeaderExtensionParameters,
    RTCRtpSendParameters,
)
from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSrPacket,
    RtpPacket,
    is_rtcp,
    pack_remb_fci,
)

from studio.engine.media import SAMPLE_RATE, MasterClock
from studio.engine.publish.aiortc_adapter import RidHeader
from studio.engine.publish.encoder import VIDEO_RATE
from studio.engine.publish.opus import AudioTimeline
from studio.engine.publish.rtp import ntp_time
from studio.engine.publish.stream import OutgoingStream, WallClock


@dataclass
class Port:
    """Keeps what would have been sent."""

    ssrc: int
    rtx_ssrc: int
    rid: RidHeader | None = None
    sent: list[bytes] = field(default_factory=list)

    async def send(self, datagram: bytes) -> None:
        self.sent.append(datagram)

    @property
    def packets(self) -> list[RtpPacket]:
        return [RtpPacket.parse(each) for each in self.sent if not is_rtcp(each)]

    @property
    def reports(self) -> list[RtcpSrPacket]:
        parsed = itertools.chain(*(RtcpPacket.parse(each) for each in self.sent if is_rtcp(each)))
        return [each for each in parsed if isinstance(each, RtcpSrPacket)]


class Time:
    def __init__(self) -> None:
        self.now = 5000.0


@pytest.fixture
def time() -> Time:
    return Time()


def wall_clock(time: Time) -> WallClock:
    return WallClock(MasterClock(lambda: time.now), read=lambda: 1_700_000_000.0)


def started(stream: OutgoingStream, ssrc: int = 7, rtx: str = "rtx", rid: RidHeader | None = None) -> Port:
    codecs = [
        RTCRtpCodecParameters("video/H264", VIDEO_RATE, payloadType=101),
        RTCRtpCodecParameters(f"video/{rtx}", VIDEO_RATE, payloadType=102, parameters={"apt": 101}),
    ]
    port = Port(ssrc, ssrc + 1, rid)
    parameters = RTCRtpSendParameters(
        codecs=codecs,
        headerExtensions=[RTCRtpHeaderExtensionParameters(1, "urn:ietf:params:rtp-hdrext:sdes:mid")],
        muxId="0",
        rtcp=RTCRtcpParameters(cname="studio"),
    )
    stream.on_started(port, parameters)
    return port


async def test_what_was_captured_at_the_same_moment_is_played_at_the_same_moment(time: Time) -> None:
    """Whatever encoding and sending take: sender reports map both to one wall clock."""
    wall, timeline = wall_clock(time), AudioTimeline()
    video, audio = OutgoingStream(VIDEO_RATE, wall), OutgoingStream(SAMPLE_RATE, wall)
    seen, heard = started(video, 7), started(audio, 17)
    captured_at = time.now
    time.now += 0.012  # sound is quick
    await audio.send([b"sound"], timeline.stamp(captured_at), marker=0)
    time.now += 0.080  # a picture that took long
    await video.send([b"picture"], round(captured_at * VIDEO_RATE), marker=1)
    time.now += 0.5
    await video.report(round(time.now * VIDEO_RATE))
    time.now += 0.3
    await audio.report(timeline.at(time.now))
    assert played_at(seen, VIDEO_RATE) == pytest.approx(wall_time(captured_at), abs=0.001)
    assert played_at(heard, SAMPLE_RATE) == pytest.approx(wall_time(captured_at), abs=0.001)


def wall_time(master: float) -> float:
    return ntp_time(1_700_000_000.0 + master - 5000.0) / (1 << 32)


def played_at(port: Port, rate: int) -> float:
    """What a receiver makes of a packet's timestamp and the last sender report."""
    info = port.reports[-1].sender_info
    behind = (port.packets[0].timestamp - info.rtp_timestamp + (1 << 31)) % (1 << 32) - (1 << 31)
    return float(info.ntp_timestamp / (1 << 32) + behind / rate)


async def test_no_report_goes_out_before_the_first_packet(time: Time) -> None:
    stream = OutgoingStream(VIDEO_RATE, wall_clock(time))
    port = started(stream)
    await stream.report(0)
    assert port.sent == []


async def test_sending_before_the_connection_stands_is_an_error(time: Time) -> None:
    with pytest.raises(ConnectionError):
        await OutgoingStream(VIDEO_RATE, wall_clock(time)).send([b"x"], 0, marker=1)


async def test_lost_packets_are_sent_again_and_counted(time: Time) -> None:
    stream = OutgoingStream(VIDEO_RATE, wall_clock(time))
    port = started(stream)
    await stream.send([b"%d" % index for index in range(20)], 0, marker=1)
    lost = [packet.sequence_number for packet in port.packets[3:5]]
    await stream.on_rtcp(RtcpRtpfbPacket(fmt=RTCP_RTPFB_NACK, ssrc=1, media_ssrc=7, lost=lost))
    await stream.on_rtcp(RtcpRtpfbPacket(fmt=RTCP_RTPFB_NACK, ssrc=1, media_ssrc=7, lost=lost))
    assert [packet.payload[2:] for packet in port.packets[20:22]] == [b"3", b"4"]
    assert {packet.payload_type for packet in port.packets[20:]} == {102}
    assert stream.take_loss() == 0.1
    assert stream.take_loss() == 0.0


async def test_loss_that_the_receiver_reports_counts_too(time: Time) -> None:
    stream = OutgoingStream(VIDEO_RATE, wall_clock(time))
    started(stream)
    await stream.send([b"x"] * 10, 0, marker=1)
    await stream.on_rtcp(receiver_report(fraction_lost=64))
    assert stream.take_loss() == 0.25


async def test_the_round_trip_is_measured_from_report_to_report(time: Time) -> None:
    stream = OutgoingStream(VIDEO_RATE, wall_clock(time))
    port = started(stream)
    await stream.send([b"x"], 0, marker=1)
    await stream.report(0)
    last_report = (port.reports[0].sender_info.ntp_timestamp >> 16) & 0xFFFFFFFF
    time.now += 0.540
    await stream.on_rtcp(receiver_report(lsr=last_report, dlsr=round(0.5 * 65536)))
    assert stream.rtt == pytest.approx(0.040, abs=0.001)


async def test_reports_about_other_streams_are_not_ours(time: Time) -> None:
    stream = OutgoingStream(VIDEO_RATE, wall_clock(time))
    started(stream)
    await stream.send([b"x"], 0, marker=1)
    await stream.on_rtcp(receiver_report(ssrc=99, fraction_lost=255))
    assert stream.take_loss() == 0.0


@pytest.mark.parametrize("fmt", [RTCP_PSFB_PLI, RTCP_PSFB_FIR])
async def test_a_decoder_in_need_gets_a_keyframe(time: Time, fmt: int) -> None:
    wanted: list[int] = []
    stream = OutgoingStream(VIDEO_RATE, wall_clock(time), on_keyframe_wanted=lambda: wanted.append(1))
    started(stream)
    await stream.on_rtcp(RtcpPsfbPacket(fmt=fmt, ssrc=1, media_ssrc=7))
    assert wanted == [1]


async def test_the_receivers_estimate_is_told_in_kilobits(time: Time) -> None:
    told: list[float] = []
    stream = OutgoingStream(VIDEO_RATE, wall_clock(time), on_remb=told.append)
    started(stream)
    estimate = pack_remb_fci(1_000_000, [7])
    await stream.on_rtcp(RtcpPsfbPacket(fmt=RTCP_PSFB_APP, ssrc=1, media_ssrc=0, fci=estimate))
    await stream.on_rtcp(RtcpPsfbPacket(fmt=RTCP_PSFB_APP, ssrc=1, media_ssrc=0, fci=b"rubbish!"))
    assert told == [pytest.approx(1000, rel=0.01)]


def receiver_report(ssrc: int = 7, fraction_lost: int = 0, lsr: int = 0, dlsr: int = 0) -> RtcpRrPacket:
    info = RtcpReceiverInfo(ssrc, fraction_lost, 0, 0, 0, lsr, dlsr)
    return RtcpRrPacket(ssrc=1, reports=[info])


LAYER = RidHeader("m", 4, 5)
NAMED, REPAIRED = b"\x40m", b"\x50m"


async def test_packets_name_their_layer_until_the_receiver_reports_on_it(time: Time) -> None:
    stream = OutgoingStream(VIDEO_RATE, wall_clock(time))
    port = started(stream, rid=LAYER)
    await stream.send([b"a", b"b"], 0, marker=1)
    await stream.on_rtcp(receiver_report(ssrc=99))
    await stream.send([b"c"], 3000, marker=1)
    await stream.on_rtcp(receiver_report())
    await stream.send([b"d"], 6000, marker=1)
    assert [NAMED in each for each in port.sent] == [True, True, True, False]


async def test_what_is_sent_again_always_names_the_layer_that_it_repairs(time: Time) -> None:
    stream = OutgoingStream(VIDEO_RATE, wall_clock(time))
    port = started(stream, rid=LAYER)
    await stream.send([b"a"], 0, marker=1)
    await stream.on_rtcp(receiver_report())
    lost = [port.packets[0].sequence_number]
    await stream.on_rtcp(RtcpRtpfbPacket(fmt=RTCP_RTPFB_NACK, ssrc=1, media_ssrc=7, lost=lost))
    assert REPAIRED in port.sent[-1]
    assert NAMED not in port.sent[-1]
