import random
import secrets
import socket
from itertools import pairwise

from aiortc.rtp import RtcpPacket, RtcpSrPacket

from backend.relay.dtls import SRTP_PROFILES, SrtpKeys
from backend.relay.fanout import NO_SHIFT, Receiver, Shift
from backend.relay.libsrtp import SrtpSender
from backend.relay.loss import Loss
from backend.relay.network import Endpoint
from backend.relay.rtcp import SenderReport
from backend.relay.rtp import RtpPacket, parse_rtp, sequence_delta
from backend.relay.track import RING_PACKETS, Track


def track(kind: str = "video") -> Track:
    return Track(kind, random.Random(1))


def packet(sequence_number: int, timestamp: int = 0, ssrc: int = 5) -> RtpPacket:
    return RtpPacket(
        0x80, 96, sequence_number & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc, bytes([sequence_number & 255])
    )


def source(out: Track, first: int, count: int, timestamp: int, began: float) -> list[RtpPacket]:
    """Feed a source at 30 packets a second; what left."""
    out.begin_source(packet(first, timestamp), began)
    for index in range(count):
        out.write(packet(first + index, timestamp + 3000 * index), first + index, began + index / 30)
    return read(out)


def read(out: Track) -> list[RtpPacket]:
    left = [parse_rtp(data) for data in out.take_waiting()]
    return [one for one in left if one is not None]


def test_one_stream_leaves_whatever_ssrc_came() -> None:
    out = track()
    left = source(out, 60_000, 3, 77, 0.0)
    assert {one.ssrc for one in left} == {out.stream.ssrc}
    assert out.stream.ssrc != out.stream.resend_ssrc
    assert [one.payload for one in left] == [bytes([(60_000 + n) & 255]) for n in range(3)]
    assert left[0].marker == 0x80


def test_numbers_go_on_without_a_gap_when_the_publisher_changes() -> None:
    out = track()
    left = (
        source(out, 65_530, 20, 1, 0.0)
        + source(out, 3, 20, 2**32 - 5, 10.0)
        + source(out, 40_000, 5, 9, 20.0)
    )
    numbers = [one.sequence_number for one in left]
    assert [sequence_delta(b, a) for a, b in pairwise(numbers)] == [1] * 44


def test_time_goes_on_by_the_seconds_that_passed() -> None:
    out = track()
    first = source(out, 0, 30, 2**32 - 100, 0.0)
    second = source(out, 500, 2, 123_456, 3.0)
    passed = (second[0].timestamp - first[-1].timestamp) & 0xFFFFFFFF
    assert abs(passed - (3.0 - 29 / 30) * 90_000) <= 1
    assert (second[1].timestamp - second[0].timestamp) & 0xFFFFFFFF == 3000


def test_time_never_stands_still_at_a_seam() -> None:
    out = track("audio")
    first = source(out, 0, 1, 0, 0.0)
    second = source(out, 0, 1, 0, 0.0)
    assert (second[0].timestamp - first[0].timestamp) & 0xFFFFFFFF >= 960


def test_a_late_packet_keeps_its_place() -> None:
    out = track()
    out.begin_source(packet(10), 0.0)
    for number in (10, 12, 11, 13):
        out.write(packet(number), number, 0.0)
    numbers = [one.sequence_number for one in read(out)]
    assert [sequence_delta(number, numbers[0]) for number in numbers] == [0, 2, 1, 3]


def test_the_ring_finds_what_is_recent_and_nothing_else() -> None:
    out = track()
    left = source(out, 0, RING_PACKETS + 10, 0, 0.0)
    assert out.find(left[9].sequence_number) is None, "overwritten"
    for one in left[10:]:
        data = out.find(one.sequence_number)
        assert data is not None
        assert parse_rtp(data) == one
    assert out.find(left[-1].sequence_number + 1 & 0xFFFF) is None, "not yet there"


def test_the_ring_does_not_take_a_packet_of_an_earlier_round_for_the_one_asked_for() -> None:
    out = track()
    left = source(out, 0, 5, 0, 0.0)
    # All that came since is beyond the wrap, and nothing filled the place of the fifth.
    for number in range(5 + 60_000, 65_536 + 4):
        if number % RING_PACKETS != 4:
            out.write(packet(number), number, 9.0)
    assert out.find(left[4].sequence_number) is None


