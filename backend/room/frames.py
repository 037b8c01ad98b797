"""Messages made ready to send: encoded once, framed once, the same bytes for everybody."""

import struct
import zlib
from functools import cached_property
from typing import Final

from typing_extensions import override

from backend.contract.protocol import ServerMessage, encode

# A client that can look back less far (RFC 7692 §7.1.2.1) gets plain frames.
WINDOW_BITS: Final = 12

_TEXT: Final = 0x1
_BINARY: Final = 0x2
_CLOSE: Final = 0x8
_COMPRESSED: Final = 0x40  # RSV1
_WORTH_DEFLATING_BYTES: Final = 256
_LEVEL: Final = 6
_TAIL: Final = b"\x00\x00\xff\xff"


class Prepared:
    """An encoded message; its whole WebSocket frames are made when first asked for, and then shared."""

    is_text = True

    def __init__(self, payload: bytes) -> None:
        self.payload = payload

    @cached_property
    def frame(self) -> bytes:
        """A final, unmasked, uncompressed text frame (RFC 6455 §5.2), as a server sends it."""
        return _frame(_TEXT, self.payload)

    @cached_property
    def deflated_frame(self) -> bytes:
        """The frame for clients with permessage-deflate (RFC 7692 §7.2.1); plain where that is not shorter.

        It refers to nothing that was sent before, so it may stand between any other messages, but only on
        connections with `server_no_context_takeover`: elsewhere it would garble what the server itself sends.
        """
        if len(self.payload) < _WORTH_DEFLATING_BYTES:
            return self.frame
        deflated = _deflate(self.payload)
        return _frame(_TEXT | _COMPRESSED, deflated) if len(deflated) < len(self.payload) else self.frame


class PreparedBytes(Prepared):
    """A message that is no text, and that deflating would not shorten: a piece of a film."""

    is_text = False

    @cached_property
    @override
    def frame(self) -> bytes:
        """A final, unmasked, uncompressed binary frame (RFC 6455 §5.2)."""
        return _frame(_BINARY, self.payload)

    @property
    @override
    def deflated_frame(self) -> bytes:
        """The same: an extension leaves it to each message whether it is deflated (RFC 7692 §6)."""
        return self.frame


def prepare(message: ServerMessage) -> Prepared:
    """Encode a message once for all who will get it."""
    return Prepared(encode(message))


def close_frame(code: int, reason: str) -> bytes:
    """Build a close frame (RFC 6455 §5.5.1); the reason is cut to what a control frame holds."""
    whole_letters = reason.encode()[:123].decode(errors="ignore").encode()
    return _frame(_CLOSE, struct.pack("!H", code) + whole_letters)


def _deflate(payload: bytes) -> bytes:
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -WINDOW_BITS)
    return (compressor.compress(payload) + compressor.flush(zlib.Z_SYNC_FLUSH)).removesuffix(_TAIL)


def _frame(opcode: int, payload: bytes) -> bytes:
    size = len(payload)
    if size < 126:
        header = struct.pack("!BB", 0x80 | opcode, size)
    elif size < 1 << 16:
        header = struct.pack("!BBH", 0x80 | opcode, 126, size)
    else:
        header = struct.pack("!BBQ", 0x80 | opcode, 127, size)
    return header + payload
