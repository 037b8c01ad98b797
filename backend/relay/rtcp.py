"""RTCP as the relay reads and writes it: reports, resend and keyframe requests, bitrate (RFC 3550, 4585).

Reading never raises: what is malformed ends the reading, what came before it counts. The sender is
authenticated but not trusted, so everything is bounded.
"""

import struct
from collections.abc import Sequence
from typing import Final, NamedTuple

SENDER_REPORT: Final = 200
RECEIVER_REPORT: Final = 201
SOURCE_DESCRIPTION: Final = 202
GOODBYE: Final = 203
TRANSPORT_FEEDBACK: Final = 205
PAYLOAD_FEEDBACK: Final = 206
GENERIC_NACK: Final = 1
PICTURE_LOSS: Final = 1
FULL_INTRA_REQUEST: Final = 4
APPLICATION_LAYER: Final = 15
REMB: Final = b"REMB"
MAX_NACK: Final = 512
MAX_BITRATE_BPS: Final = (1 << 40) - 1


class ReportBlock(NamedTuple):
    """What a receiver tells of one stream (RFC 3550 §6.4.1).

    `fraction_lost` is in 1/256, `jitter` in timestamp units, `last_sr` the middle 32 bits of an NTP time,
    `delay` in 1/65536 s.
    """

    ssrc: int
    fraction_lost: int
    lost: int
    highest_sequence: int
    jitter: int
    last_sr: int
    delay: int


class SenderReport(NamedTuple):
    """A pair of the sender's wall clock (NTP, 64 bit) and the RTP time of the same moment."""

    ssrc: int
    ntp: int
    rtp_time: int


class ReceiverReport(NamedTuple):
    """How streams arrived at their receiver."""

    blocks: tuple[ReportBlock, ...]


class Nack(NamedTuple):
    """Packets of a stream to be sent again."""

    media_ssrc: int
    sequence_numbers: tuple[int, ...]


class KeyframeRequest(NamedTuple):
    """PLI or FIR: the receiver cannot go on without a keyframe."""

    media_ssrc: int


class BitrateLimit(NamedTuple):
    """What the receiver's line carries, of all streams together (REMB)."""

    bitrate_bps: int


class Goodbye(NamedTuple):
    """Streams that end."""

    ssrcs: tuple[int, ...]


Rtcp = SenderReport | ReceiverReport | Nack | KeyframeRequest | BitrateLimit | Goodbye

HEADER = struct.Struct("!BBH")
BLOCK = struct.Struct("!IBBHIIII")
REPORT_TIMES = struct.Struct("!IQI")
# Behind header, SSRC and NTP time.
RTP_TIME_AT: Final = 16


def parse_rtcp(data: bytes) -> list[Rtcp]:
    """The packets of a compound packet that matter to a relay, in their order."""
    packets: list[Rtcp] = []
    position = asked = 0
    while position + HEADER.size <= len(data):
        first, kind, words = HEADER.unpack_from(data, position)
        end = position + HEADER.size + 4 * words
        if first & 0xC0 != 0x80 or end > len(data):
            break
        # Of all that is asked for again in one datagram no more is read than of one packet.
        if kind != TRANSPORT_FEEDBACK or asked < MAX_NACK:
            parsed = _parse_one(kind, first & 0x1F, data[position + HEADER.size : end])
            asked += sum(len(one.sequence_numbers) for one in parsed if isinstance(one, Nack))
            packets += parsed
        position = end
    return packets


def _parse_one(  # noqa: PLR0911  # one kind, one line
    kind: int, count: int, body: bytes
) -> list[Rtcp]:
    if kind == SENDER_REPORT and len(body) >= 24:
        return [SenderReport(*REPORT_TIMES.unpack_from(body)), ReceiverReport(_blocks(body[24:], count))]
    if kind == RECEIVER_REPORT and len(body) >= 4:
        return [ReceiverReport(_blocks(body[4:], count))]
    if kind == GOODBYE:
        return [Goodbye(struct.unpack_from(f"!{min(count, len(body) // 4)}I", body))]
    if kind == TRANSPORT_FEEDBACK and count == GENERIC_NACK and len(body) >= 12:
        return [Nack(int.from_bytes(body[4:8], "big"), _nacked(body[8:]))]
    if kind == PAYLOAD_FEEDBACK and count == PICTURE_LOSS and len(body) >= 8:
        return [KeyframeRequest(int.from_bytes(body[4:8], "big"))]
    if kind == PAYLOAD_FEEDBACK and count == FULL_INTRA_REQUEST and len(body) >= 16:
        # RFC 5104 §4.3.1: the media SSRC field is 0, the streams are named in the entries.
        return [KeyframeRequest(int.from_bytes(body[8:12], "big"))]
    if kind == PAYLOAD_FEEDBACK and count == APPLICATION_LAYER and len(body) >= 16 and body[8:12] == REMB:
        return _bitrate_limit(body)
    return []


