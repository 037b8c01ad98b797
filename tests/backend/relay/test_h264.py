import pytest

from backend.relay.h264 import begins_keyframe

SPS, PPS, IDR, SLICE, DELIMITER = b"\x67\x42", b"\x68\xce", b"\x65\x88", b"\x41\x9a", b"\x09\x10"


def together(*units: bytes) -> bytes:
    return b"\x78" + b"".join(len(unit).to_bytes(2, "big") + unit for unit in units)


@pytest.mark.parametrize(
    "payload",
    [SPS, IDR, together(SPS, PPS), together(DELIMITER, SPS, PPS, IDR), b"\x7c\x85\x88"],
    ids=["parameters", "one packet", "aggregated", "behind a delimiter", "first fragment"],
)
def test_a_keyframe_is_seen_by_its_first_packet(payload: bytes) -> None:
    assert begins_keyframe(payload)


@pytest.mark.parametrize(
    "payload",
    [b"", SLICE, PPS, together(SLICE), b"\x7c\x05\x88", b"\x7c\x81", b"\x7c", b"\x78", b"\x78\xff\xff"],
    ids=[
        "empty",
        "slice",
        "picture parameters",
        "aggregated",
        "later fragment",
        "slice",
        "cut",
        "cut",
        "lie",
    ],
)
def test_what_needs_another_picture_begins_no_keyframe(payload: bytes) -> None:
    assert not begins_keyframe(payload)
