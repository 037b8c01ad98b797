"""One outgoing RTP stream as a pure object: payloads in, datagrams out (RFC 3550, 4588, 8285)."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from aiortc.rtp import RtcpSdesPacket, RtcpSenderInfo, RtcpSourceInfo, RtcpSrPacket

NTP_EPOCH: Final = 2_208_988_800
"""Seconds from 1900, where NTP begins, to 1970."""

_HISTORY: Final = 1024  # 3 s at 2.5 Mbit/s
_WORD: Final = 4
_VERSION: Final = 0x80
_EXTENDED: Final = 0x10
_MARKER: Final = 0x80
_CNAME: Final = 1


@dataclass(frozen=True, slots=True)
class StreamParameters:
    """What was negotiated for a stream.

    Attributes:
        ssrc: of the stream.
        rtx_ssrc: of its retransmissions.
        payload_type: 0 to 127.
        rtx_payload_type: of its retransmissions; None where lost packets are sent again as they were.
        rate: ticks of the timestamp in a second.
        cname: names the sender; the same for all its streams, so that receivers keep them in sync.
        mid: names the media section.
        mid_id: id of the header extension that carries `mid`; None where it was not negotiated.
        send_time_id: id of the header extension `abs-send-time`; None where it was not negotiated.
        rid: names the layer; empty where there is one.
        rid_id: id of the header extension that carries `rid`.
        repaired_rid_id: id of the one that carries it with retransmissions; None where not negotiated.
    """

    ssrc: int
    rtx_ssrc: int
    payload_type: int
    rtx_payload_type: int | None
    rate: int
    cname: str
    mid: str = ""
    mid_id: int | None = None
    send_time_id: int | None = None
    rid: str = ""
    rid_id: int | None = None
    repaired_rid_id: int | None = None


def ntp_time(wall: float) -> int:
    """Write seconds since 1970 as NTP's 64 bits (RFC 5905, section 6)."""
    return round((wall + NTP_EPOCH) * (1 << 32)) & 0xFFFF_FFFF_FFFF_FFFF


@dataclass(frozen=True, slots=True)
class _Sent:
    sequence: int
    timestamp: int
    marker: int
    payload: bytes


class RtpStream:
    """Numbers, stamps and remembers the packets of one stream.

    Args:
        parameters: what was negotiated.
        first_sequence: sequence number of the first packet, below 32768 (libsrtp's roll-over counter).
        origin: added to all timestamps (RFC 3550, section 5.1: random).
    """

    def __init__(self, parameters: StreamParameters, first_sequence: int, origin: int) -> None:
        self._parameters = parameters
        self._sequence = first_sequence
        self._rtx_sequence = first_sequence
        self._origin = origin
        self._history: list[_Sent | None] = [None] * _HISTORY
        self.packets_sent = 0
        self.octets_sent = 0
        self._is_known = False

    def on_known(self) -> None:
        """Name the layer no more: the receiver knows it by the SSRC (RFC 8852)."""
        self._is_known = True

    def packets(self, payloads: Iterable[bytes], time: int, wall: float, *, marker: int) -> Iterator[bytes]:
        """Give the datagrams of one picture or block.

        Args:
            payloads: one for each datagram.
            time: media time in ticks of the rate.
            wall: when they leave, in seconds since 1970.
            marker: 1 marks the last datagram (pictures), 0 none (sound).
        """
        timestamp = (self._origin + time) & 0xFFFF_FFFF
        waiting = list(payloads)
        last = len(waiting) - 1
        extensions = self._extensions(wall, None if self._is_known else self._parameters.rid_id)
        for index, payload in enumerate(waiting):
            sent = _Sent(self._sequence, timestamp, marker if index == last else 0, payload)
            self._history[sent.sequence % _HISTORY] = sent
            self._sequence = (self._sequence + 1) & 0xFFFF
            self.packets_sent += 1
            self.octets_sent += len(payload)
            yield self._datagram(sent, extensions)

    def retransmit(self, sequences: Iterable[int], wall: float) -> Iterator[bytes]:
        """Give again what was reported lost and is still remembered."""
        rtx_type = self._parameters.rtx_payload_type
        rid_id = self._parameters.repaired_rid_id if rtx_type is not None else None
        extensions = self._extensions(wall, rid_id)
        for sequence in sequences:
            sent = self._history[sequence % _HISTORY]
            if sent is None or sent.sequence != sequence:
                continue
            if rtx_type is None:
                yield self._datagram(sent, extensions)
            else:
                yield self._rtx_datagram(sent, rtx_type, extensions)

    def report(self, time: int, wall: float) -> bytes:
        """Give the sender report: media time against wall time, and the CNAME (RFC 3550, section 6.4.1)."""
        info = RtcpSenderInfo(
            ntp_timestamp=ntp_time(wall),
            rtp_timestamp=(self._origin + time) & 0xFFFF_FFFF,
            packet_count=self.packets_sent & 0xFFFF_FFFF,
            octet_count=self.octets_sent & 0xFFFF_FFFF,
        )
        name = (_CNAME, self._parameters.cname.encode())
        source = RtcpSourceInfo(ssrc=self._parameters.ssrc, items=[name])
        report = RtcpSrPacket(ssrc=self._parameters.ssrc, sender_info=info)
        return bytes(report) + bytes(RtcpSdesPacket(chunks=[source]))

    def _datagram(self, sent: _Sent, extensions: bytes) -> bytes:
        parameters = self._parameters
        first = _VERSION | (_EXTENDED if extensions else 0)
        second = (_MARKER if sent.marker else 0) | parameters.payload_type
        head = struct.pack("!BBHII", first, second, sent.sequence, sent.timestamp, parameters.ssrc)
        return head + extensions + sent.payload

    def _rtx_datagram(self, sent: _Sent, payload_type: int, extensions: bytes) -> bytes:
        first = _VERSION | (_EXTENDED if extensions else 0)
        second = (_MARKER if sent.marker else 0) | payload_type
        rtx_ssrc = self._parameters.rtx_ssrc
        head = struct.pack("!BBHII", first, second, self._rtx_sequence, sent.timestamp, rtx_ssrc)
        self._rtx_sequence = (self._rtx_sequence + 1) & 0xFFFF
        return head + extensions + sent.sequence.to_bytes(2, "big") + sent.payload

    def _extensions(self, wall: float, rid_id: int | None) -> bytes:
        """Write the one-byte header extensions (RFC 8285, section 4.2); empty where none was negotiated."""
        parameters, body = self._parameters, b""
        if parameters.send_time_id is not None:
            ticks = (ntp_time(wall) >> 14) & 0xFF_FFFF  # 6.18 fixed point seconds
            body += bytes((parameters.send_time_id << 4 | 2,)) + ticks.to_bytes(3, "big")
        if parameters.mid_id is not None and parameters.mid:
            body += _text_extension(parameters.mid_id, parameters.mid)
        if rid_id is not None and parameters.rid:
            body += _text_extension(rid_id, parameters.rid)
        if not body:
            return b""
        body += bytes(-len(body) % _WORD)
        return struct.pack("!HH", 0xBEDE, len(body) // _WORD) + body


def _text_extension(extension_id: int, text: str) -> bytes:
    return bytes((extension_id << 4 | len(text) - 1,)) + text.encode()
