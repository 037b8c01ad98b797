from dataclasses import replace

from aiortc.rtcrtpparameters import RTCRtpHeaderExtensionParameters, RTCRtpParameters
from aiortc.rtp import HeaderExtensionsMap, RtcpPacket, RtcpSdesPacket, RtcpSrPacket, RtpPacket, unwrap_rtx

from studio.engine.publish.rtp import RtpStream, StreamParameters, ntp_time

PARAMETERS = StreamParameters(
    ssrc=1111,
    rtx_ssrc=2222,
    payload_type=101,
    rtx_payload_type=102,
    rate=90_000,
    cname="studio",
    mid="0",
    mid_id=1,
    send_time_id=3,
)
WALL = 1_700_000_000.25


def read(datagram: bytes) -> RtpPacket:
    extensions = HeaderExtensionsMap()
    known = [
        RTCRtpHeaderExtensionParameters(1, "urn:ietf:params:rtp-hdrext:sdes:mid"),
        RTCRtpHeaderExtensionParameters(3, "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
    ]
    extensions.configure(RTCRtpParameters(headerExtensions=known))
    return RtpPacket.parse(datagram, extensions)


def test_an_independent_parser_reads_what_was_sent() -> None:
    stream = RtpStream(PARAMETERS, first_sequence=500, origin=10)
    packets = [read(each) for each in stream.packets([b"one", b"two"], 3000, WALL, marker=1)]
    assert [(each.sequence_number, each.timestamp, each.marker) for each in packets] == [
        (500, 3010, 0),
        (501, 3010, 1),
    ]
    assert [each.payload for each in packets] == [b"one", b"two"]
    assert {(each.ssrc, each.payload_type) for each in packets} == {(1111, 101)}
    assert packets[0].extensions.mid == "0"
    assert packets[0].extensions.abs_send_time == (ntp_time(WALL) >> 14) & 0xFFFFFF


def test_without_extensions_the_header_is_twelve_bytes() -> None:
    bare = replace(PARAMETERS, mid_id=None, send_time_id=None)
    [packet] = RtpStream(bare, 0, 0).packets([b"x"], 0, WALL, marker=0)
    assert len(packet) == 13


def test_sequence_and_timestamp_wrap() -> None:
    stream = RtpStream(PARAMETERS, first_sequence=0xFFFF, origin=0xFFFF_FFFF)
    first, second = (read(each) for each in stream.packets([b"a", b"b"], 1, WALL, marker=1))
    assert (first.sequence_number, second.sequence_number, first.timestamp) == (0xFFFF, 0, 0)


def test_a_lost_packet_is_sent_again_in_the_retransmission_stream() -> None:
    stream = RtpStream(PARAMETERS, 500, 0)
    sent = [read(each) for each in stream.packets([b"one", b"two"], 0, WALL, marker=1)]
    [again] = [read(each) for each in stream.retransmit([501], WALL)]
    assert (again.ssrc, again.payload_type) == (2222, 102)
    restored = unwrap_rtx(again, payload_type=101, ssrc=1111)
    assert (restored.sequence_number, restored.payload, restored.marker) == (501, b"two", 1)
    assert restored.timestamp == sent[1].timestamp


def test_without_a_retransmission_stream_it_is_sent_again_as_it_was() -> None:
    stream = RtpStream(replace(PARAMETERS, rtx_payload_type=None), 500, 0)
    sent = list(stream.packets([b"one"], 0, WALL, marker=1))
    assert list(stream.retransmit([500], WALL)) == sent


def test_what_is_forgotten_or_was_never_sent_is_not_sent_again() -> None:
    stream = RtpStream(PARAMETERS, 0, 0)
    for index in range(1100):
        list(stream.packets([b"x"], index, WALL, marker=1))
    assert list(stream.retransmit([3, 40_000], WALL)) == []
    assert len(list(stream.retransmit([1099], WALL))) == 1


def test_the_sender_report_maps_media_time_to_wall_time_and_names_the_sender() -> None:
    stream = RtpStream(PARAMETERS, 0, origin=7)
    list(stream.packets([b"12345"], 0, WALL, marker=1))
    report, names = RtcpPacket.parse(stream.report(90_000, WALL))
    assert isinstance(report, RtcpSrPacket)
    assert isinstance(names, RtcpSdesPacket)
    assert report.sender_info.ntp_timestamp == ntp_time(WALL)
    assert report.sender_info.rtp_timestamp == 90_007
    assert (report.sender_info.packet_count, report.sender_info.octet_count) == (1, 5)
    assert names.chunks[0].items == [(1, b"studio")]
