"""H.264 pictures out of RTP packets (RFC 6184 §5); after a loss none until one that needs no other."""

from typing import Final, NamedTuple

from backend.relay.h264 import FU_A, FU_BEGINS, IDR, NAL_TYPE, units
from backend.relay.rtp import RtpPacket

FU_ENDS: Final = 0x40
MAX_PICTURE_BYTES: Final = 4 * 1024 * 1024


class Picture(NamedTuple):
    """One picture: its RTP time, and its units in order, without start codes."""

    timestamp: int
    units: list[bytes]

    @property
    def is_key(self) -> bool:
        """Whether it needs no other."""
        return any(unit[0] & NAL_TYPE == IDR for unit in self.units)


class PictureReader:
    """See the module. Packets come in order."""

    def __init__(self) -> None:
        self._timestamp: int | None = None
        self._units: list[bytes] = []
        self._part = bytearray()
        self._bytes = 0
        self._is_broken = True

    def on_gap(self) -> None:
        """Packets are missing for good: what follows builds on what never came."""
        self._is_broken = True
        self._forget()

    def take(self, packet: RtpPacket) -> list[Picture]:
        """Take in a packet; return the pictures that are whole now."""
        whole = []
        if packet.timestamp != self._timestamp:
            whole += self._finish()
            self._timestamp = packet.timestamp
        self._add(packet.payload)
        if self._bytes > MAX_PICTURE_BYTES:
            self.on_gap()
        elif packet.marker:
            whole += self._finish()
        return whole

    def _add(self, payload: bytes) -> None:
        self._bytes += len(payload)
        if len(payload) > 2 and payload[0] & NAL_TYPE == FU_A:
            self._add_part(payload)
        else:
            self._units += units(payload)

    def _add_part(self, payload: bytes) -> None:
        """A part of a unit (§5.8)."""
        indicator, header = payload[0], payload[1]
        if header & FU_BEGINS:
            self._part = bytearray((indicator & 0xE0 | header & NAL_TYPE,))
        elif not self._part:
            return  # its begin never came
        self._part += payload[2:]
        if header & FU_ENDS:
            self._units.append(bytes(self._part))
            self._part = bytearray()

    def _finish(self) -> list[Picture]:
        if self._timestamp is None or not self._units:
            self._forget()
            return []
        picture = Picture(self._timestamp, self._units)
        self._forget()
        if self._is_broken and not picture.is_key:
            return []
        self._is_broken = False
        return [picture]

    def _forget(self) -> None:
        self._units, self._part, self._bytes = [], bytearray(), 0
