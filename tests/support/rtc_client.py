"""A WebRTC peer without codecs: full ICE towards an ICE-lite relay, DTLS, SRTP both ways, packets as bytes.

Tests look at every packet; load generators count them. It watches by default, and publishes what it is
given.
"""

import asyncio
import contextlib
import random
import secrets
import socket
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from backend.relay.dtls import DtlsIdentity, DtlsRole, DtlsSession, DtlsState, Fingerprint
from backend.relay.libsrtp import SrtpReceiver, SrtpSender
from backend.relay.rtcp import ReportBlock, build_nack, build_picture_loss, build_receiver_report
from backend.relay.rtp import RtpPacket, build_rtp, is_rtcp, parse_rtp, sequence_delta
from backend.relay.stun import (
    ATTRIBUTE,
    BINDING_SUCCESS,
    COOKIE,
    HEADER,
    USE_CANDIDATE,
    USERNAME,
    build_binding_success,
    parse_binding_request,
    sign,
)

H264_TYPE: Final = 108
RTX_TYPE: Final = 109
OPUS_TYPE: Final = 111
OUR_SSRC: Final = 7
VIDEO_LINES: Final = (
    f"m=video 9 UDP/TLS/RTP/SAVPF {H264_TYPE} {RTX_TYPE}",
    f"a=rtpmap:{H264_TYPE} H264/90000",
    f"a=fmtp:{H264_TYPE} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
    f"a=rtcp-fb:{H264_TYPE} nack",
    f"a=rtcp-fb:{H264_TYPE} nack pli",
    f"a=rtcp-fb:{H264_TYPE} ccm fir",
    f"a=rtcp-fb:{H264_TYPE} goog-remb",
    f"a=rtpmap:{RTX_TYPE} rtx/90000",
    f"a=fmtp:{RTX_TYPE} apt={H264_TYPE}",
)
AUDIO_LINES: Final = (f"m=audio 9 UDP/TLS/RTP/SAVPF {OPUS_TYPE}", f"a=rtpmap:{OPUS_TYPE} opus/48000/2")


@dataclass(slots=True)
class Counted:
    """What came of one SSRC."""

    packets: int = 0
    lost: int = 0
    duplicates: int = 0
    highest: int = -1


@dataclass(slots=True)
class Remote:
    """The relay, as its answer describes it."""

    address: tuple[str, int]
    ufrag: str
    password: bytes
    fingerprint: Fingerprint
    ssrcs: dict[str, list[int]] = field(default_factory=dict)


def read_answer(sdp: str) -> Remote:
    """The remote side of an SDP answer; SSRCs by kind, that of RTX behind the media's own."""
    fields: dict[str, str] = {}
    ssrcs: dict[str, list[int]] = {}
    kind = ""
    for line in sdp.splitlines():
        if line.startswith("m="):
            kind = line[2:].split()[0]
        elif line.startswith("a=ssrc-group:FID "):
            ssrcs[kind] = [int(number) for number in line.split()[1:]]
        elif line.startswith("a=ssrc:"):
            number = int(line[7:].split()[0])
            if number not in ssrcs.setdefault(kind, []):
                ssrcs[kind].append(number)
        elif line.startswith("a="):
            name, _, value = line[2:].partition(":")
            fields.setdefault(name, value)
    parts = fields["candidate"].split()
    algorithm, digest = fields["fingerprint"].split()
    return Remote(
        address=(parts[4], int(parts[5])),
        ufrag=fields["ice-ufrag"],
        password=fields["ice-pwd"].encode(),
        fingerprint=Fingerprint(algorithm, digest),
        ssrcs=ssrcs,
    )


