"""What the engine says to a sender's process: length-prefixed MessagePack on its standard input."""

import struct
from typing import BinaryIO, Final

import msgspec
import numpy as np

from studio.engine.media import CHANNELS, AudioBlock
from studio.engine.publish.encoder import EncodedPicture
from studio.engine.record.interleaver import Item

CONNECTED: Final = b"connected\n"
ALIVE: Final = b"alive\n"
"""Said once a second while something goes out."""
FAILED: Final = b"failed "
"""A line of text follows, in English."""
_LENGTH: Final = struct.Struct("!I")
MOST_BYTES: Final = 16 << 20


class Open(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """The first message: where to send to, and how many frames a second are expected."""

    url: str
    fps: int


class Picture(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """An encoded picture."""

    data: bytes
    time: int
    is_keyframe: bool
    size: tuple[int, int]


class Sound(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A block of sound: interleaved stereo int16."""

    samples: bytes
    captured_at: float


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Open | Picture | Sound)


def write(file: BinaryIO, message: Open | Picture | Sound) -> None:
    """Write a message.

    Raises:
        OSError: nobody reads any more.
    """
    data = _encoder.encode(message)
    file.write(_LENGTH.pack(len(data)) + data)
    file.flush()


def read(file: BinaryIO) -> Open | Picture | Sound | None:
    """Read the next message; None at the end.

    Raises:
        ValueError: it is none.
    """
    head = file.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > MOST_BYTES:
        raise ValueError(f"a message of {length} bytes is too long")
    data = file.read(length)
    return _decoder.decode(data) if len(data) == length else None


def to_wire(item: Item) -> Picture | Sound:
    """Write a picture or a block of sound as a message."""
    if isinstance(item, AudioBlock):
        return Sound(item.samples.tobytes(), item.captured_at)
    return Picture(item.data, item.time, item.is_keyframe, item.size)


def from_wire(message: Picture | Sound) -> Item:
    """Read a message as a picture or a block of sound."""
    if isinstance(message, Sound):
        samples = np.frombuffer(message.samples, np.int16).reshape(-1, CHANNELS)
        return AudioBlock(samples, message.captured_at)
    return EncodedPicture(message.data, [], message.time, message.is_keyframe, message.size)
