"""Which of the offered formats the relay takes, and the SDP answer that says so (RFC 9725 §4.2, RFC 8829)."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from backend.relay.dtls import DtlsRole, Fingerprint
from backend.relay.messages import PeerRole
from backend.relay.sdp import KINDS, Codec, Media, Offer, SdpError
from backend.relay.simulcast import REPAIRED_RID_URI, RID_URI

VIDEO_FEEDBACK: Final = ("nack", "nack pli", "ccm fir", "goog-remb")
CNAME: Final = "livestall"
FORMAT_NAME: Final = re.compile(r"[a-z0-9.-]{1,20}")
# Baseline first: what every phone decodes, and what our own encoder makes.
PROFILE_PREFERENCE: Final = ("42e0", "4200", "4d00", "6400")


@dataclass(frozen=True, slots=True)
class Format:
    """What a track goes by with one peer: payload types; `resend_type` is 0 without RTX (RFC 4588).

    Attributes:
        layers: the RIDs of a publisher's simulcast; empty for one stream.
        rid_extensions: numbers of the header extensions that carry the RID of media and of what is resent.
        resend_ssrcs: SSRCs of resend streams and of what they repair, as far as they are told.
    """

    payload_type: int
    resend_type: int
    layers: tuple[str, ...] = ()
    rid_extensions: tuple[int, int] = (0, 0)
    resend_ssrcs: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """One section of the offer and what was taken of it; None: nothing. `layers` are a publisher's RIDs."""

    media: Media
    codec: Codec | None
    resend: Codec | None
    layers: tuple[str, ...] = ()

    def format(self) -> Format | None:
        """The payload types, or None where nothing was taken."""
        if self.codec is None:
            return None
        resend_type = self.resend.payload_type if self.resend else 0
        if not self.layers:
            return Format(self.codec.payload_type, resend_type)
        told = self.media.simulcast
        numbers = told.extensions[RID_URI], told.extensions.get(REPAIRED_RID_URI, 0)
        return Format(self.codec.payload_type, resend_type, self.layers, numbers, told.resend_ssrcs)


@dataclass(frozen=True, slots=True)
class Local:
    """Our side of the transport: `candidates` are (address, port) pairs, the best first."""

    ufrag: str
    password: str
    fingerprint: Fingerprint
    candidates: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Stream:
    """The SSRCs under which a subscriber gets a track."""

    ssrc: int
    resend_ssrc: int


def dtls_role(offer: Offer) -> DtlsRole:
    """Our part: the server wherever the offer allows it, for the server's order of SRTP profiles counts."""
    return DtlsRole.CLIENT if offer.setup == "passive" else DtlsRole.SERVER


def choose(offer: Offer, role: PeerRole) -> list[Choice]:
    """Take the first usable audio and the first usable video section.

    Raises:
        SdpError: nothing can be used, or not all that a publisher would send; the message says what could be.
    """
    taken: set[str] = set()
    choices: list[Choice] = []
    for media in offer.media:
        codec = None if media.kind in taken else _select(media, role)
        if codec is None:
            choices.append(Choice(media, None, None))
            continue
        taken.add(media.kind)
        is_simulcast = role is PeerRole.PUBLISHER and media.kind == "video"
        layers = media.simulcast.layers(codec.payload_type) if is_simulcast else ()
        choices.append(Choice(media, codec, _resend_of(media, codec), layers))
    if not taken:
        _refuse(offer, role)
    if role is PeerRole.PUBLISHER:
        _check_whole(offer, taken)
    return choices


def _check_whole(offer: Offer, taken: set[str]) -> None:
    """Refuse half of what a publisher would send: every viewer would miss the other half, and nobody know."""
    for media in offer.media:
        if media.kind in taken or media.kind not in KINDS:
            continue
        if media.is_offered and _goes(media, PeerRole.PUBLISHER):
            raise SdpError(415, f"no_common_{media.kind}_codec", _why_not(media))


def _why_not(media: Media) -> str:
    # The names come from outside: only what names of formats are made of is repeated.
    told = sorted({codec.name for codec in media.codecs.values() if FORMAT_NAME.fullmatch(codec.name)})
    offered = ", ".join(told[:8]) or "no format at all"
    if media.kind == "audio":
        return f"The relay forwards sound as Opus; the offer has {offered}. Choose Opus in your encoder."
    if "h264" in told and media.mid:
        return "The relay forwards H.264 with packetization-mode=1; the offer has another mode alone."
    return (
        "The relay forwards pictures as H.264 (packetization-mode=1), which every viewer can play; the offer "
        f"has {offered}. Choose H.264 in your encoder."
    )


def _select(media: Media, role: PeerRole) -> Codec | None:
    if media.kind not in KINDS or not media.is_offered or not media.mid or not _goes(media, role):
        return None
    if media.kind == "audio":
        return next((codec for codec in media.codecs.values() if codec.name == "opus"), None)
    usable = [codec for codec in media.codecs.values() if codec.name == "h264" and _mode(codec) == "1"]
    return min(usable, key=_preference, default=None)


def _mode(codec: Codec) -> str:
    return codec.parameters.get("packetization-mode", "0")


def _preference(codec: Codec) -> int:
    profile = codec.parameters.get("profile-level-id", "420010").lower()[:4]
    return PROFILE_PREFERENCE.index(profile) if profile in PROFILE_PREFERENCE else len(PROFILE_PREFERENCE)


