import msgspec
import pytest

from backend.contract.decoding import decode_json, guarded
from backend.contract.http import Credentials, Problem


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff", b'{"error":"\xff","message":""}', b'{"x":' * 3000, b'{"x":' + b"[" * 3000]
)
def test_whatever_is_wrong_with_json_is_one_error(data: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_json(data, Problem)


def test_deep_messagepack_is_that_error_too() -> None:
    decode = guarded(msgspec.msgpack.Decoder(Credentials).decode)
    with pytest.raises(msgspec.DecodeError, match="nested too deep"):
        decode(b"\x81\xa1x" + b"\x91" * 5000 + b"\xc0")


def test_what_is_right_is_read() -> None:
    assert decode_json(b'{"error":"x","message":"y"}', Problem) == Problem("x", "y")
