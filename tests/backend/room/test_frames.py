import pytest
from websockets.client import ClientProtocol
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from backend.room.frames import Prepared, close_frame


def read_frame(data: bytes) -> Frame:
    """Let a foreign implementation read what we built."""
    client = ClientProtocol(parse_uri("ws://x/"), state=State.OPEN)
    client.receive_data(data)
    (frame,) = client.events_received()
    assert isinstance(frame, Frame)
    return frame


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65535, 65536, 200_000])
def test_every_length_reads_back_as_one_text_frame(size: int) -> None:
    payload = b"x" * size
    frame = read_frame(Prepared(payload).frame)
    assert (frame.opcode, frame.data, frame.fin) == (Opcode.TEXT, payload, True)


def test_the_frame_is_built_once() -> None:
    prepared = Prepared(b"{}")
    assert prepared.frame is prepared.frame


def test_a_close_frame_tells_code_and_reason() -> None:
    frame = read_frame(close_frame(1013, "慢" * 100))
    close = Close.parse(bytes(frame.data))
    assert (frame.opcode, close.code) == (Opcode.CLOSE, 1013)
    assert len(frame.data) <= 125
