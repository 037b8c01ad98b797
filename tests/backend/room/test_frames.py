import random

import pytest
from websockets.client import ClientProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from backend.room.frames import WINDOW_BITS, Prepared, close_frame


def read_frames(data: bytes, *extensions: PerMessageDeflate) -> list[Frame]:
    """Let a foreign implementation read what we built."""
    client = ClientProtocol(parse_uri("ws://x/"), state=State.OPEN, max_size=None)
    client.extensions = list(extensions)
    client.receive_data(data)
    frames = [event for event in client.events_received() if isinstance(event, Frame)]
    assert client.parser_exc is None
    return frames


def read_frame(data: bytes, *extensions: PerMessageDeflate) -> Frame:
    (frame,) = read_frames(data, *extensions)
    return frame


def inflating() -> PerMessageDeflate:
    return PerMessageDeflate(
        remote_no_context_takeover=True,
        local_no_context_takeover=True,
        remote_max_window_bits=WINDOW_BITS,
        local_max_window_bits=15,
    )


def talk(size: int) -> bytes:
    """Something like what a room says: it has repetitions, near and far."""
    words = [b"%d: \xe4\xb8\xbb\xe6\x92\xad\xe5\xa5\xbd\xe6\xa3\x92" % (n % 97) for n in range(size)]
    return b", ".join(words)[:size]


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


@pytest.mark.parametrize("size", [256, 1000, 4096, 5000, 65536, 200_000])
def test_a_deflated_frame_is_shorter_and_inflates_to_the_message(size: int) -> None:
    prepared = Prepared(talk(size))
    frame = read_frame(prepared.deflated_frame, inflating())
    assert (frame.opcode, bytes(frame.data), frame.fin) == (Opcode.TEXT, prepared.payload, True)
    assert len(prepared.deflated_frame) < size / 2


def test_a_deflated_message_can_be_read_without_the_one_before_it() -> None:
    first, second = Prepared(talk(1000)), Prepared(talk(1100))
    reader = inflating()
    both = read_frames(first.deflated_frame + second.deflated_frame, reader)
    assert [bytes(frame.data) for frame in both] == [first.payload, second.payload]
    assert bytes(read_frame(second.deflated_frame, inflating()).data) == second.payload


@pytest.mark.parametrize("payload", [b"{}", b"x" * 255, random.Random(7).randbytes(2000)])
def test_what_deflating_would_not_shorten_stays_plain(payload: bytes) -> None:
    prepared = Prepared(payload)
    assert prepared.deflated_frame is prepared.frame
    assert prepared.frame[0] & 0x40 == 0


def test_the_deflated_frame_is_built_once() -> None:
    prepared = Prepared(talk(1000))
    assert prepared.deflated_frame is prepared.deflated_frame
