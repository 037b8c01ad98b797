import random

import pytest
from aiortc.rtp import (
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSdesPacket,
    RtcpSrPacket,
    unpack_remb_fci,
)

from backend.relay.rtcp import (
    MAX_NACK,
    BitrateLimit,
    Goodbye,
    KeyframeRequest,
    Nack,
    ReceiverReport,
    ReportBlock,
    SenderReport,
    build_bitrate,
    build_nack,
    build_picture_loss,
    build_receiver_report,
    build_sender_report,
    parse_rtcp,
    with_time_ahead,
)

BLOCK = ReportBlock(0xAABBCCDD, 12, -3, 0x0001FFFF, 77, 0x11223344, 65536)
REPORT = SenderReport(5, (1 << 63) + 17, 0xFFFFFFF0)


@pytest.mark.parametrize("bitrate_bps", [0, 1, 262_143, 500_000, 1 << 39])
def test_what_a_receivers_line_carries_survives(bitrate_bps: int) -> None:
    (told,) = parse_rtcp(build_bitrate(1, bitrate_bps, [5, 6]))
    assert isinstance(told, BitrateLimit)
    assert told.bitrate_bps == pytest.approx(bitrate_bps, rel=1e-5)


def test_a_limit_that_cannot_be_a_lines_or_that_miscounts_its_streams_is_not_read() -> None:
    good = build_bitrate(1, 500_000, [5, 6])
    exponent, streams = 17, 16
    assert parse_rtcp(good[:exponent] + b"\xff" + good[exponent + 1 :]) == [], "an exponent of 63"
    for count in (0, 1, 3, 255):
        assert parse_rtcp(good[:streams] + bytes([count]) + good[streams + 1 :]) == [], count
    for length in (16, 20, 24):
        assert parse_rtcp(good[:length]) == [], "cut off"


def test_a_receiver_report_survives_and_an_independent_reader_agrees() -> None:
    data = build_receiver_report(9, [BLOCK, BLOCK._replace(ssrc=1, lost=500)])
    assert parse_rtcp(data) == [ReceiverReport((BLOCK, BLOCK._replace(ssrc=1, lost=500)))]
    (reference,) = RtcpPacket.parse(data)
    assert isinstance(reference, RtcpRrPacket)
    assert (reference.ssrc, reference.reports[0].packets_lost, reference.reports[0].highest_sequence) == (
        9,
        -3,
        0x1FFFF,
    )


def test_a_loss_beyond_24_bits_is_told_as_the_largest_there_is() -> None:
    (report,) = parse_rtcp(build_receiver_report(1, [BLOCK._replace(lost=1 << 30)]))
    assert isinstance(report, ReceiverReport)
    assert report.blocks[0].lost == 0x7FFFFF


def test_a_sender_report_travels_with_its_description() -> None:
    data = build_sender_report(REPORT, 1000, 2000, b"name")
    assert parse_rtcp(data) == [REPORT, ReceiverReport(())]
    report, description = RtcpPacket.parse(data)
    assert isinstance(report, RtcpSrPacket)
    assert isinstance(description, RtcpSdesPacket)
    assert (report.sender_info.packet_count, report.sender_info.octet_count) == (1000, 2000)
    assert description.chunks[0].items == [(1, b"name")]


def test_missing_packets_are_asked_for_across_the_wrap() -> None:
    numbers = (65530, 65534, 65535, 0, 3, 40, 41)
    data = build_nack(1, 2, numbers)
    assert parse_rtcp(data) == [Nack(2, numbers)]
    (reference,) = RtcpPacket.parse(data)
    assert isinstance(reference, RtcpRtpfbPacket)
    # aiortc does not wrap what follows 65535.
    assert [number & 0xFFFF for number in reference.lost] == list(numbers)


def test_a_request_for_everything_is_cut() -> None:
    (nack,) = parse_rtcp(build_nack(1, 2, list(range(0, 60000, 3))))
    assert isinstance(nack, Nack)
    assert len(nack.sequence_numbers) == MAX_NACK


def test_both_kinds_of_keyframe_request_are_understood() -> None:
    assert parse_rtcp(build_picture_loss(1, 2)) == [KeyframeRequest(2)]
    full_intra = bytes(RtcpPsfbPacket(fmt=4, ssrc=1, media_ssrc=0, fci=b"\0\0\0\x2a\x01\0\0\0"))
    assert parse_rtcp(full_intra) == [KeyframeRequest(42)]


def test_a_bitrate_is_read_by_others_within_its_18_bits() -> None:
    for bitrate in (0, 1000, 262_143, 2_500_000, 8_000_000, 1 << 50):
        (packet,) = RtcpPacket.parse(build_bitrate(1, bitrate, [7, 8]))
        assert isinstance(packet, RtcpPsfbPacket)
        told, ssrcs = unpack_remb_fci(packet.fci)
        assert ssrcs == [7, 8]
        assert 0 <= min(bitrate, (1 << 40) - 1) - told <= bitrate / (1 << 17)


def test_a_goodbye_names_its_streams() -> None:
    assert parse_rtcp(b"\x82\xcb\0\x02\0\0\0\x01\0\0\0\x02") == [Goodbye((1, 2))]
    assert parse_rtcp(b"\x9f\xcb\0\x01\0\0\0\x01") == [Goodbye((1,))], "more announced than there are"


def test_what_comes_before_a_broken_part_counts() -> None:
    data = build_picture_loss(1, 2) + b"\x81\xce\xff\xff"
    assert parse_rtcp(data) == [KeyframeRequest(2)]


def test_mutated_and_random_bytes_never_make_the_rtcp_reader_fail() -> None:
    dice = random.Random(7)
    seeds = [
        build_receiver_report(9, [BLOCK]),
        build_sender_report(REPORT, 1, 2, b"name"),
        build_nack(1, 2, [1, 2, 30]),
        build_bitrate(1, 2_000_000, [1]),
        b"\x82\xcb\0\x02\0\0\0\x01\0\0\0\x02",
    ]
    for _ in range(5000):
        data = bytearray(dice.choice(seeds) + dice.choice(seeds))
        for _ in range(dice.randrange(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        parse_rtcp(bytes(data[: dice.randrange(len(data) + 1)]))
        parse_rtcp(dice.randbytes(dice.randrange(60)))


def test_of_many_questions_in_one_datagram_no_more_is_read_than_of_one() -> None:
    one = build_nack(1, 2, range(400))
    asked = [packet for packet in parse_rtcp(one * 20) if isinstance(packet, Nack)]
    assert sum(len(packet.sequence_numbers) for packet in asked) < 2 * MAX_NACK


def test_a_reports_time_is_moved_and_nothing_else() -> None:
    report = build_sender_report(SenderReport(5, 1 << 40, 2**32 - 1), 7, 8, b"test")
    assert with_time_ahead(report, 3) == build_sender_report(SenderReport(5, 1 << 40, 2), 7, 8, b"test")