def test_what_is_late_and_below_the_barrier_is_kept_and_not_sent() -> None:
    out = track()
    out.begin_source(packet(10), 0.0)
    for number in (10, 12):
        out.write(packet(number), number, 0.0)
    read(out)
    out.barrier = out.number_of(12)
    out.write(packet(11), 11, 0.0)
    assert read(out) == []
    assert out.at(out.number_of(11)) is not None
    out.write(packet(13), 13, 0.0)
    assert len(read(out)) == 1


def test_receivers_are_grouped_by_what_must_be_the_same() -> None:
    out = track()
    profiles = (SRTP_PROFILES[0], SRTP_PROFILES[0], SRTP_PROFILES[2])
    receivers = [
        Receiver(SrtpSender(SrtpKeys(one, secrets.token_bytes(one.key + one.salt), b"")), ("127.0.0.1", 9))
        for one in profiles
    ]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        endpoint = Endpoint(sock, "127.0.0.1", Loss(0, 0))
        for receiver in receivers:
            out.add(receiver, endpoint, 108)
        assert sorted(len(one.receivers) for one in out.audiences.values()) == [1, 2]
        out.remove(receivers[0])
        receivers[0].shift = Shift(1, 0)
        out.add(receivers[0], endpoint, 108)
        assert sorted(one.is_shifted for one in out.audiences.values()) == [False, False, True]
        out.remove(receivers[0])
        receivers[0].shift = NO_SHIFT
        out.add(receivers[0], endpoint, 108)
        out.remove(receivers[2])
        out.remove(receivers[2])
        assert [set(one.receivers) for one in out.audiences.values()] == [set(receivers[:2])]


def test_sound_and_picture_of_one_moment_stay_together_across_a_restart() -> None:
    video, audio = track("video"), track("audio")
    for began, video_time, audio_time in ((0.0, 1000, 2**32 - 5), (7.0, 2**31, 44)):
        source(video, 0, 2, video_time, began)
        source(audio, 0, 2, audio_time, began)
        # The publisher says: these two times are one moment, half a second after the first packets.
        video.on_sender_report(SenderReport(5, 1 << 40, video_time + 45_000), began + 0.5)
        audio.on_sender_report(SenderReport(5, 1 << 40, audio_time + 24_000), began + 0.5)
        reports = []
        for one in (video, audio):
            data = one.sender_report(began + 1.5)
            assert data is not None
            report = RtcpPacket.parse(data)[0]
            assert isinstance(report, RtcpSrPacket)
            reports.append(report.sender_info)
        assert reports[0].ntp_timestamp == reports[1].ntp_timestamp == (1 << 40) + (1 << 32)
        sent_video = (reports[0].rtp_timestamp - video._timestamp) & 0xFFFFFFFF
        sent_audio = (reports[1].rtp_timestamp - audio._timestamp) & 0xFFFFFFFF
        assert sent_video == 90_000 * 3 // 2 - 3000
        assert sent_audio == 48_000 * 3 // 2 - 3000


def test_there_is_no_report_before_the_publishers_first_nor_after_a_change() -> None:
    out = track()
    source(out, 0, 1, 0, 0.0)
    assert out.sender_report(1.0) is None
    out.on_sender_report(SenderReport(5, 1 << 40, 0), 1.0)
    assert out.sender_report(1.0) is not None
    source(out, 0, 1, 0, 2.0)
    assert out.sender_report(3.0) is None


def test_a_track_remembers_when_a_report_was_sent() -> None:
    out = track()
    source(out, 0, 1, 0, 0.0)
    out.on_sender_report(SenderReport(5, 1 << 40, 0), 1.0)
    for step in range(200):
        out.sender_report(1.0 + step)
    assert out.report_sent_at(((1 << 40) + (199 << 32)) >> 16 & 0xFFFFFFFF) == 200.0
    assert out.report_sent_at((1 << 40) >> 16 & 0xFFFFFFFF) is None, "too long ago"
