import random

from aiortc.rtp import RtpPacket as ReferencePacket

from backend.relay.rtp import (
    MARKER,
    RtpPacket,
    build_rtp,
    is_rtcp,
    parse_rtp,
    read_extension,
    sequence_delta,
    unwrap_resent,
    with_payload_type,
    wrap_resent,
)

PACKET = RtpPacket(MARKER, 96, 65535, 0xFFFFFFFF, 0x12345678, b"picture")


def test_a_packet_survives_being_written_and_read() -> None:
    assert parse_rtp(build_rtp(PACKET)) == PACKET


def test_an_independent_reader_reads_the_same() -> None:
    reference = ReferencePacket.parse(build_rtp(PACKET))
    assert (reference.marker, reference.payload_type, reference.sequence_number) == (1, 96, 65535)
    assert (reference.timestamp, reference.ssrc, reference.payload) == (0xFFFFFFFF, 0x12345678, b"picture")


def test_sources_extensions_and_padding_are_left_out() -> None:
    reference = ReferencePacket(payload_type=96, marker=1, sequence_number=7, timestamp=8, ssrc=9)
    reference.csrc = [1, 2]
    reference.payload = b"picture"
    reference.padding_size = 5
    data = reference.serialize()
    extended = bytes((data[0] | 0x10,)) + data[1:20] + b"\xbe\xde\x00\x01\x10\xff\x00\x00" + data[20:]
    assert parse_rtp(extended) == RtpPacket(MARKER, 96, 7, 8, 9, b"picture")


def test_lengths_that_contradict_each_other_are_refused() -> None:
    good = build_rtp(PACKET)
    assert parse_rtp(b"") is None
    assert parse_rtp(good[:11]) is None
    assert parse_rtp(b"\x40" + good[1:]) is None, "another version"
    assert parse_rtp(b"\x8f" + good[1:]) is None, "15 sources in a short packet"
    assert parse_rtp(b"\x90" + good[1:12]) is None, "an extension without its header"
    assert parse_rtp(b"\xa0" + good[1:] + b"\xff") is None, "more padding than packet"


def test_no_bytes_at_all_make_the_reader_fail() -> None:
    dice = random.Random(1)
    for _ in range(5000):
        parse_rtp(dice.randbytes(dice.randrange(40)))


def test_a_resent_packet_gives_back_the_original() -> None:
    resent = parse_rtp(wrap_resent(build_rtp(PACKET), payload_type=97, sequence_number=5, ssrc=99))
    assert resent is not None
    assert (resent.payload_type, resent.sequence_number, resent.ssrc) == (97, 5, 99)
    assert unwrap_resent(resent, payload_type=96, ssrc=PACKET.ssrc) == PACKET


def test_a_probe_in_the_resend_stream_is_no_packet() -> None:
    assert unwrap_resent(PACKET._replace(payload=b""), payload_type=96, ssrc=1) is None


def test_the_payload_type_changes_and_nothing_else() -> None:
    assert parse_rtp(with_payload_type(build_rtp(PACKET), 108)) == PACKET._replace(payload_type=108)


def test_rtcp_is_told_from_rtp_by_its_second_byte() -> None:
    assert is_rtcp(b"\x80\xc8")
    assert is_rtcp(b"\x81\xce")
    assert not is_rtcp(build_rtp(PACKET))


def test_sequence_numbers_are_compared_across_their_wrap() -> None:
    assert sequence_delta(0, 65535) == 1
    assert sequence_delta(65535, 0) == -1
    assert sequence_delta(32767, 0) == 32767
    assert sequence_delta(32768, 0) == -32768


def test_header_extensions_are_read_in_both_forms() -> None:
    plain = build_rtp(PACKET)
    one_byte = b"\xbe\xde\x00\x02" + b"\x10A" + b"\x00" + b"\x42abc" + b"\x00"
    two_bytes = b"\x10\x00\x00\x02" + b"\x01\x00" + b"\x14\x03abc" + b"\x00"
    for body, number in ((one_byte, 4), (two_bytes, 20)):
        data = bytes((plain[0] | 0x10,)) + plain[1:12] + body + plain[12:]
        assert parse_rtp(data) == PACKET
        assert read_extension(data, number) == b"abc"
        assert read_extension(data, 9) is None
        assert read_extension(data, 0) is None
    assert read_extension(plain, 4) is None


def test_an_extension_that_lies_about_its_length_is_none() -> None:
    plain = build_rtp(PACKET)
    head = bytes((plain[0] | 0x10,)) + plain[1:12]
    for body in (b"\x4f" + b"abc", b"\xf0" + b"\x40ab", b"\x00\x00\x00\x40"):
        assert read_extension(head + b"\xbe\xde\x00\x01" + body + plain[12:], 4) is None
    dice = random.Random(1)
    for _ in range(500):
        data = head + b"\xbe\xde\x00\x02" + dice.randbytes(8) + plain[12:]
        assert len(read_extension(data, dice.randrange(16)) or b"") <= 16
