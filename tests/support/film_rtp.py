"""The film and the tone as RTP packets, as a publisher at 30 fps sends them."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import av
import numpy as np
from aiortc.codecs.h264 import H264Encoder

from backend.relay.rtcp import SenderReport
from backend.relay.rtp import MARKER, RtpPacket
from tests.support.clip import FPS, SAMPLE_RATE, SAMPLES_A_PACKET, TONE_HZ, encoded_film

NTP_EPOCH_S = 2_208_988_800
VIDEO_SSRC, AUDIO_SSRC = 11, 22
# Near the wraps of 16 and 32 bits.
FIRST_NUMBER, FIRST_TIME = 65_500, (1 << 32) - 45_000
BEGAN_S = 1_800_000_000.0


class Sent(NamedTuple):
    """A packet and when it leaves, in seconds since 1970."""

    kind: str
    packet: RtpPacket
    at_s: float


@cache
def tone_packets() -> tuple[bytes, ...]:
    """One second of the tone as Opus packets of 20 ms."""
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = SAMPLE_RATE, "stereo", "s16"
    packets = []
    for number in range(SAMPLE_RATE // SAMPLES_A_PACKET):
        at = np.arange(SAMPLES_A_PACKET) + number * SAMPLES_A_PACKET
        wave = (np.sin(2 * np.pi * TONE_HZ * at / SAMPLE_RATE) * 8000).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(np.repeat(wave, 2)[None], format="s16", layout="stereo")
        frame.sample_rate = SAMPLE_RATE
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return tuple(packets)


@cache
def payloads(width: int, height: int) -> tuple[tuple[bytes, ...], ...]:
    """The film's pictures, each as the payloads of its packets."""
    film = encoded_film(width, height)
    return tuple(tuple(H264Encoder._packetize(H264Encoder._split_bitstream(one))) for one in film)


def film(seconds: float, size: tuple[int, int] = (180, 320), *, sound_ahead_s: float = 0.0) -> Iterator[Sent]:
    """The film and the tone for so long; the sound's packets may leave sooner than their pictures."""
    sent = [*_pictures(seconds, size), *_sound(seconds, sound_ahead_s)]
    yield from sorted(sent, key=lambda one: one.at_s)


def _pictures(seconds: float, size: tuple[int, int]) -> Iterator[Sent]:
    pictures = payloads(*size)
    number = FIRST_NUMBER
    for index in range(int(seconds * FPS)):
        parts = pictures[index % len(pictures)]
        for part, payload in enumerate(parts):
            marker = MARKER if part == len(parts) - 1 else 0
            timestamp = FIRST_TIME + index * 90_000 // FPS & 0xFFFFFFFF
            packet = RtpPacket(marker, 102, number & 0xFFFF, timestamp, VIDEO_SSRC, payload)
            yield Sent("video", packet, BEGAN_S + index / FPS)
            number += 1


def _sound(seconds: float, ahead_s: float) -> Iterator[Sent]:
    packets = tone_packets()
    for index in range(int(seconds * SAMPLE_RATE / SAMPLES_A_PACKET)):
        timestamp = FIRST_TIME + index * SAMPLES_A_PACKET & 0xFFFFFFFF
        packet = RtpPacket(
            0, 111, FIRST_NUMBER + index & 0xFFFF, timestamp, AUDIO_SSRC, packets[index % len(packets)]
        )
        yield Sent("audio", packet, BEGAN_S + index * SAMPLES_A_PACKET / SAMPLE_RATE - ahead_s)


def reports() -> list[tuple[str, SenderReport]]:
    """What the publisher says of its clocks: sound and picture began together."""
    ntp = int((BEGAN_S + NTP_EPOCH_S) * (1 << 32))
    return [
        ("video", SenderReport(VIDEO_SSRC, ntp, FIRST_TIME)),
        ("audio", SenderReport(AUDIO_SSRC, ntp, FIRST_TIME)),
    ]


def units_of(number: int, size: tuple[int, int]) -> list[bytes]:
    """The units of one of the film's pictures, without start codes."""
    return list(H264Encoder._split_bitstream(encoded_film(*size)[number % FPS]))
