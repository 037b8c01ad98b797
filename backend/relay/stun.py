"""STUN binding as an ICE-lite agent needs it: read a check, prove it, answer it (RFC 8489, RFC 8445 §2.5)."""

import hmac
import ipaddress
import struct
import zlib
from dataclasses import dataclass
from typing import Final

COOKIE: Final = 0x2112A442
COOKIE_BYTES: Final = COOKIE.to_bytes(4, "big")
HEADER: Final = struct.Struct("!HHI12s")
ATTRIBUTE: Final = struct.Struct("!HH")
BINDING_REQUEST: Final = 0x0001
BINDING_SUCCESS: Final = 0x0101
USERNAME: Final = 0x0006
MESSAGE_INTEGRITY: Final = 0x0008
XOR_MAPPED_ADDRESS: Final = 0x0020
USE_CANDIDATE: Final = 0x0025
FINGERPRINT: Final = 0x8028
FINGERPRINT_XOR: Final = 0x5354554E
INTEGRITY_BYTES: Final = 24
FINGERPRINT_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class BindingRequest:
    """A connectivity check, read but not yet proved.

    Attributes:
        data: the datagram itself.
        username: `<our ufrag>:<their ufrag>`.
        is_nominating: whether it carries USE-CANDIDATE.
        integrity_at: where MESSAGE-INTEGRITY begins in `data`.
    """

    data: bytes
    transaction_id: bytes
    username: str
    is_nominating: bool
    integrity_at: int

    def is_proved_by(self, password: bytes) -> bool:
        """Whether the sender knows our password (RFC 8489 §14.5)."""
        told = self.data[self.integrity_at + 4 : self.integrity_at + INTEGRITY_BYTES]
        return hmac.compare_digest(told, _integrity(self.data[: self.integrity_at], password))


def parse_binding_request(data: bytes) -> BindingRequest | None:
    """The check in a datagram; None for anything else, malformed or without username and integrity."""
    if len(data) < HEADER.size:
        return None
    kind, length, cookie, transaction_id = HEADER.unpack_from(data)
    if kind != BINDING_REQUEST or cookie != COOKIE or length & 3 or length + HEADER.size != len(data):
        return None
    found = _attributes(data)
    if found is None or USERNAME not in found or MESSAGE_INTEGRITY not in found:
        return None
    start, size = found[USERNAME]
    integrity_at = found[MESSAGE_INTEGRITY][0] - ATTRIBUTE.size
    username = data[start : start + size].decode("ascii", "replace")
    return BindingRequest(data, transaction_id, username, USE_CANDIDATE in found, integrity_at)


def _attributes(data: bytes) -> dict[int, tuple[int, int]] | None:
    """Where each attribute's value begins and how long it is; the first of its kind counts (RFC 8489 §14)."""
    found: dict[int, tuple[int, int]] = {}
    position = HEADER.size
    while position < len(data):
        if position + ATTRIBUTE.size > len(data):
            return None
        kind, size = ATTRIBUTE.unpack_from(data, position)
        start = position + ATTRIBUTE.size
        if start + size > len(data):
            return None
        # What follows MESSAGE-INTEGRITY is not covered by it and must be ignored, FINGERPRINT aside.
        if MESSAGE_INTEGRITY not in found or kind == FINGERPRINT:
            found.setdefault(kind, (start, size))
        if kind == MESSAGE_INTEGRITY and size != INTEGRITY_BYTES - ATTRIBUTE.size:
            return None
        if kind == FINGERPRINT and (size != 4 or data[start : start + 4] != _fingerprint(data[:position])):
            return None
        position = start + size + (-size & 3)
    return found


def build_binding_success(request: BindingRequest, address: tuple[str, int], password: bytes) -> bytes:
    """The answer: where we saw the check come from, signed with our password."""
    mapped = _xor_address(address, request.transaction_id)
    body = ATTRIBUTE.pack(XOR_MAPPED_ADDRESS, len(mapped)) + mapped
    message = HEADER.pack(BINDING_SUCCESS, len(body), COOKIE, request.transaction_id) + body
    return sign(message, password)


def sign(message: bytes, password: bytes) -> bytes:
    """The message with MESSAGE-INTEGRITY and FINGERPRINT behind it."""
    message += ATTRIBUTE.pack(MESSAGE_INTEGRITY, INTEGRITY_BYTES - ATTRIBUTE.size) + _integrity(
        message, password
    )
    fingerprint = _fingerprint(message)
    message += ATTRIBUTE.pack(FINGERPRINT, 4) + fingerprint
    return _with_length(message, len(message) - HEADER.size)


def _with_length(message: bytes, length: int) -> bytes:
    return message[:2] + length.to_bytes(2, "big") + message[4:]


def _integrity(covered: bytes, password: bytes) -> bytes:
    """HMAC over all before the attribute, with the length as if the attribute were the last."""
    return hmac.digest(password, _with_length(covered, len(covered) - HEADER.size + INTEGRITY_BYTES), "sha1")


def _fingerprint(covered: bytes) -> bytes:
    checked = _with_length(covered, len(covered) - HEADER.size + FINGERPRINT_BYTES)
    return (zlib.crc32(checked) ^ FINGERPRINT_XOR).to_bytes(4, "big")


def _xor_address(address: tuple[str, int], transaction_id: bytes) -> bytes:
    """XOR-MAPPED-ADDRESS (RFC 8489 §14.2)."""
    ip = ipaddress.ip_address(address[0])
    key = int.from_bytes((COOKIE_BYTES + transaction_id)[: len(ip.packed)], "big")
    family = 1 if ip.version == 4 else 2
    hidden = (int(ip) ^ key).to_bytes(len(ip.packed), "big")
    return struct.pack("!BBH", 0, family, address[1] ^ COOKIE >> 16) + hidden
