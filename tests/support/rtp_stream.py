"""RTP packets as an encoder at 30 fps would send them, without an encoder: the relay never looks inside."""

import random
from typing import Final

from backend.relay.rtcp import SenderReport, build_sender_report
from backend.relay.rtp import MARKER, RtpPacket, sequence_delta
from tests.support.rtc_client import H264_TYPE, OPUS_TYPE, RTX_TYPE, RtcClient

FPS: Final = 30
AUDIO_RATE: Final = 50
# 9 packets: 30 frames a second of them are about 2.6 Mbit/s with their headers.
FRAME_BYTES: Final = 10_400
PAYLOAD_BYTES: Final = 1190
AUDIO_BYTES: Final = 240
NTP_EPOCH_S: Final = 2_208_988_800


class FakeStream:
    """The packets of one publisher; a new one has other SSRCs, numbers and times, as a new encoder."""

    def __init__(self, seed: int, frame_bytes: int = FRAME_BYTES) -> None:
        dice = random.Random(seed)
        self.video_ssrc = dice.getrandbits(32)
        self.audio_ssrc = dice.getrandbits(32)
        self.resend_ssrc = dice.getrandbits(32)
        self.video_sequence = dice.getrandbits(16)
        self.audio_sequence = dice.getrandbits(16)
        self.resend_sequence = dice.getrandbits(16)
        self.video_time = dice.getrandbits(32)
        self.audio_time = dice.getrandbits(32)
        self.frames = 0
        self.sent: dict[int, RtpPacket] = {}
        self._payload = bytes(dice.randrange(1, 255) for _ in range(frame_bytes))

    def frame(self) -> list[RtpPacket]:
        """The next picture: fragments of equal size (FU-A, RFC 6184 §5.8), the last shorter, marked."""
        parts = [self._payload[at : at + PAYLOAD_BYTES] for at in range(0, len(self._payload), PAYLOAD_BYTES)]
        packets = []
        for index, part in enumerate(parts):
            is_last = index == len(parts) - 1
            flags = (0x80 if index == 0 else 0) | (0x40 if is_last else 0)
            payload = bytes((0x7C, flags | 5)) + part
            packets.append(
                RtpPacket(
                    MARKER * is_last,
                    H264_TYPE,
                    self.video_sequence,
                    self.video_time,
                    self.video_ssrc,
                    payload,
                )
            )
            self.video_sequence = self.video_sequence + 1 & 0xFFFF
        self.video_time = self.video_time + 90_000 // FPS & 0xFFFFFFFF
        self.frames += 1
        self.sent.update({packet.sequence_number: packet for packet in packets})
        return packets

    def sound(self) -> RtpPacket:
        """The next 20 ms of sound."""
        payload = self._payload[:AUDIO_BYTES]
        packet = RtpPacket(0, OPUS_TYPE, self.audio_sequence, self.audio_time, self.audio_ssrc, payload)
        self.audio_sequence = self.audio_sequence + 1 & 0xFFFF
        self.audio_time = self.audio_time + 48_000 // AUDIO_RATE & 0xFFFFFFFF
        return packet

    def resend(self, sequence_number: int) -> RtpPacket | None:
        """A sent video packet in the form of RFC 4588."""
        packet = self.sent.get(sequence_number)
        if packet is None:
            return None
        self.resend_sequence = self.resend_sequence + 1 & 0xFFFF
        return packet._replace(
            payload_type=RTX_TYPE,
            sequence_number=self.resend_sequence,
            ssrc=self.resend_ssrc,
            payload=sequence_number.to_bytes(2, "big") + packet.payload,
        )

    def reports(self, wall_s: float) -> bytes:
        """Sender reports: sound and picture of this very moment belong together."""
        ntp = int((wall_s + NTP_EPOCH_S) * (1 << 32))
        pairs = ((self.video_ssrc, self.video_time), (self.audio_ssrc, self.audio_time))
        return b"".join(
            build_sender_report(SenderReport(ssrc, ntp, time), 0, 0, b"test") for ssrc, time in pairs
        )


def send_frame(client: RtcClient, stream: FakeStream) -> list[RtpPacket]:
    """Send the next picture and the sound that goes with it; the video packets."""
    packets = stream.frame()
    for packet in packets:
        client.send_rtp(packet)
    # 50 packets of sound to 30 pictures.
    for _ in range(sequence_delta(stream.frames * 5 // 3 & 0xFFFF, (stream.frames - 1) * 5 // 3 & 0xFFFF)):
        client.send_rtp(stream.sound())
    return packets
