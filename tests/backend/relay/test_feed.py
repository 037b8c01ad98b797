import random
import secrets
import socket
from collections.abc import Iterator
from itertools import pairwise

import pytest

from backend.relay.answer import Format
from backend.relay.dtls import SRTP_PROFILES, SrtpKeys
from backend.relay.feed import Feed
from backend.relay.libsrtp import SrtpSender
from backend.relay.loss import Loss
from backend.relay.network import Endpoint
from backend.relay.rtcp import SenderReport
from backend.relay.rtp import RtpPacket, parse_rtp, sequence_delta, shifted
from backend.relay.track import Track


class Viewing:
    """A viewer of two tracks under one SSRC, and all packets that they got."""

    def __init__(self, endpoint: Endpoint) -> None:
        dice = random.Random(5)
        self.high = Track("video", dice)
        self.low = Track("video", dice, self.high.stream)
        self.feed = Feed(self.high, Format(96, 97), 0)
        self.got: list[RtpPacket] = []
        profile = SRTP_PROFILES[0]
        keys = SrtpKeys(profile, secrets.token_bytes(profile.key + profile.salt), b"")
        self.feed.attach(SrtpSender(keys), ("127.0.0.1", 9), endpoint)
        self.endpoint = endpoint

    def begin(self, track: Track, number: int, time: int) -> None:
        track.begin_source(RtpPacket(0, 96, number, time, 1, b""), 0.0)

    def write(self, track: Track, number: int, time: int, now: float = 0.0) -> None:
        packet = RtpPacket(0x80, 96, number & 0xFFFF, time & 0xFFFFFFFF, 1, secrets.token_bytes(8))
        track.write(packet, number, now)
        self.flush(track)

    def flush(self, track: Track) -> None:
        for data in track.take_waiting():
            for audience in track.audiences.values():
                for receiver in audience.receivers:
                    packet = parse_rtp(shifted(data, *receiver.shift))
                    assert packet is not None
                    self.got.append(packet)

    def steps(self) -> list[int]:
        return [sequence_delta(b.sequence_number, a.sequence_number) for a, b in pairwise(self.got)]


@pytest.fixture
def viewing() -> Iterator[Viewing]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        yield Viewing(Endpoint(sock, "127.0.0.1", Loss(0, 0)))


def go(
    viewing: Viewing, track: Track, number: int, time: int, *, exact: int | None = None, now: float
) -> None:
    viewing.feed.go_over(track, track.number_of(number), track.time_of(time), exact, now)