def _bitrate_limit(body: bytes) -> list[Rtcp]:
    """The limit, where as many streams are named as announced and it can be a line's (REMB §2.2)."""
    exponent, mantissa = body[13] >> 2, int.from_bytes(body[13:16], "big") & 0x3FFFF
    bitrate_bps = mantissa << exponent
    if len(body) != 16 + 4 * body[12] or bitrate_bps > MAX_BITRATE_BPS:
        return []
    return [BitrateLimit(bitrate_bps)]


def _blocks(data: bytes, count: int) -> tuple[ReportBlock, ...]:
    blocks = []
    for index in range(min(count, len(data) // BLOCK.size)):
        ssrc, fraction, high, low, highest, jitter, last_sr, delay = BLOCK.unpack_from(
            data, index * BLOCK.size
        )
        lost = high << 16 | low
        blocks.append(ReportBlock(ssrc, fraction, lost - (lost >> 23 << 24), highest, jitter, last_sr, delay))
    return tuple(blocks)


def _nacked(data: bytes) -> tuple[int, ...]:
    """The sequence numbers of pairs of first number and bit mask (RFC 4585 §6.2.1)."""
    numbers: list[int] = []
    for first, mask in struct.iter_unpack("!HH", data[: len(data) & ~3]):
        numbers.append(first)
        numbers += [first + bit + 1 & 0xFFFF for bit in range(16) if mask >> bit & 1]
        if len(numbers) >= MAX_NACK:
            break
    return tuple(numbers[:MAX_NACK])


def _build(kind: int, count: int, body: bytes) -> bytes:
    return HEADER.pack(0x80 | count, kind, len(body) // 4) + body


def build_receiver_report(sender_ssrc: int, blocks: Sequence[ReportBlock]) -> bytes:
    """At most 31 blocks."""
    body = struct.pack("!I", sender_ssrc)
    for block in blocks:
        lost = max(-0x800000, min(block.lost, 0x7FFFFF)) & 0xFFFFFF
        body += BLOCK.pack(
            block.ssrc,
            block.fraction_lost,
            lost >> 16,
            lost & 0xFFFF,
            block.highest_sequence & 0xFFFFFFFF,
            block.jitter & 0xFFFFFFFF,
            block.last_sr,
            block.delay & 0xFFFFFFFF,
        )
    return _build(RECEIVER_REPORT, len(blocks), body)


def build_sender_report(report: SenderReport, packets: int, octets: int, cname: bytes) -> bytes:
    """A sender report and the source description it must travel with (RFC 3550 §6.1)."""
    body = REPORT_TIMES.pack(report.ssrc, report.ntp & (1 << 64) - 1, report.rtp_time & 0xFFFFFFFF)
    body += struct.pack("!II", packets & 0xFFFFFFFF, octets & 0xFFFFFFFF)
    chunk = struct.pack("!IBB", report.ssrc, 1, len(cname)) + cname
    chunk += bytes(4 - len(chunk) % 4)
    return _build(SENDER_REPORT, 0, body) + _build(SOURCE_DESCRIPTION, 1, chunk)


def with_time_ahead(report: bytes, time: int) -> bytes:
    """A built sender report whose RTP time is so far ahead."""
    (rtp_time,) = struct.unpack_from("!I", report, RTP_TIME_AT)
    return report[:RTP_TIME_AT] + struct.pack("!I", rtp_time + time & 0xFFFFFFFF) + report[RTP_TIME_AT + 4 :]


def build_nack(sender_ssrc: int, media_ssrc: int, sequence_numbers: Sequence[int]) -> bytes:
    """Ask for packets again. The numbers are in the order of the stream, so neighbours share a mask."""
    pairs: list[list[int]] = []
    for number in sequence_numbers:
        distance = (number - pairs[-1][0] & 0xFFFF) if pairs else 0
        if pairs and 1 <= distance <= 16:
            pairs[-1][1] |= 1 << distance - 1
        else:
            pairs.append([number, 0])
    body = struct.pack("!II", sender_ssrc, media_ssrc)
    body += b"".join(struct.pack("!HH", *pair) for pair in pairs)
    return _build(TRANSPORT_FEEDBACK, GENERIC_NACK, body)


def build_picture_loss(sender_ssrc: int, media_ssrc: int) -> bytes:
    """Ask for a keyframe (RFC 4585 §6.3.1)."""
    return _build(PAYLOAD_FEEDBACK, PICTURE_LOSS, struct.pack("!II", sender_ssrc, media_ssrc))


def build_bitrate(sender_ssrc: int, bitrate_bps: int, media_ssrcs: Sequence[int]) -> bytes:
    """Tell a sender what its streams may take together (REMB, draft-alvestrand-rmcat-remb-03 §2.2)."""
    mantissa = min(max(bitrate_bps, 0), MAX_BITRATE_BPS)
    exponent = max(0, mantissa.bit_length() - 18)
    mantissa >>= exponent
    body = struct.pack("!II4sI", sender_ssrc, 0, REMB, len(media_ssrcs) << 24 | exponent << 18 | mantissa)
    body += struct.pack(f"!{len(media_ssrcs)}I", *media_ssrcs)
    return _build(PAYLOAD_FEEDBACK, APPLICATION_LAYER, body)
