"""A publisher's simulcast as packets: one film in several layers, with an encoder's parameters alone."""

import functools
import random
from collections.abc import Collection, Mapping
from typing import Final

import av
import numpy as np

from backend.relay.rtcp import SenderReport, build_sender_report
from backend.relay.rtp import MARKER, RtpPacket, build_rtp
from tests.support.rtc_client import H264_TYPE, RTX_TYPE, VIDEO_LINES, RtcClient
from tests.support.rtp_stream import FPS, NTP_EPOCH_S

RID_NUMBER: Final = 4
REPAIRED_NUMBER: Final = 5
SIMULCAST_LINES: Final = (
    "a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid",
    f"a=extmap:{RID_NUMBER} urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
    f"a=extmap:{REPAIRED_NUMBER} urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
    "a=rid:h send",
    "a=rid:m send",
    "a=rid:l send",
    "a=simulcast:send h;m;l",
)
PAYLOAD_BYTES: Final = 1000
# How many packets a picture of each layer has.
PACKETS: Final = {"h": 9, "m": 3, "l": 1}
SIZES: Final = {"h": (720, 1280), "m": (360, 640), "l": (180, 320)}


def layered_offer(client: RtcClient, order: str = "hml") -> str:
    """The client's offer to publish, with the three layers in this order."""
    last = VIDEO_LINES[-1]
    lines = (last, *SIMULCAST_LINES[:-1], f"a=simulcast:send {';'.join(order)}")
    return client.offer("sendonly").replace(last, "\r\n".join(lines))


@functools.cache
def parameters(width: int, height: int) -> bytes:
    """The sequence parameters of a real encoder for pictures of this size."""
    encoder = av.CodecContext.create("libx264", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.options = {"profile": "baseline", "tune": "zerolatency"}
    frame = av.VideoFrame.from_ndarray(np.zeros((height * 3 // 2, width), np.uint8), format="yuv420p")
    stream = b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])
    units = stream.replace(b"\0\0\0\1", b"\0\0\1").split(b"\0\0\1")
    return next(unit for unit in units if unit and unit[0] & 0x1F == 7)


class Layer:
    """The packets of one layer; its numbers and times begin anywhere, as an encoder's do."""

    def __init__(self, rid: str, dice: random.Random) -> None:
        self.rid = rid
        self.ssrc = dice.getrandbits(32)
        self.resend_ssrc = dice.getrandbits(32)
        self.sequence_number = dice.getrandbits(16)
        self.resend_sequence = dice.getrandbits(16)
        self.time = dice.getrandbits(32)
        self.sent: dict[int, RtpPacket] = {}

    def picture(self, number: int, *, is_keyframe: bool) -> list[RtpPacket]:
        """A picture of the film; its payload says the layer and the picture's number."""
        mark = self.rid.encode() + number.to_bytes(4, "big")
        unit = b"\x65" if is_keyframe else b"\x41"
        payloads = [unit + mark + bytes(PAYLOAD_BYTES) for _ in range(PACKETS[self.rid])]
        if is_keyframe:
            payloads.insert(0, parameters(*SIZES[self.rid]))
        packets = [self._packet(payload, payload is payloads[-1]) for payload in payloads]
        self.time = self.time + 90_000 // FPS & 0xFFFFFFFF
        return packets

    def _packet(self, payload: bytes, is_last: bool) -> RtpPacket:  # noqa: FBT001
        packet = RtpPacket(MARKER * is_last, H264_TYPE, self.sequence_number, self.time, self.ssrc, payload)
        self.sent[self.sequence_number] = packet
        self.sequence_number = self.sequence_number + 1 & 0xFFFF
        return packet

    def resend(self, sequence_number: int) -> bytes:
        """A sent packet in the form of RFC 4588, with its repaired RID."""
        packet = self.sent[sequence_number]
        self.resend_sequence = self.resend_sequence + 1 & 0xFFFF
        resent = packet._replace(
            payload_type=RTX_TYPE,
            sequence_number=self.resend_sequence,
            ssrc=self.resend_ssrc,
            payload=sequence_number.to_bytes(2, "big") + packet.payload,
        )
        return with_extension(resent, REPAIRED_NUMBER, self.rid)


class LayeredStream:
    """Three layers of one film.

    Attributes:
        layers: by RID, the best first.
        pictures: how many were made.
    """

    def __init__(self, seed: int, keyframe_every: int = 30) -> None:
        dice = random.Random(seed)
        self.layers = {rid: Layer(rid, dice) for rid in PACKETS}
        self.pictures = 0
        self._keyframe_every = keyframe_every
        self._is_keyframe_due = False
        self._named: set[str] = set()

    def begin_keyframe(self) -> None:
        """Make the next picture a keyframe in all layers."""
        self._is_keyframe_due = True

    def send_picture(
        self, client: RtcClient, rids: str = "hml", *, lose: Collection[tuple[str, int]] = ()
    ) -> None:
        """Send the next picture in these layers; a layer's first packets carry its RID.

        Args:
            client: sends it.
            rids: of the layers.
            lose: RID and place in the picture of packets that are made and not sent.
        """
        is_keyframe = self._is_keyframe_due or self.pictures % self._keyframe_every == 0
        self._is_keyframe_due = False
        for rid, layer in self.layers.items():
            for place, packet in enumerate(layer.picture(self.pictures, is_keyframe=is_keyframe)):
                if rid in rids and (rid, place) not in lose:
                    is_named = rid in self._named and not is_keyframe
                    client.send_raw_rtp(
                        build_rtp(packet) if is_named else with_extension(packet, RID_NUMBER, rid)
                    )
            self._named |= {rid} & set(rids)
        self.pictures += 1

    def reports(self, wall_s: float, ahead_s: Mapping[str, float] | None = None) -> bytes:
        """Sender reports: what each layer sends next belongs together; a clock may be set ahead, by RID."""
        ahead_s = ahead_s or {}
        return b"".join(
            build_sender_report(
                SenderReport(
                    layer.ssrc, int((wall_s + NTP_EPOCH_S + ahead_s.get(rid, 0)) * (1 << 32)), layer.time
                ),
                0, 0, b"test",
            )
            for rid, layer in self.layers.items()
        )  # fmt: skip


def with_extension(packet: RtpPacket, number: int, value: str) -> bytes:
    """A packet as bytes, with one header extension in the one-byte form."""
    body = bytes((number << 4 | len(value) - 1,)) + value.encode()
    body += bytes(-len(body) % 4)
    plain = build_rtp(packet)
    head = bytes((plain[0] | 0x10,)) + plain[1:12]
    return head + b"\xbe\xde" + (len(body) // 4).to_bytes(2, "big") + body + plain[12:]


def marks(packets: list[RtpPacket]) -> list[tuple[str, int]]:
    """What a viewer saw: layer and number of each picture, in order, once a picture."""
    slices = [
        one.payload for one in packets if one.payload_type == H264_TYPE and one.payload[0] in b"\x65\x41"
    ]
    seen = [(chr(payload[1]), int.from_bytes(payload[2:6], "big")) for payload in slices]
    return [one for index, one in enumerate(seen) if index == 0 or seen[index - 1] != one]