def test_numbers_go_on_and_times_are_exact_over_many_changes(viewing: Viewing) -> None:
    high, low = viewing.high, viewing.low
    viewing.begin(high, 65_500, 2**32 - 9000)
    viewing.begin(low, 7, 500)
    # Both layers show one film: what is 3000 more in one is in the other.
    for picture in range(200):
        now = picture / 30
        at = {
            high: (65_500 + picture, 2**32 - 9000 + 3000 * picture),
            low: (7 + picture, 500 + 3000 * picture),
        }
        target = (high, low)[picture // 20 % 2]
        if target is not viewing.feed.track:
            before = viewing.feed.track
            go(viewing, target, *at[target], exact=before.time_of(at[before][1]), now=now)
        for track, (number, time) in at.items():
            viewing.write(track, number, time, now)
    assert len(viewing.got) == 200
    assert set(viewing.steps()) == {1}
    assert {b.timestamp - a.timestamp & 0xFFFFFFFF for a, b in pairwise(viewing.got)} == {3000}
    assert {one.ssrc for one in viewing.got} == {high.stream.ssrc}


def test_time_goes_on_by_the_seconds_that_passed_where_no_report_tells_more(viewing: Viewing) -> None:
    viewing.begin(viewing.high, 1, 1000)
    viewing.begin(viewing.low, 1, 77_000)
    viewing.write(viewing.high, 1, 1000, 0.0)
    viewing.feed.halt()
    go(viewing, viewing.low, 1, 77_000, now=0.5)
    viewing.write(viewing.low, 1, 77_000, 0.5)
    assert viewing.got[1].timestamp - viewing.got[0].timestamp & 0xFFFFFFFF == 45_000


def test_two_pictures_of_one_moment_have_different_times(viewing: Viewing) -> None:
    viewing.begin(viewing.high, 1, 1000)
    viewing.begin(viewing.low, 1, 77_000)
    viewing.write(viewing.high, 1, 1000, 0.0)
    go(viewing, viewing.low, 1, 77_000, exact=viewing.high.time_of(1000), now=0.001)
    viewing.write(viewing.low, 1, 77_000, 0.001)
    assert viewing.got[1].timestamp - viewing.got[0].timestamp & 0xFFFFFFFF == 1


def test_a_halted_viewer_gets_nothing_and_misses_no_number(viewing: Viewing) -> None:
    viewing.begin(viewing.high, 1, 0)
    viewing.begin(viewing.low, 1, 0)
    for number in range(1, 4):
        viewing.write(viewing.high, number, 3000 * number)
    viewing.feed.halt()
    viewing.feed.halt()
    for number in range(4, 9):
        viewing.write(viewing.high, number, 3000 * number)
    assert len(viewing.got) == 3
    assert viewing.feed.find(viewing.got[-1].sequence_number + 1 & 0xFFFF) is None, "it was never sent"
    go(viewing, viewing.low, 5, 15_000, now=0.2)
    viewing.write(viewing.low, 5, 15_000)
    assert viewing.steps() == [1, 1, 1]


def test_what_is_asked_for_again_is_found_in_the_layer_that_it_came_from(viewing: Viewing) -> None:
    high, low = viewing.high, viewing.low
    viewing.begin(high, 100, 0)
    viewing.begin(low, 300, 0)
    for picture in range(40):
        if picture == 10:
            go(viewing, low, 300 + picture, 3000 * picture, now=picture / 30)
        if picture == 20:
            go(viewing, high, 100 + picture, 3000 * picture, now=picture / 30)
        viewing.write(high, 100 + picture, 3000 * picture, picture / 30)
        viewing.write(low, 300 + picture, 3000 * picture, picture / 30)
    for one in viewing.got[10:]:
        data = viewing.feed.find(one.sequence_number)
        assert data is not None
        assert parse_rtp(data) == one._replace(payload_type=0)
    assert viewing.feed.find(viewing.got[5].sequence_number) is None, "three layers ago"


def test_a_gap_of_the_layer_before_is_known_as_one_that_never_came(viewing: Viewing) -> None:
    viewing.begin(viewing.high, 1, 0)
    viewing.begin(viewing.low, 1, 0)
    for number in (1, 2, 4, 5):
        viewing.write(viewing.high, number, 0)
    missing = viewing.got[1].sequence_number + 1 & 0xFFFF
    go(viewing, viewing.low, 1, 0, now=0.1)
    viewing.write(viewing.low, 1, 0)
    assert viewing.feed.never_came(missing)
    assert not viewing.feed.never_came(viewing.got[-1].sequence_number)


def test_what_comes_late_of_before_the_change_takes_nobodys_number(viewing: Viewing) -> None:
    viewing.begin(viewing.high, 1, 0)
    viewing.begin(viewing.low, 1, 0)
    viewing.write(viewing.high, 1, 0)
    viewing.write(viewing.low, 1, 0)
    go(viewing, viewing.low, 5, 12_000, now=0.1)
    viewing.write(viewing.low, 5, 12_000)
    viewing.write(viewing.low, 4, 9_000)
    viewing.write(viewing.low, 6, 15_000)
    assert viewing.steps() == [1, 1]


def test_another_way_to_the_viewer_keeps_numbers_and_a_halt(viewing: Viewing) -> None:
    viewing.begin(viewing.high, 1, 0)
    viewing.begin(viewing.low, 1, 0)
    viewing.write(viewing.high, 1, 0)
    go(viewing, viewing.low, 9, 0, now=0.1)
    viewing.write(viewing.low, 9, 0)
    receiver = viewing.feed.receiver
    assert receiver is not None
    viewing.feed.attach(receiver.sender, ("127.0.0.1", 10), viewing.endpoint)
    viewing.write(viewing.low, 10, 0)
    assert viewing.steps() == [1, 1]
    viewing.feed.halt()
    viewing.feed.attach(receiver.sender, ("127.0.0.1", 11), viewing.endpoint)
    viewing.write(viewing.low, 11, 0)
    assert len(viewing.got) == 3


def test_a_report_of_the_layer_before_still_measures_the_round_trip(viewing: Viewing) -> None:
    viewing.begin(viewing.high, 1, 0)
    viewing.begin(viewing.low, 1, 0)
    viewing.write(viewing.high, 1, 0)
    viewing.high.on_sender_report(SenderReport(1, 1 << 40, 0), 1.0)
    viewing.high.sender_report(1.0)
    go(viewing, viewing.low, 1, 0, now=1.1)
    assert viewing.feed.report_sent_at((1 << 40) >> 16 & 0xFFFFFFFF) == 1.0
    assert viewing.feed.report_sent_at(77) is None


def test_padding_is_the_largest_packet_of_the_newest_picture(viewing: Viewing) -> None:
    assert viewing.feed.newest() is None
    viewing.begin(viewing.high, 1, 0)
    for number, time, size in ((1, 0, 99), (2, 3000, 10), (3, 3000, 30), (4, 3000, 20)):
        viewing.high.write(RtpPacket(0, 96, number, time, 1, bytes(size)), number, 0.0)
    viewing.flush(viewing.high)
    data = viewing.feed.newest()
    assert data is not None
    assert parse_rtp(data) == viewing.got[2]._replace(payload_type=0)