def _goes(media: Media, role: PeerRole) -> bool:
    wanted = "sendonly" if role is PeerRole.PUBLISHER else "recvonly"
    return media.direction in (wanted, "sendrecv")


def _resend_of(media: Media, codec: Codec) -> Codec | None:
    payload_type = str(codec.payload_type)
    return next(
        (
            one
            for one in media.codecs.values()
            if one.name == "rtx" and one.parameters.get("apt") == payload_type
        ),
        None,
    )


def _refuse(offer: Offer, role: PeerRole) -> None:
    if not any(_goes(media, role) for media in offer.media if media.kind in KINDS):
        wanted = "sendonly" if role is PeerRole.PUBLISHER else "recvonly"
        raise SdpError(400, "wrong_direction", f"Expected media offered as {wanted} or sendrecv.")
    raise SdpError(
        415,
        "no_common_codec",
        "The relay forwards H.264 (packetization-mode=1) and Opus as they are; the offer has neither.",
    )


def write_answer(
    offer: Offer, choices: Sequence[Choice], local: Local, streams: Mapping[str, Stream] | None
) -> str:
    """The SDP answer.

    Args:
        offer: what is answered.
        choices: from `choose`.
        local: our side of the transport.
        streams: by kind, what a subscriber gets; None for a publisher.
    """
    mids = " ".join(choice.media.mid for choice in choices if choice.codec)
    lines = [
        "v=0",
        f"o=- {secrets.randbits(62)} 1 IN IP4 0.0.0.0",
        "s=-",
        "t=0 0",
        "a=ice-lite",
        f"a=group:BUNDLE {mids}",
        "a=msid-semantic: WMS *",
    ]
    transport = _transport_lines(offer, local)
    for choice in choices:
        stream = streams.get(choice.media.kind) if streams is not None else None
        lines += _rejected(choice.media) if choice.codec is None else _accepted(choice, stream, transport)
    return "\r\n".join(lines) + "\r\n"


def _transport_lines(offer: Offer, local: Local) -> list[str]:
    lines = [
        f"a=ice-ufrag:{local.ufrag}",
        f"a=ice-pwd:{local.password}",
        f"a=fingerprint:{local.fingerprint.algorithm} {local.fingerprint.value}",
        f"a=setup:{'active' if dtls_role(offer) is DtlsRole.CLIENT else 'passive'}",
    ]
    for index, (address, port) in enumerate(local.candidates):
        # RFC 8445 §5.1.2.1: host candidates, type preference 126, the first address the best.
        priority = (126 << 24) + ((65535 - index) << 8) + 255
        lines.append(f"a=candidate:{index + 1} 1 udp {priority} {address} {port} typ host")
    return [*lines, "a=end-of-candidates"]


def _rejected(media: Media) -> list[str]:
    lines = [f"m={media.kind} 0 {media.protocol} {media.formats}", "c=IN IP4 0.0.0.0", "a=inactive"]
    return [*lines, f"a=mid:{media.mid}"] if media.mid else lines


def _accepted(choice: Choice, stream: Stream | None, transport: Sequence[str]) -> list[str]:
    codec, resend, media = choice.codec, choice.resend, choice.media
    if codec is None:
        return _rejected(media)
    formats = f"{codec.payload_type} {resend.payload_type}" if resend else str(codec.payload_type)
    lines = [
        f"m={media.kind} 9 {media.protocol} {formats}",
        "c=IN IP4 0.0.0.0",
        "a=rtcp:9 IN IP4 0.0.0.0",
        "a=rtcp-mux",
        f"a=mid:{media.mid}",
        "a=recvonly" if stream is None else "a=sendonly",
        *transport,
        *_codec_lines(media, codec, resend),
        *media.simulcast.answer_lines(choice.layers),
    ]
    return lines if stream is None else lines + _stream_lines(media.kind, stream, resend)


def _codec_lines(media: Media, codec: Codec, resend: Codec | None) -> list[str]:
    parameters = dict(codec.parameters)
    name = "H264/90000"
    if media.kind == "audio":
        name = "opus/48000/2"
        # RFC 7587 §7.1: we want both channels, and what we send has both.
        parameters.update({"stereo": "1", "sprop-stereo": "1"})
    lines = [f"a=rtpmap:{codec.payload_type} {name}"]
    if parameters:
        written = ";".join(f"{key}={value}" if value else key for key, value in parameters.items())
        lines.append(f"a=fmtp:{codec.payload_type} {written}")
    if media.kind == "video":
        offered = codec.feedback | media.feedback
        lines += [f"a=rtcp-fb:{codec.payload_type} {one}" for one in VIDEO_FEEDBACK if one in offered]
    if resend is not None:
        lines.append(f"a=rtpmap:{resend.payload_type} rtx/90000")
        lines.append(f"a=fmtp:{resend.payload_type} apt={codec.payload_type}")
    return lines


def _stream_lines(kind: str, stream: Stream, resend: Codec | None) -> list[str]:
    # Chromium takes the first `a=ssrc` for the media stream: the stream for resending must come after it.
    lines = [f"a=msid:{CNAME} {kind}", f"a=ssrc:{stream.ssrc} cname:{CNAME}"]
    if resend is not None:
        lines.append(f"a=ssrc:{stream.resend_ssrc} cname:{CNAME}")
        lines.append(f"a=ssrc-group:FID {stream.ssrc} {stream.resend_ssrc}")
    return lines
