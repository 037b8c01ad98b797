"""Messages made ready to send: encoded once, framed once, the same bytes for everybody."""

import struct
from functools import cached_property
from typing import Final

from backend.messages import ServerMessage, encode

_TEXT: Final = 0x1
_CLOSE: Final = 0x8


class Prepared:
    """An encoded message; `frame` is the whole WebSocket frame, made when first asked for."""

    def __init__(self, payload: bytes) -> None:
        self.payload = payload

    @cached_property
    def frame(self) -> bytes:
        """A final, unmasked, uncompressed text frame (RFC 6455 §5.2), as a server sends it."""
        return _frame(_TEXT, self.payload)


def prepare(message: ServerMessage) -> Prepared:
    """Encode a message once for all who will get it."""
    return Prepared(encode(message))


def close_frame(code: int, reason: str) -> bytes:
    """Build a close frame (RFC 6455 §5.5.1); the reason is cut to what a control frame holds."""
    whole_letters = reason.encode()[:123].decode(errors="ignore").encode()
    return _frame(_CLOSE, struct.pack("!H", code) + whole_letters)


def _frame(opcode: int, payload: bytes) -> bytes:
    size = len(payload)
    if size < 126:
        header = struct.pack("!BB", 0x80 | opcode, size)
    elif size < 1 << 16:
        header = struct.pack("!BBH", 0x80 | opcode, 126, size)
    else:
        header = struct.pack("!BBQ", 0x80 | opcode, 127, size)
    return header + payload
