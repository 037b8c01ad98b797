import secrets

import pylibsrtp
import pytest
from pylibsrtp import _binding

from backend.relay.dtls import SRTP_PROFILES, SrtpKeys, SrtpProfile
from backend.relay.libsrtp import MAX_PLAIN_BYTES, SrtpReceiver, SrtpSender, memory, protect_in_place
from backend.relay.rtcp import build_picture_loss
from backend.relay.rtp import RtpPacket, build_rtp

PACKET = build_rtp(RtpPacket(0, 96, 1, 2, 3, b"picture" * 20))


def pair(profile: SrtpProfile) -> tuple[SrtpSender, SrtpReceiver]:
    key = secrets.token_bytes(profile.key + profile.salt)
    return SrtpSender(SrtpKeys(profile, key, key)), SrtpReceiver(SrtpKeys(profile, key, key))


def test_pylibsrtp_still_has_the_private_names_we_use() -> None:
    session = pylibsrtp.Session(pylibsrtp.Policy(key=bytes(30), ssrc_type=pylibsrtp.Policy.SSRC_ANY_OUTBOUND))
    assert _binding.ffi.typeof(session._srtp).cname == "struct srtp_ctx_t_ * *"
    assert _binding.ffi.typeof(_binding.lib.srtp_protect).kind == "function"
    assert _binding.ffi.typeof(_binding.lib.srtp_protect).args[2].cname == "int *"
    assert _binding.lib.srtp_err_status_ok == 0


@pytest.mark.parametrize("profile", SRTP_PROFILES, ids=lambda profile: profile.name)
def test_every_profile_protects_and_proves(profile: SrtpProfile) -> None:
    sender, receiver = pair(profile)
    protected = sender.protect(PACKET)
    assert protected is not None
    assert len(protected) == len(PACKET) + sender.tag_bytes
    assert receiver.unprotect(protected) == PACKET
    rtcp = build_picture_loss(1, 2)
    told = sender.protect_rtcp(rtcp)
    assert told is not None
    assert receiver.unprotect_rtcp(told) == rtcp


@pytest.mark.parametrize("profile", SRTP_PROFILES, ids=lambda profile: profile.name)
def test_protecting_in_place_gives_the_same_bytes(profile: SrtpProfile) -> None:
    key = secrets.token_bytes(profile.key + profile.salt)
    slow, fast = (SrtpSender(SrtpKeys(profile, key, key)) for _ in range(2))
    buffer, length = memory.new("char[]", 2048), memory.new("int *", len(PACKET))
    memory.memmove(buffer, PACKET, len(PACKET))
    assert protect_in_place(fast.handle, buffer, length) == 0
    assert memory.buffer(buffer, length[0])[:] == slow.protect(PACKET)


def test_forged_repeated_and_broken_packets_are_nothing() -> None:
    sender, receiver = pair(SRTP_PROFILES[0])
    protected = sender.protect(PACKET)
    assert protected is not None
    forged = bytearray(protected)
    forged[-1] ^= 1
    assert receiver.unprotect(bytes(forged)) is None
    assert receiver.unprotect(protected) == PACKET
    assert receiver.unprotect(protected) is None, "a second time"
    assert receiver.unprotect(b"\x80\x60") is None
    assert receiver.unprotect_rtcp(b"\x80\xc8") is None
    assert receiver.unprotect(bytes(5000)) is None


def test_what_does_not_fit_is_not_sent() -> None:
    sender, _ = pair(SRTP_PROFILES[0])
    assert sender.protect(PACKET[:12] + bytes(MAX_PLAIN_BYTES)) is None
    assert sender.protect_rtcp(bytes(5000)) is None


def test_a_packet_may_go_out_twice_for_viewers_without_rtx() -> None:
    sender, _ = pair(SRTP_PROFILES[0])
    assert sender.protect(PACKET) == sender.protect(PACKET)
