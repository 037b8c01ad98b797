"""SRTP (RFC 3711, 7714) by pylibsrtp; the one place that uses its private names, to encrypt in place.

A contract test fails when a new pylibsrtp no longer has them.
"""

from typing import Any, Final

import pylibsrtp
from pylibsrtp._binding import ffi, lib

from backend.relay.dtls import SrtpKeys

# pylibsrtp works in a buffer of this size, trailer included.
MAX_PACKET_BYTES: Final = 1500
MAX_PLAIN_BYTES: Final = MAX_PACKET_BYTES - 148
REPLAY_WINDOW: Final = 1024
# What a sender may send late or again under its own number, without RTX; a wider window costs 3% of a packet.
REPEAT_WINDOW: Final = 512

_PROFILES: Final = {
    "SRTP_AEAD_AES_256_GCM": pylibsrtp.Policy.SRTP_PROFILE_AEAD_AES_256_GCM,
    "SRTP_AEAD_AES_128_GCM": pylibsrtp.Policy.SRTP_PROFILE_AEAD_AES_128_GCM,
    "SRTP_AES128_CM_SHA1_80": pylibsrtp.Policy.SRTP_PROFILE_AES128_CM_SHA1_80,
}

# For fan-out: C's srtp_protect(handle, pointer, length in and out), 0 when done, and the means to call it.
protect_in_place: Any = lib.srtp_protect
memory: Any = ffi


class SrtpSender:
    """Encrypts what goes to one peer.

    Attributes:
        handle: libsrtp's own session, for `protect_in_place`; valid as long as this object lives.
        tag_bytes: how much longer a protected packet is.
    """

    __slots__ = ("_session", "handle", "tag_bytes")

    def __init__(self, keys: SrtpKeys) -> None:
        self._session = pylibsrtp.Session(
            _policy(keys, keys.sending, pylibsrtp.Policy.SSRC_ANY_OUTBOUND, REPEAT_WINDOW)
        )
        self.handle: Any = self._session._srtp[0]  # noqa: SLF001  # the adapter's purpose
        self.tag_bytes = keys.profile.tag

    def protect(self, packet: bytes) -> bytes | None:
        """The SRTP packet; None where libsrtp will not (too long, too old)."""
        try:
            return bytes(self._session.protect(packet))
        except (pylibsrtp.Error, ValueError):
            return None

    def protect_rtcp(self, packet: bytes) -> bytes | None:
        """The SRTCP packet; None where libsrtp will not."""
        try:
            return bytes(self._session.protect_rtcp(packet))
        except (pylibsrtp.Error, ValueError):
            return None


class SrtpReceiver:
    """Proves and decrypts what comes from one peer."""

    __slots__ = ("_session",)

    def __init__(self, keys: SrtpKeys) -> None:
        self._session = pylibsrtp.Session(
            _policy(keys, keys.receiving, pylibsrtp.Policy.SSRC_ANY_INBOUND, REPLAY_WINDOW)
        )

    def unprotect(self, datagram: bytes) -> bytes | None:
        """The RTP packet; None where it is forged, repeated or broken."""
        try:
            return bytes(self._session.unprotect(datagram))
        except (pylibsrtp.Error, ValueError):
            return None

    def unprotect_rtcp(self, datagram: bytes) -> bytes | None:
        """The RTCP packet; None where it is forged, repeated or broken."""
        try:
            return bytes(self._session.unprotect_rtcp(datagram))
        except (pylibsrtp.Error, ValueError):
            return None


def _policy(keys: SrtpKeys, key: bytes, ssrc_type: int, window: int) -> pylibsrtp.Policy:
    policy = pylibsrtp.Policy(key=key, ssrc_type=ssrc_type, srtp_profile=_PROFILES[keys.profile.name])
    # A packet resent without RTX goes out again under its own number.
    policy.allow_repeat_tx = True
    policy.window_size = window
    return policy
