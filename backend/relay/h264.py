"""H.264 in RTP (RFC 6184), as far as the relay looks: where a picture begins that needs no other."""

from collections.abc import Iterator
from typing import Final

NAL_TYPE: Final = 0x1F
IDR: Final = 5
SEQUENCE_PARAMETERS: Final = 7
STAP_A: Final = 24
FU_A: Final = 28
FU_BEGINS: Final = 0x80
BEGINNINGS: Final = frozenset({IDR, SEQUENCE_PARAMETERS})


def begins_keyframe(payload: bytes) -> bool:
    """Whether a packet's payload is the first of a keyframe: its parameters, or its picture's begin."""
    if not payload:
        return False
    kind = payload[0] & NAL_TYPE
    if kind == FU_A:  # §5.8
        return len(payload) > 1 and bool(payload[1] & FU_BEGINS) and payload[1] & NAL_TYPE in BEGINNINGS
    return any(unit[0] & NAL_TYPE in BEGINNINGS for unit in units(payload))


def has_parameters(payload: bytes) -> bool:
    """Whether an RTP payload holds sequence parameters."""
    return any(unit[0] & NAL_TYPE == SEQUENCE_PARAMETERS for unit in units(payload))


def units(payload: bytes) -> Iterator[bytes]:
    """The units in a packet: one, or several behind their lengths of two bytes (§5.7.1)."""
    kind = payload[0] & NAL_TYPE if payload else FU_A
    if kind == STAP_A:
        at = 1
        while at + 2 < len(payload):
            end = at + 2 + int.from_bytes(payload[at : at + 2], "big")
            if end > at + 2:
                yield payload[at + 2 : end]
            at = end
    elif kind < STAP_A:
        yield payload
