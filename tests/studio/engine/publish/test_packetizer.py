from aiortc.codecs.h264 import h264_depayload
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.publish.packetizer import MAX_PAYLOAD_BYTES, packetize, split_units

SPS, PPS, SEI, IDR, SLICE = 0x67, 0x68, 0x06, 0x65, 0x41
START = b"\x00\x00\x00\x01"


def unit(header: int, size: int) -> bytes:
    return bytes((header,)) + bytes(1 + index % 255 for index in range(size - 1))


def stream(*units: bytes) -> bytes:
    return b"".join(START + each for each in units)


def received(payloads: list[bytes]) -> bytes:
    """What an independent receiver puts together again."""
    return b"".join(h264_depayload(payload) for payload in payloads)


units = st.lists(
    st.builds(unit, st.sampled_from([SPS, PPS, IDR, SLICE]), st.integers(2, 6000)), min_size=1, max_size=6
)


@given(units, st.integers(100, 1400))
def test_what_is_put_together_again_is_what_was_cut(coded: list[bytes], max_payload: int) -> None:
    assert received(packetize(stream(*coded), max_payload)) == stream(*coded)


@given(units, st.integers(100, 1400))
def test_no_payload_is_larger_than_allowed(coded: list[bytes], max_payload: int) -> None:
    assert all(0 < len(payload) <= max_payload for payload in packetize(stream(*coded), max_payload))


@given(st.integers(MAX_PAYLOAD_BYTES + 1, 200_000))
def test_fragments_are_equal_but_the_last_which_is_no_longer(size: int) -> None:
    *first, last = (len(payload) for payload in packetize(stream(unit(IDR, size))))
    assert len(set(first)) == 1
    assert last <= first[0]


def test_a_fragmented_unit_takes_as_few_datagrams_as_it_can() -> None:
    assert len(packetize(stream(unit(IDR, 10_001)), max_payload=1002)) == 10


def test_parameter_sets_share_a_datagram() -> None:
    payloads = packetize(stream(unit(SPS, 20), unit(PPS, 6), unit(IDR, 5000)))
    assert payloads[0][0] & 0x1F == 24
    assert all(payload[0] & 0x1F == 28 for payload in payloads[1:])


def test_a_small_picture_is_sent_as_it_is() -> None:
    assert packetize(stream(unit(SLICE, 300))) == [unit(SLICE, 300)]


def test_supplemental_information_is_left_out() -> None:
    assert packetize(stream(unit(SEI, 700), unit(SLICE, 30))) == [unit(SLICE, 30)]


def test_nothing_comes_of_nothing() -> None:
    assert packetize(b"") == []
    assert list(split_units(b"no start code")) == []


def test_three_byte_start_codes_and_trailing_zeros_are_understood() -> None:
    coded = b"\x00\x00\x01" + unit(SPS, 8) + b"\x00\x00\x00\x01" + unit(IDR, 9) + b"\x00\x00"
    assert list(split_units(coded)) == [unit(SPS, 8), unit(IDR, 9)]
