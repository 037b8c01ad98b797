"""What an egress process is told on its stdin, and what it says on its stdout: MessagePack in frames."""

import msgspec

from backend.contract.decoding import guarded
from backend.relay.messages import LENGTH


class EgressOptions(msgspec.Struct, frozen=True):
    """What the process is told; one line of JSON on its stdin.

    Attributes:
        secret: what the relay's worker shows before the stream, so that no other program can feed it.
        silent_after_s: it ends when nothing came for so long.
    """

    secret: str
    silent_after_s: float = 60.0


class Listening(msgspec.Struct, frozen=True, tag_field="type", tag="listening"):
    """Its first words: the relay may connect to this TCP port on 127.0.0.1."""

    port: int


class InitMade(msgspec.Struct, frozen=True, tag_field="type", tag="init_made"):
    """Players need this before the fragments that follow."""

    data: bytes


class FragmentMade(msgspec.Struct, frozen=True, tag_field="type", tag="fragment_made"):
    """A fragment; see `backend.egress.fragmenter.Fragment`."""

    data: bytes
    is_key: bool
    start: int
    duration: int


Made = Listening | InitMade | FragmentMade

decode_made = guarded(msgspec.msgpack.Decoder(Made).decode)
decode_egress_options = guarded(msgspec.json.Decoder(EgressOptions).decode)
encode_egress_options = msgspec.json.Encoder().encode
_encoder = msgspec.msgpack.Encoder()


def encode_made(message: Made) -> bytes:
    """A message as it goes over the pipe: its length (32 bit, network order), then MessagePack."""
    body = _encoder.encode(message)
    return LENGTH.pack(len(body)) + body
