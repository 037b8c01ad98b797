"""The parameter sets of an H.264 stream (H.264 §7.3.2), as an MP4 file names them."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from backend.relay.h264 import NAL_TYPE, SEQUENCE_PARAMETERS
from backend.relay.picture_size import HIGH_PROFILES, picture_size

PICTURE_PARAMETERS: Final = 8
# 4:2:0 in 8 bits, which is all that browsers play; no extensions follow.
_PLAIN_CHROMA: Final = b"\xfd\xf8\xf8\x00"


class ParameterSets(NamedTuple):
    """One sequence and one picture parameter set, without start codes, and the size they tell, in pixels."""

    sequence: bytes
    picture: bytes
    width: int
    height: int

    @property
    def chroma(self) -> bytes:
        """What `avcC` says behind the sets where the profile asks for it (ISO/IEC 14496-15 §5.3.3.1.2)."""
        return _PLAIN_CHROMA if self.sequence[1] in HIGH_PROFILES else b""


class ParameterReader:
    """Finds the sets that hold for the next picture.

    Attributes:
        sets: the newest; None before the first, and where they cannot be read.
    """

    def __init__(self) -> None:
        self.sets: ParameterSets | None = None
        self._sequence = b""
        self._picture = b""

    def read(self, units: Iterable[bytes]) -> None:
        """Take in the units of a picture."""
        for unit in units:
            kind = unit[0] & NAL_TYPE
            if kind == SEQUENCE_PARAMETERS and len(unit) > 4:
                self._sequence = unit
            elif kind == PICTURE_PARAMETERS:
                self._picture = unit
        if self.sets and (self.sets.sequence, self.sets.picture) == (self._sequence, self._picture):
            return
        size = picture_size(self._sequence) if self._picture else None
        self.sets = ParameterSets(self._sequence, self._picture, *size) if size else None
