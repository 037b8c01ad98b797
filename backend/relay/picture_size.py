"""How large the pictures of an H.264 stream are, by its parameters in band (H.264 §7.3.2.1.1; RFC 6184)."""

from typing import Final, NamedTuple

from backend.relay.h264 import NAL_TYPE, SEQUENCE_PARAMETERS, units

# Profiles whose parameters tell of chroma and scaling first.
HIGH_PROFILES: Final = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})
MAX_PARAMETERS_BYTES: Final = 256
MAX_SIDE: Final = 16_384
MAX_EXPONENT: Final = 31
MAX_CYCLE: Final = 255


class PictureSize(NamedTuple):
    """Pixels."""

    width: int
    height: int


class _Bits:
    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._left = len(data) * 8

    def read(self, count: int) -> int:
        if count > self._left:
            raise ValueError("expected more bits")
        self._left -= count
        return self._value >> self._left & (1 << count) - 1

    def unsigned(self) -> int:
        """An Exp-Golomb code (§9.1)."""
        zeros = 0
        while not self.read(1):
            zeros += 1
            if zeros > MAX_EXPONENT:
                raise ValueError(f"expected at most {MAX_EXPONENT} zeros")
        return (1 << zeros) - 1 + self.read(zeros)

    def signed(self) -> int:
        code = self.unsigned()
        return code + 1 >> 1 if code & 1 else -(code >> 1)


def picture_size(payload: bytes) -> PictureSize | None:
    """The size told by a packet's payload; None where it holds no parameters, or broken ones."""
    for unit in units(payload):
        if unit[0] & NAL_TYPE == SEQUENCE_PARAMETERS:
            try:
                return _read(unit[1:MAX_PARAMETERS_BYTES].replace(b"\0\0\3", b"\0\0"))
            except ValueError:
                return None
    return None


def _read(data: bytes) -> PictureSize | None:
    bits = _Bits(data)
    profile = bits.read(8)
    bits.read(16)  # constraints, level
    bits.unsigned()  # the set's id
    chroma = _skip_chroma(bits) if profile in HIGH_PROFILES else 1
    bits.unsigned()  # frame numbers
    _skip_order(bits)
    bits.unsigned()  # reference frames
    bits.read(1)
    width, map_height = 16 * (bits.unsigned() + 1), 16 * (bits.unsigned() + 1)
    is_frames_only = bits.read(1)
    if not is_frames_only:
        bits.read(1)
    bits.read(1)  # direct prediction
    height = map_height * (2 - is_frames_only)
    if bits.read(1):
        left, right, top, bottom = (bits.unsigned() for _ in range(4))
        width -= (left + right) * (2 if chroma in (1, 2) else 1)
        height -= (top + bottom) * (2 if chroma == 1 else 1) * (2 - is_frames_only)
    is_sane = 0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE
    return PictureSize(width, height) if is_sane else None


def _skip_chroma(bits: _Bits) -> int:
    """Go past what the high profiles tell first; the chroma format."""
    chroma = bits.unsigned()
    if chroma == 3:
        bits.read(1)
    bits.unsigned()
    bits.unsigned()
    bits.read(1)
    if bits.read(1):
        for index in range(8 if chroma != 3 else 12):
            if bits.read(1):
                _skip_scaling(bits, 16 if index < 6 else 64)
    return chroma


def _skip_scaling(bits: _Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.signed()) % 256
        last = following or last


def _skip_order(bits: _Bits) -> None:
    kind = bits.unsigned()
    if kind == 0:
        bits.unsigned()
    elif kind == 1:
        bits.read(1)
        bits.signed()
        bits.signed()
        for _ in range(min(bits.unsigned(), MAX_CYCLE)):
            bits.signed()