class RtcClient:
    """One peer; `async with` closes it.

    Args:
        identity: its certificate; many clients may share one.
        host: the local address.
        verify: how many media packets are decrypted; the rest is only counted.
        on_packet: called with each decrypted media packet.
    """

    def __init__(
        self,
        identity: DtlsIdentity,
        host: str = "127.0.0.1",
        verify: int = 1 << 62,
        on_packet: Callable[[RtpPacket], None] | None = None,
    ) -> None:
        self.identity = identity
        self.counted: dict[int, Counted] = {}
        self.rtcp: list[bytes] = []
        self.answers = 0
        self.packets = 0
        self.octets = 0
        self.forged = 0
        self.verified = 0
        self.is_closed = asyncio.Event()
        self.has_media = asyncio.Event()
        self.remote: Remote | None = None
        self.location = ""
        self._host = host
        self._verify = verify
        self._on_packet = on_packet
        self._ufrag = secrets.token_hex(4)
        self._password = secrets.token_hex(12)
        self._is_bound = asyncio.Event()
        self._is_open = asyncio.Event()
        self._dtls: DtlsSession | None = None
        self._sender: SrtpSender | None = None
        self._receiver: SrtpReceiver | None = None
        self._loop = asyncio.get_running_loop()
        self.socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.settimeout(0)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.bind((host, 0))
        self._loop.add_reader(self.socket, self._on_readable)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Say goodbye (DTLS) and close the socket."""
        if self.socket.fileno() < 0:
            return
        if self._dtls is not None:
            self._transmit(self._dtls.close())
        self.vanish()

    def vanish(self) -> None:
        """Close the socket without a word."""
        if self.socket.fileno() >= 0:
            self._loop.remove_reader(self.socket)
            self.socket.close()

    # --- Offer and answer ---

    def offer(
        self, direction: str = "recvonly", setup: str = "actpass", ssrcs: tuple[int, int] | None = None
    ) -> str:
        """An SDP offer of H.264 with RTX, and Opus; `ssrcs` of video and audio if they are to be told."""
        sections = []
        for mid, lines in enumerate((VIDEO_LINES, AUDIO_LINES)):
            told = [f"a=ssrc:{ssrcs[mid]} cname:test"] if ssrcs is not None else []
            sections.append((str(mid), lines[0], [*lines[1:], *told]))
        return self._describe(sections, direction, setup)

    def answer(self, offer: str) -> str:
        """An SDP answer that takes all formats of an offer, as a DTLS client."""
        sections: list[tuple[str, str, list[str]]] = []
        for line in offer.splitlines():
            if line.startswith("m="):
                sections.append(("", line, []))
            elif line.startswith("a=mid:"):
                sections[-1] = (line[6:], *sections[-1][1:])
            elif line.startswith(("a=rtpmap:", "a=fmtp:", "a=rtcp-fb:")) and "transport-cc" not in line:
                sections[-1][2].append(line)
        return self._describe(sections, "recvonly", "active")

    def _describe(
        self, sections: Sequence[tuple[str, str, Sequence[str]]], direction: str, setup: str
    ) -> str:
        transport = [
            "c=IN IP4 0.0.0.0",
            "a=rtcp-mux",
            f"a=ice-ufrag:{self._ufrag}",
            f"a=ice-pwd:{self._password}",
            f"a=fingerprint:{self.identity.fingerprint.algorithm} {self.identity.fingerprint.value}",
            f"a=setup:{setup}",
            f"a={direction}",
        ]
        mids = " ".join(mid for mid, _, _ in sections)
        origin = f"o=- {random.getrandbits(40)} 1 IN IP4 0.0.0.0"
        lines = ["v=0", origin, "s=-", "t=0 0", f"a=group:BUNDLE {mids}"]
        for mid, head, codecs in sections:
            lines += [head, *transport, f"a=mid:{mid}", *codecs]
        return "\r\n".join(lines) + "\r\n"

    async def connect(self, answer: str, timeout_s: float = 20.0) -> None:
        """ICE and DTLS with the one who answered.

        Raises:
            TimeoutError: it does not work out.
        """
        self.remote = remote = read_answer(answer)
        async with asyncio.timeout(timeout_s):
            while not self._is_bound.is_set():
                self.check()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._is_bound.wait(), 0.2)
            role = DtlsRole.SERVER if "a=setup:active" in answer else DtlsRole.CLIENT
            self._dtls = DtlsSession(self.identity, role, [remote.fingerprint])
            self._transmit(self._dtls.start())
            while not self._is_open.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._is_open.wait(), 0.3)
                self._transmit(self._dtls.on_timer())

    def check(self, *, is_nominating: bool = True) -> None:
        """Send a connectivity check; it keeps consent, and nominates this path unless told not to."""
        remote = self._told_remote()
        name = f"{remote.ufrag}:{self._ufrag}".encode()
        body = ATTRIBUTE.pack(USERNAME, len(name)) + name + bytes(-len(name) & 3)
        body += struct.pack("!HHI", 0x0024, 4, 1845501695) + struct.pack("!HHQ", 0x802A, 8, 1)
        body += ATTRIBUTE.pack(USE_CANDIDATE, 0) if is_nominating else b""
        message = HEADER.pack(0x0001, len(body), COOKIE, secrets.token_bytes(12)) + body
        self.send_raw(sign(message, remote.password))

    def _told_remote(self) -> Remote:
        assert self.remote is not None, "connect() comes first"
        return self.remote

    # --- Sending ---

    def send_raw(self, datagram: bytes) -> None:
        """A datagram as it is; what does not fit the socket's buffer is lost."""
        with contextlib.suppress(BlockingIOError, ConnectionError):
            self.socket.sendto(datagram, self._told_remote().address)

    def send_rtp(self, packet: RtpPacket) -> None:
        """Media."""
        self.send_raw_rtp(build_rtp(packet))

    def send_raw_rtp(self, data: bytes) -> None:
        """Bytes encrypted as media."""
        assert self._sender is not None
        protected = self._sender.protect(data)
        assert protected is not None
        self.send_raw(protected)

    def send_rtcp(self, data: bytes) -> None:
        """Bytes encrypted as RTCP."""
        assert self._sender is not None
        protected = self._sender.protect_rtcp(data)
        assert protected is not None
        self.send_raw(protected)

    def report(self) -> None:
        """A receiver report on everything that comes."""
        blocks = [ReportBlock(ssrc, 0, 0, max(one.highest, 0), 0, 0, 0) for ssrc, one in self.counted.items()]
        self.send_rtcp(build_receiver_report(OUR_SSRC, blocks[:31]))

    def ask_for_keyframe(self) -> None:
        """A PLI for the video."""
        self.send_rtcp(build_picture_loss(OUR_SSRC, self._told_remote().ssrcs["video"][0]))

    def ask_again(self, ssrc: int, *sequence_numbers: int) -> None:
        """A NACK."""
        self.send_rtcp(build_nack(OUR_SSRC, ssrc, sequence_numbers))

    # --- Receiving ---

    @property
    def profile(self) -> str:
        """The negotiated SRTP profile; empty before the handshake's end."""
        return self._dtls.keys.profile.name if self._dtls is not None and self._dtls.keys is not None else ""

    @property
    def lost(self) -> int:
        """Packets that never came, over all SSRCs."""
        return sum(one.lost for one in self.counted.values())

    def _on_readable(self) -> None:
        receive = self.socket.recv
        for _ in range(256):
            try:
                datagram = receive(2048)
            except OSError:
                return
            first = datagram[0]
            if first >= 128:
                self._on_media(datagram)
            elif first >= 20:
                self._on_dtls(datagram)
            else:
                self._on_stun(datagram)

    def _on_stun(self, datagram: bytes) -> None:
        if int.from_bytes(datagram[:2], "big") == BINDING_SUCCESS:
            self.answers += 1
            self._is_bound.set()
            return
        request = parse_binding_request(datagram)
        if request is not None and request.is_proved_by(self._password.encode()):
            self.send_raw(
                build_binding_success(request, self._told_remote().address, self._password.encode())
            )

    def _on_dtls(self, datagram: bytes) -> None:
        if self._dtls is None:
            return
        self._transmit(self._dtls.receive(datagram))
        if self._dtls.state is DtlsState.CLOSED:
            self.is_closed.set()
        keys = self._dtls.keys
        if keys is not None and self._sender is None:
            self._sender, self._receiver = SrtpSender(keys), SrtpReceiver(keys)
            self._is_open.set()

    def _transmit(self, datagrams: list[bytes]) -> None:
        for datagram in datagrams:
            self.send_raw(datagram)

    def _on_media(self, datagram: bytes) -> None:
        if self._receiver is None:
            return
        if is_rtcp(datagram):
            plain = self._receiver.unprotect_rtcp(datagram)
            if plain is not None:
                self.rtcp = [*self.rtcp[-99:], plain]
            return
        if self._verify > 0:
            self._verify -= 1
            self._verify_one(datagram)
        self.packets += 1
        self.octets += len(datagram)
        self._count(int.from_bytes(datagram[8:12], "big"), datagram[2] << 8 | datagram[3])
        if self.packets == 1:
            self.has_media.set()

    def _verify_one(self, datagram: bytes) -> None:
        plain = self._receiver.unprotect(datagram) if self._receiver is not None else None
        packet = parse_rtp(plain) if plain is not None else None
        if packet is None:
            self.forged += 1
            return
        self.verified += 1
        if self._on_packet is not None:
            self._on_packet(packet)

    def _count(self, ssrc: int, sequence_number: int) -> None:
        counted = self.counted.get(ssrc)
        if counted is None:
            counted = self.counted[ssrc] = Counted(highest=sequence_number - 1 & 0xFFFF)
        counted.packets += 1
        ahead = sequence_delta(sequence_number, counted.highest)
        if ahead > 0:
            counted.lost += ahead - 1
            counted.highest = sequence_number
        elif counted.lost:
            counted.lost -= 1
        else:
            counted.duplicates += 1
