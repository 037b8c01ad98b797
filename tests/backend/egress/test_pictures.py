from backend.egress.pictures import MAX_PICTURE_BYTES, Picture, PictureReader
from backend.relay.rtp import MARKER, RtpPacket
from tests.support.film_rtp import film, units_of

SIZE = (180, 320)


def read(packets: list[RtpPacket], reader: PictureReader | None = None) -> list[Picture]:
    reader = reader or PictureReader()
    return [picture for packet in packets for picture in reader.take(packet)]


def film_packets(seconds: float) -> list[RtpPacket]:
    return [sent.packet for sent in film(seconds, SIZE) if sent.kind == "video"]


def test_pictures_come_out_as_they_were_packed() -> None:
    pictures = read(film_packets(0.5))
    assert [picture.units for picture in pictures] == [units_of(number, SIZE) for number in range(15)]
    assert [picture.is_key for picture in pictures] == [True] + [False] * 14


def test_a_lost_marker_costs_no_picture() -> None:
    packets = film_packets(0.2)
    without = [packet._replace(marker=0) for packet in packets]
    assert read(without) == read(packets)[:-1]


def test_after_a_gap_nothing_comes_until_a_keyframe() -> None:
    packets = film_packets(1.5)
    reader = PictureReader()
    before = read(packets[:20], reader)
    reader.on_gap()
    after = read(packets[21:], reader)
    assert before[0].is_key
    assert after[0].is_key
    assert len(after) == 15


def test_a_stream_that_begins_in_the_middle_begins_with_a_keyframe() -> None:
    assert read(film_packets(1.5)[4:])[0].is_key


def test_nonsense_is_no_picture_and_fills_no_memory() -> None:
    reader = PictureReader()
    for payload in (b"", b"\x7c", b"\x7c\x05", b"\x7c\x05rest", b"\x18\x00"):
        assert reader.take(RtpPacket(MARKER, 102, 0, 1, 1, payload)) == []
    endless = RtpPacket(0, 102, 0, 2, 1, b"\x7c\x85" + bytes(60_000))
    more = endless._replace(payload=b"\x7c\x05" + bytes(60_000))
    for packet in (endless, *[more] * (2 * MAX_PICTURE_BYTES // 60_000)):
        assert reader.take(packet) == []
        assert reader._bytes <= MAX_PICTURE_BYTES + 60_002
