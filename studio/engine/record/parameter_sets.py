"""Reads out of a keyframe what a file says once about all of its pictures."""

from typing import Final

from studio.engine.publish.packetizer import split_units

_NAL_TYPE: Final = 0x1F
_SEQUENCE: Final = 7
_PICTURE: Final = 8
_LEVEL: Final = 3


def parameter_sets(data: bytes) -> bytes:
    """Give a keyframe's SPS and PPS, without the level: pictures with the same fit into one file.

    The level follows the bitrate, and decoders read it again in the stream.

    Args:
        data: a coded picture as an Annex B byte stream.
    """
    found = b""
    for unit in split_units(data):
        kind = unit[0] & _NAL_TYPE
        if kind == _SEQUENCE:
            found += unit[:_LEVEL] + unit[_LEVEL + 1 :]
        elif kind == _PICTURE:
            found += unit
    return found
