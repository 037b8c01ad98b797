"""Reading an SDP offer: only what the relay needs, every line untrusted (RFC 8866, RFC 8829)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from backend.relay.dtls import DIGESTS, Fingerprint
from backend.relay.simulcast import SimulcastOffer

# What one offer may hold. A browser's with all its formats has 6 KB in 200 lines.
MAX_SDP_BYTES: Final = 64 * 1024
MAX_LINES: Final = 1_000
MAX_LINE: Final = 4_096
MAX_MEDIA: Final = 32
MAX_FINGERPRINTS: Final = 16
MAX_PARAMETERS: Final = 32
MAX_FEEDBACK: Final = 32
ICE_TOKEN: Final = re.compile(r"[A-Za-z0-9+/]{4,256}")
MID: Final = re.compile(r"[!-~]{1,64}")
KINDS: Final = ("audio", "video")
DIRECTIONS: Final = ("sendrecv", "sendonly", "recvonly", "inactive")
SETUPS: Final = ("actpass", "active", "passive")
PROTOCOLS: Final = ("UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", "RTP/SAVPF")


class SdpError(Exception):
    """An offer that cannot be accepted: an HTTP status, a word for programs, a sentence for people."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.error = error
        self.message = message


@dataclass(slots=True)
class Codec:
    """A payload format: name in lower case, `parameters` as in fmtp, `feedback` as in rtcp-fb."""

    payload_type: int
    name: str = ""
    clock_rate: int = 0
    channels: int = 1
    parameters: dict[str, str] = field(default_factory=dict)
    feedback: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Media:
    """One m= section of an offer.

    Attributes:
        feedback: what is offered for all of its formats (RFC 4585 §4.2).
        simulcast: what it says of its layers.
        is_offered: whether it is to be used: it has a port, or shares the bundle's (RFC 8843 §6).
    """

    kind: str
    port: int
    protocol: str
    formats: str
    mid: str = ""
    direction: str = "sendrecv"
    codecs: dict[int, Codec] = field(default_factory=dict)
    feedback: set[str] = field(default_factory=set)
    simulcast: SimulcastOffer = field(default_factory=SimulcastOffer)
    has_rtcp_mux: bool = False
    is_bundle_only: bool = False
    is_offered: bool = True


@dataclass(slots=True)
class Offer:
    """What the relay has to know of a peer: its media and how to prove that it is the one."""

    media: list[Media] = field(default_factory=list)
    ufrag: str = ""
    setup: str = ""
    fingerprints: list[Fingerprint] = field(default_factory=list)
    bundle: tuple[str, ...] = ()
    has_ice_lite: bool = False


def parse_offer(text: str) -> Offer:
    """Read an offer.

    Raises:
        SdpError: it is too long, malformed, or lacks what every WebRTC offer has.
    """
    if len(text) > MAX_SDP_BYTES:
        raise SdpError(
            413, "sdp_too_long", f"Expected an offer of at most {MAX_SDP_BYTES} bytes, got {len(text)}."
        )
    if not text.startswith("v=0"):
        raise malformed("its first line must be v=0")
    # Counted before anything is done: reading is the media loop's time.
    if text.count("\n") > MAX_LINES:
        raise malformed(f"it has more than {MAX_LINES} lines")
    offer = Offer()
    for line in text.split("\n"):
        if len(line) > MAX_LINE:
            raise malformed(f"a line has more than {MAX_LINE} characters")
        kind, separator, value = line.rstrip("\r").partition("=")
        if not separator:
            continue
        if kind == "m":
            offer.media.append(_parse_media(value, len(offer.media)))
        elif kind == "a":
            name, _, rest = value.partition(":")
            _apply(offer, name, rest.strip())
    for media in offer.media:
        media.is_offered = media.port > 0 or (media.is_bundle_only and media.mid in offer.bundle)
    _check(offer)
    return offer


def malformed(what: str) -> SdpError:
    """The problem of an offer that is not SDP."""
    return SdpError(400, "malformed_sdp", f"The offer is not a WebRTC session description: {what}.")


def _parse_media(value: str, index: int) -> Media:
    parts = value.split()
    if index >= MAX_MEDIA or len(parts) < 4 or not parts[1].isdecimal():
        raise malformed(f"m={value[:80]}")
    return Media(parts[0], int(parts[1][:6]), parts[2], " ".join(parts[3:]))


