"""RTP packets as the relay sees them (RFC 3550 §5.1) and their resent form (RFC 4588)."""

import struct
from typing import Final, NamedTuple

HEADER: Final = struct.Struct("!BBHII")
NUMBER_AND_TIME: Final = struct.Struct("!HI")
VERSION: Final = 0x80
MARKER: Final = 0x80
# Forms of header extensions (RFC 8285 §4.2, §4.3), and the number that ends one-byte ones.
ONE_BYTE: Final = 0xBEDE
TWO_BYTES: Final = 0x1000
RESERVED: Final = 15


class RtpPacket(NamedTuple):
    """A packet without what is not forwarded: contributing sources, header extensions, padding."""

    marker: int
    payload_type: int
    sequence_number: int
    timestamp: int
    ssrc: int
    payload: bytes


def is_rtcp(datagram: bytes) -> bool:
    """Whether a datagram of at least two bytes is RTCP and not RTP on the same port (RFC 5761 §4)."""
    return 192 <= datagram[1] <= 223


def parse_rtp(data: bytes) -> RtpPacket | None:
    """The packet, or None where its lengths contradict each other."""
    if len(data) < HEADER.size or data[0] & 0xC0 != VERSION:
        return None
    first, second, sequence_number, timestamp, ssrc = HEADER.unpack_from(data)
    start = HEADER.size + 4 * (first & 0x0F)
    if first & 0x10:
        if len(data) < start + 4:
            return None
        start += 4 + 4 * int.from_bytes(data[start + 2 : start + 4], "big")
    end = len(data) - (data[-1] if first & 0x20 else 0)
    if end < start:
        return None
    return RtpPacket(second & MARKER, second & 0x7F, sequence_number, timestamp, ssrc, data[start:end])


def build_rtp(packet: RtpPacket) -> bytes:
    """The packet as bytes, with the plainest header."""
    second = packet.marker | packet.payload_type
    header = HEADER.pack(VERSION, second, packet.sequence_number, packet.timestamp, packet.ssrc)
    return header + packet.payload


def with_payload_type(data: bytes, payload_type: int) -> bytes:
    """A built packet under another payload type."""
    return data[:1] + bytes((data[1] & MARKER | payload_type,)) + data[2:]


def timestamp_of(data: bytes) -> int:
    """The timestamp of a built packet."""
    return int.from_bytes(data[4:8], "big")


def shifted(data: bytes, numbers: int, time: int) -> bytes:
    """A built packet with its sequence number and its timestamp so far ahead."""
    number, timestamp = NUMBER_AND_TIME.unpack_from(data, 2)
    moved = NUMBER_AND_TIME.pack(number + numbers & 0xFFFF, timestamp + time & 0xFFFFFFFF)
    return data[:2] + moved + data[8:]


def wrap_resent(data: bytes, payload_type: int, sequence_number: int, ssrc: int) -> bytes:
    """A built packet as the resend stream carries it: its own numbers, the original sequence number first."""
    (timestamp,) = struct.unpack_from("!I", data, 4)
    header = HEADER.pack(VERSION, data[1] & MARKER | payload_type, sequence_number, timestamp, ssrc)
    return header + data[2:4] + data[12:]


def unwrap_resent(packet: RtpPacket, payload_type: int, ssrc: int) -> RtpPacket | None:
    """The original of a resent packet; None where it carries none (a padding probe)."""
    if len(packet.payload) < 2:
        return None
    return packet._replace(
        payload_type=payload_type,
        sequence_number=int.from_bytes(packet.payload[:2], "big"),
        ssrc=ssrc,
        payload=packet.payload[2:],
    )


def nearest_number(sequence_number: int, known: int) -> int:
    """The number nearest to a known one that has these last 16 bits (RFC 3711 §3.3.1)."""
    return known + sequence_delta(sequence_number, known & 0xFFFF)


def sequence_delta(newer: int, older: int) -> int:
    """How far `newer` is ahead of `older`, -32768..32767, across the wrap of 16 bits."""
    return (newer - older + 0x8000 & 0xFFFF) - 0x8000


def signed_32(difference: int) -> int:
    """A difference of two timestamps as a number with a sign, across the wrap of 32 bits."""
    return (difference + 0x80000000 & 0xFFFFFFFF) - 0x80000000


def read_extension(data: bytes, number: int) -> bytes | None:
    """A header extension (RFC 8285), by its number, of a packet that `parse_rtp` took; None for none."""
    if not data[0] & 0x10 or not number:
        return None
    start = HEADER.size + 4 * (data[0] & 0x0F)
    profile, words = (
        int.from_bytes(data[start : start + 2], "big"),
        int.from_bytes(data[start + 2 : start + 4], "big"),
    )
    body = data[start + 4 : start + 4 + 4 * words]
    if profile == ONE_BYTE:
        return _find_extension(body, number, 1)
    return _find_extension(body, number, 2) if profile & 0xFFF0 == TWO_BYTES else None


def _find_extension(body: bytes, number: int, head_bytes: int) -> bytes | None:
    at = 0
    while at + head_bytes <= len(body):
        if body[at] == 0:  # padding
            at += 1
            continue
        if head_bytes == 1:
            found, length = body[at] >> 4, (body[at] & 0x0F) + 1
            if found == RESERVED:
                return None
        else:
            found, length = body[at], body[at + 1]
        at += head_bytes
        if found == number:
            return body[at : at + length] if at + length <= len(body) else None
        at += length
    return None
