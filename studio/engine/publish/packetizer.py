"""Cuts an H.264 picture into RTP payloads (RFC 6184), equal in size: one system call can send them all."""

from collections.abc import Iterator, Sequence
from typing import Final

MAX_PAYLOAD_BYTES: Final = 1180
"""With RTP header, extensions and SRTP tag a datagram stays under 1,280 bytes of IPv6's least MTU."""

_START_CODE: Final = b"\x00\x00\x01"
_STAP_A: Final = 24
_FU_A: Final = 28
_FU_HEADER_BYTES: Final = 2
_LENGTH_BYTES: Final = 2
_FU_START: Final = 0x80
_FU_END: Final = 0x40
_NAL_TYPE: Final = 0x1F
_NAL_IMPORTANCE: Final = 0x60
_NAL_FORBIDDEN: Final = 0x80
_SEI: Final = 6
_DELIMITER: Final = 9
_FILLER: Final = 12
_NOT_SENT: Final = frozenset({_SEI, _DELIMITER, _FILLER})


def split_units(stream: bytes) -> Iterator[bytes]:
    """Yield the NAL units of an Annex B byte stream, without their start codes."""
    start = stream.find(_START_CODE)
    while start != -1:
        start += len(_START_CODE)
        end = stream.find(_START_CODE, start)
        unit = stream[start:] if end == -1 else stream[start:end]
        unit = unit.rstrip(
            b"\x00"
        )  # trailing_zero_8bits (Annex B.1): a unit itself never ends in a zero byte
        if unit:
            yield unit
        start = end


def packetize(stream: bytes, max_payload: int = MAX_PAYLOAD_BYTES) -> list[bytes]:
    """Cut one picture into RTP payloads (packetization-mode 1), in sending order.

    Parameter sets travel together (STAP-A, section 5.7.1), large units in fragments (FU-A, section 5.8).
    Delimiters, filler and supplemental information are left out: no receiver needs them.

    Args:
        stream: one coded picture as an Annex B byte stream.
        max_payload: most bytes a payload may have.
    """
    payloads: list[bytes] = []
    gathered: list[bytes] = []
    room = max_payload - 1
    for unit in split_units(stream):
        if unit[0] & _NAL_TYPE in _NOT_SENT:
            continue
        needed = len(unit) + _LENGTH_BYTES
        if needed > room:
            payloads += _aggregate(gathered)
            gathered, room = [], max_payload - 1
        if len(unit) > max_payload:
            payloads += _fragment(unit, max_payload)
        else:
            gathered.append(unit)
            room -= needed
    return payloads + _aggregate(gathered)


def _aggregate(units: Sequence[bytes]) -> list[bytes]:
    if len(units) < 2:
        return list(units)
    forbidden = max(unit[0] & _NAL_FORBIDDEN for unit in units)
    importance = max(unit[0] & _NAL_IMPORTANCE for unit in units)
    parts = [bytes((forbidden | importance | _STAP_A,))]
    for unit in units:
        parts += (len(unit).to_bytes(_LENGTH_BYTES, "big"), unit)
    return [b"".join(parts)]


def _fragment(unit: bytes, max_payload: int) -> list[bytes]:
    """Cut into the fewest fragments; all are equal but the last, which may be shorter."""
    body = len(unit) - 1
    count = -(-body // (max_payload - _FU_HEADER_BYTES))
    size = -(-body // count)
    indicator = (unit[0] & (_NAL_FORBIDDEN | _NAL_IMPORTANCE)) | _FU_A
    kind = unit[0] & _NAL_TYPE
    fragments = []
    for start in range(1, len(unit), size):
        end = start + size
        flags = (_FU_START if start == 1 else 0) | (_FU_END if end >= len(unit) else 0)
        fragments.append(bytes((indicator, flags | kind)) + unit[start:end])
    return fragments