def _apply(offer: Offer, name: str, value: str) -> None:
    """Take in an attribute; those of one media section may stand for all, for all are bundled."""
    if name == "ice-ufrag":
        offer.ufrag = offer.ufrag or value
    elif name == "setup":
        offer.setup = offer.setup or value
    elif name == "fingerprint":
        _add_fingerprint(offer, value)
    elif name == "group" and value.startswith("BUNDLE"):
        offer.bundle = tuple(value.split()[1:])
    elif name == "ice-lite":
        offer.has_ice_lite = True
    elif offer.media:
        _apply_to_media(offer.media[-1], name, value)


def _add_fingerprint(offer: Offer, value: str) -> None:
    algorithm, _, digest = value.partition(" ")
    fingerprint = Fingerprint(algorithm.lower(), digest.strip())
    if fingerprint in offer.fingerprints:
        return
    if len(offer.fingerprints) >= MAX_FINGERPRINTS:
        raise malformed(f"it has more than {MAX_FINGERPRINTS} different fingerprints")
    offer.fingerprints.append(fingerprint)


def _apply_to_media(media: Media, name: str, value: str) -> None:
    if name in DIRECTIONS:
        media.direction = name
    elif name == "mid":
        media.mid = value
    elif name == "rtcp-mux":
        media.has_rtcp_mux = True
    elif name == "bundle-only":
        media.is_bundle_only = True
    elif name in ("rtpmap", "fmtp", "rtcp-fb"):
        _apply_to_codecs(media, name, value)
    else:
        media.simulcast.apply(name, value)


def _apply_to_codecs(media: Media, name: str, value: str) -> None:
    format_, _, rest = value.partition(" ")
    if format_ == "*" and name == "rtcp-fb":
        _add_feedback(media.feedback, rest)
        return
    if not format_.isdecimal() or len(format_) > 3 or int(format_) > 127:
        return
    codec = media.codecs.setdefault(int(format_), Codec(int(format_)))
    if name == "rtpmap":
        parts = rest.split("/")
        codec.name = parts[0].lower()
        codec.clock_rate = _number(parts, 1, 0)
        codec.channels = _number(parts, 2, 1)
    elif name == "fmtp":
        if rest.count(";") + len(codec.parameters) > MAX_PARAMETERS:
            raise malformed(f"a format has more than {MAX_PARAMETERS} parameters")
        codec.parameters.update(_parameters(rest))
    else:
        _add_feedback(codec.feedback, rest)


def _add_feedback(known: set[str], told: str) -> None:
    known.add(told)
    if len(known) > MAX_FEEDBACK:
        raise malformed(f"a format has more than {MAX_FEEDBACK} kinds of feedback")


def _number(parts: list[str], index: int, default: int) -> int:
    return int(parts[index][:9]) if index < len(parts) and parts[index][:9].isdecimal() else default


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split(";"):
        name, _, value = part.strip().partition("=")
        if name:
            yield name.lower(), value


def _check(offer: Offer) -> None:
    if not any(media.kind in KINDS for media in offer.media):
        raise malformed("it has neither audio nor video")
    if not ICE_TOKEN.fullmatch(offer.ufrag):
        raise malformed("a=ice-ufrag is missing")
    if offer.setup not in SETUPS:
        raise malformed("a=setup is missing")
    if not any(fingerprint.algorithm in DIGESTS for fingerprint in offer.fingerprints):
        raise malformed("a=fingerprint is missing, or none is sha-256, sha-384 or sha-512")
    if offer.has_ice_lite:
        raise SdpError(
            400, "ice_lite", "Two ICE-lite agents cannot connect: the relay is one, so offer full ICE."
        )
    for media in offer.media:
        if media.mid and not MID.fullmatch(media.mid):
            raise malformed("a=mid has other than printable characters")
    _check_transport(offer, [media for media in offer.media if media.kind in KINDS and media.is_offered])


def _check_transport(offer: Offer, offered: Sequence[Media]) -> None:
    for media in offered:
        if media.protocol not in PROTOCOLS:
            raise malformed(f"expected m={media.kind} over UDP/TLS/RTP/SAVPF, got {media.protocol[:40]}")
    mids = {media.mid for media in offered}
    if len(offered) > 1 and not mids <= set(offer.bundle):
        raise SdpError(
            400, "bundle_required", "Audio and video must share one transport: offer a=group:BUNDLE."
        )
    # Said of the transport once: a bundle-only section does not repeat it (RFC 8843 §7.1.3).
    if offered and not any(media.has_rtcp_mux for media in offered):
        raise SdpError(400, "rtcp_mux_required", "RTP and RTCP must share one port: offer a=rtcp-mux.")
