import msgspec
import pytest

from backend.egress.messages import FragmentMade, decode_made, encode_made


def test_a_message_comes_back_from_its_frame() -> None:
    made = FragmentMade(b"moof", is_key=True, start=1, duration=2)
    frame = encode_made(made)
    assert int.from_bytes(frame[:4], "big") == len(frame) - 4
    assert decode_made(frame[4:]) == made


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x81\xa4type\xa5other"])
def test_what_is_no_message_is_an_error(body: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_made(body)
