"""The peer that feeds a room: what it sends goes to the tracks, what it needs to know goes back.

Until its first usable media comes it only waits: who publishes goes on till then.
"""

import logging
import time
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

from backend.contract.stream import StreamCondition
from backend.relay.answer import Format
from backend.relay.best_layer import BestLayer
from backend.relay.bitrate import BitrateEstimate
from backend.relay.h264 import begins_keyframe
from backend.relay.incoming import Incoming, IncomingStreams
from backend.relay.inspection import StreamInspection
from backend.relay.ladder import Ladder
from backend.relay.messages import PeerRole, PeerStats
from backend.relay.peer import Peer
from backend.relay.reception import Reception
from backend.relay.roundtrip import RoundTrip
from backend.relay.rtcp import (
    Goodbye,
    SenderReport,
    build_bitrate,
    build_nack,
    build_picture_loss,
    build_receiver_report,
    parse_rtcp,
)
from backend.relay.rtp import RtpPacket, parse_rtp
from backend.relay.succession import Contender
from backend.relay.track import NTP_SECOND, Track

logger = logging.getLogger("livestall.relay")

SILENT_S: Final = 2.0
KEYFRAME_INTERVAL_S: Final = 0.5
KEYFRAME_AGAIN_S: Final = 2.0
# A keyframe is due by itself where one came less long ago: the studio sends one every 2 s.
KEYFRAME_RARE_S: Final = 3.0
# Seconds between the epochs of NTP (1900) and Unix (1970).
NTP_EPOCH_S: Final = 2_208_988_800
# Clocks that differ by less are taken as set to the same time, and the publisher's own moments are kept.
SAME_CLOCK_S: Final = 0.5
OUR_SSRC: Final = 1


class Usable(Enum):
    """What the media of a waiting publisher is good for."""

    SOME = "some"
    """Better than nothing."""
    WHOLE = "whole"
    """Viewers can go over to it: a picture that needs no other, or sound where there is no picture."""


class Publisher:
    """A room's publisher, or a peer that is about to be; its transport's events come here.

    Args:
        by: who it is.
        tracks: the room's, by kind.
        ladder: the layers of the room's picture.
        formats: by kind, what the answer agreed on.
        on_track_ready: a packet was put into a track; it waits for the next flush.
        on_usable: media comes while it waits; the room may call `begin`.
        on_publishing: it began (True) or ceased (False) to send.
        on_gone: its transport is closed, for this reason.
    """

    def __init__(
        self,
        *,
        by: Contender,
        tracks: Mapping[str, Track],
        ladder: Ladder,
        formats: Mapping[str, Format],
        bitrate_ceiling_bps: int,
        on_track_ready: Callable[[Track, RtpPacket], None],
        on_usable: Callable[[Usable, float], None],
        on_publishing: Callable[[], None],
        on_gone: Callable[[str], None],
    ) -> None:
        self.by = by
        self.peer: Peer | None = None
        self.is_publishing = False
        self.nacks = 0
        self._streams = IncomingStreams(tracks, formats)
        self._layer = BestLayer(self._streams.of_kind("video"))
        self._ladder = ladder
        self._estimate = BitrateEstimate(bitrate_ceiling_bps)
        self._on_track_ready = on_track_ready
        self._has_room = False
        self._on_usable = on_usable
        self._on_publishing = on_publishing
        self._on_gone = on_gone
        self.heard_rtp_at = 0.0
        self._received_bytes = 0
        self._bitrate_bps = 0
        self._reported_at: float | None = None
        self._keyframe_wanted = False
        self._keyframe_asked_at = 0.0
        self.keyframe_requests = 0
        self._clock_offset: int | None = None
        self._round_trip = RoundTrip()
        self._inspection = StreamInspection(formats.keys())

    # --- Its turn ---

    def begin(self) -> None:
        """Feed the room from now on, in the place of one that may have been sending."""
        self._has_room = True
        self._ladder.begin(self._layer, self._streams.of_kind("video"), self._ask_layer)

    def give_way(self) -> None:
        """Feed the room no more; another one does."""
        self._has_room = False

    def _knock(self, source: Incoming, packet: RtpPacket, now: float) -> None:
        """Say what has come; ask for a keyframe where a picture began in the middle."""
        if source.track.kind == "audio":
            is_whole = not self._streams.of_kind("video")
        else:
            is_whole = begins_keyframe(packet.payload)
        self._on_usable(Usable.WHOLE if is_whole else Usable.SOME, now)
        is_waiting = not self._has_room and self.peer is not None and not self.peer.is_closed
        if is_waiting and source.track.kind == "video":
            self._keyframe_wanted = True
            self._ask_for_keyframe_of(packet.ssrc, now)

    # --- Events of the transport ---

    def on_connected(self) -> None:
        """See `PeerEvents`."""
        if self.peer is not None:
            self._round_trip = RoundTrip(self.peer.handshake_s)

    def on_path_changed(self) -> None:
        """See `PeerEvents`."""

    def on_closed(self, reason: str) -> None:
        """See `PeerEvents`."""
        self._set_publishing(to=False)
        self._on_gone(reason)

    def on_rtp(self, data: bytes, now: float) -> None:
        """See `PeerEvents`."""
        packet = parse_rtp(data)
        if packet is None:
            return
        source = self._streams.of_media(packet, data)
        if source is not None:
            if not self._has_room:
                self._knock(source, packet, now)
            if self._has_room:
                self._received_bytes += len(packet.payload)
                self._take(source, packet, now)
            return
        source = self._streams.of_resent(packet, data)
        if source is not None and source.reception is not None and self._has_room:
            original = source.original(packet)
            number = source.reception.on_resent(original.sequence_number, now) if original else None
            if original is not None and number is not None:
                self._write(source, original, number, now)

    def _take(self, source: Incoming, packet: RtpPacket, now: float) -> None:
        self.heard_rtp_at = source.heard_at = now
        source.count(len(packet.payload))
        reception = source.reception
        if reception is None or reception.ssrc != packet.ssrc:
            reception = self._begin(source, packet, now)
        number = reception.on_packet(packet.sequence_number, packet.timestamp, now)
        if number is None:
            return
        self._write(source, packet, number, now)
        if not self.is_publishing:
            self._set_publishing(to=True)

    def _write(self, source: Incoming, packet: RtpPacket, number: int, now: float) -> None:
        if source.track.kind == "audio":
            self._inspection.on_sound(now)
        else:
            is_top = self._is_top(source, packet, number, now)
            self._ladder.on_packet(source, packet, number, now, is_top=is_top)
            if not is_top:
                return
        source.track.write(packet, number, now)
        self._on_track_ready(source.track, packet)

    def _is_top(self, layer: Incoming, packet: RtpPacket, number: int, now: float) -> bool:
        layer.learn(packet, now)
        before = self._layer.current
        if not self._layer.forwards(layer, packet, number, now):
            return False
        if layer is not before:
            self._inspection.begin_video()
            layer.tell_clock(layer.track)
        self._inspection.on_video(packet, number, now)
        return True

    def _begin(self, source: Incoming, packet: RtpPacket, now: float) -> Reception:
        # Sound is not asked for again: what comes late of it measures nothing.
        round_trip = self._round_trip if source.track.kind == "video" else RoundTrip()
        reception = Reception(packet.ssrc, packet.sequence_number, source.track.clock_rate, round_trip)
        source.begin(reception)
        if source.track.kind == "audio":
            source.track.begin_source(packet, now)
            return reception
        self._ladder.on_restart(source)
        if source is self._layer.current:
            self._layer.restart(source)
            self._inspection.begin_video()
        return reception

    def on_rtcp(self, data: bytes, now: float) -> None:
        """See `PeerEvents`."""
        for packet in parse_rtcp(data):
            if isinstance(packet, SenderReport):
                self._on_sender_report(packet, now)
            elif isinstance(packet, Goodbye):
                self._on_goodbye(packet)

    def _on_sender_report(self, report: SenderReport, now: float) -> None:
        source = self._streams.of_ssrc(report.ssrc)
        if source is None or source.reception is None:
            return
        source.reception.on_sender_report(report, now)
        if self._clock_offset is None:
            offset = int((time.time() + NTP_EPOCH_S) * NTP_SECOND) - report.ntp
            self._clock_offset = 0 if abs(offset) < SAME_CLOCK_S * NTP_SECOND else offset
        # The same offset for sound and picture, and the relay's clock across publishers: lips stay in sync.
        source.set_clock(report._replace(ntp=report.ntp + self._clock_offset), now)
        if source.track.kind == "audio" or source is self._layer.current:
            source.tell_clock(source.track)
        if source.track.kind == "video" and self._has_room:
            self._ladder.on_clock(source)

    def _on_goodbye(self, goodbye: Goodbye) -> None:
        begun = [one for one in self._streams if one.ssrc is not None]
        is_all = {one.track.kind for one in begun} == {one.track.kind for one in self._streams}
        if is_all and all(one.ssrc in goodbye.ssrcs for one in begun):
            self._set_publishing(to=False)

    def _set_publishing(self, *, to: bool) -> None:
        if self.is_publishing != to:
            self.is_publishing = to
            if not to:
                self._inspection.on_silence()
            if self._has_room:
                self._on_publishing()

    # --- What it is told ---

    def want_keyframe(self, now: float) -> None:
        """Ask for a keyframe, at most twice a second; a request in between is kept, not lost."""
        self._keyframe_wanted = True
        self._ask_for_keyframe(now)

    def want_rare_keyframe(self, now: float) -> None:
        """Ask for a keyframe that does not come by itself soon; all viewers pay for one that is asked for."""
        came_at = self._inspection.keyframe_at
        if came_at is None or now - came_at > KEYFRAME_RARE_S:
            self.want_keyframe(now)

    def _ask_for_keyframe(self, now: float) -> None:
        """Ask the layer that the room is to go over to, or the one that it has."""
        layer = self._layer.awaited(now) or self._layer.current
        if layer is not None and layer.ssrc is not None:
            self._ask_for_keyframe_of(layer.ssrc, now)

    def _ask_for_keyframe_of(self, ssrc: int, now: float) -> None:
        if not self._keyframe_wanted or self.peer is None:
            return
        if now - self._keyframe_asked_at >= KEYFRAME_INTERVAL_S:
            self._keyframe_wanted = False
            self._keyframe_asked_at = now
            self.keyframe_requests += 1
            if self._layer.current is None or self._layer.current.ssrc == ssrc:
                self._inspection.on_keyframe_asked(now)
            elif (asked := self._streams.of_ssrc(ssrc)) is not None:
                asked.on_asked(now)
            self.peer.send_rtcp(build_picture_loss(OUR_SSRC, ssrc))

    def _ask_layer(self, layer: Incoming, now: float) -> None:
        """Ask for a keyframe of a layer that viewers want to go over to."""
        if layer is self._layer.current:
            self.want_keyframe(now)
        elif layer.ssrc is not None and self.peer is not None:
            self.keyframe_requests += 1
            self.peer.send_rtcp(build_picture_loss(OUR_SSRC, layer.ssrc))

    def ask_for_missing(self, now: float) -> bool:
        """Ask again for what is missing; whether something still is."""
        for source in self._forwarded():
            if source.reception is None or source.reception.is_complete or self.peer is None:
                continue
            lost_before = source.reception.lost
            due = source.reception.due_resends(now)
            if source.track.kind == "video":
                if due:
                    self.nacks += len(due)
                    self.peer.send_rtcp(build_nack(OUR_SSRC, source.reception.ssrc, due))
                if source.reception.lost > lost_before and source is self._layer.current:
                    self.want_keyframe(now)
                elif source.reception.lost > lost_before:
                    self._ladder.ask(source, now)
        return self.is_missing

    def _forwarded(self) -> list[Incoming]:
        """The streams that viewers get: of a layer that none gets nothing is missed."""
        current = [self._layer.current] if self._layer.current is not None else []
        lower = [one for one in self._ladder.watched() if one not in current] if self._has_room else []
        return self._streams.of_kind("audio") + current + lower

    @property
    def is_missing(self) -> bool:
        """Whether packets are missing that may still come."""
        return any(one.reception and not one.reception.is_complete for one in self._forwarded())

    def on_timer(self, now: float) -> None:
        """Notice silence, ask for what is due; about every 100 ms."""
        if self.is_publishing and now - self.heard_rtp_at > SILENT_S:
            self._set_publishing(to=False)
        if (
            self._inspection.keyframe_asked_at is not None
            and now - self._keyframe_asked_at > KEYFRAME_AGAIN_S
        ):
            # The question may be lost, as all on this line.
            self._keyframe_wanted = True
        if self._layer.awaited(now) is not None:
            self._keyframe_wanted = True
        self._ask_for_keyframe(now)
        if self._reported_at is None or now - self._reported_at >= 1.0:
            self._report(now)

    def _report(self, now: float) -> None:
        elapsed = now - self._reported_at if self._reported_at is not None else 0.0
        self._reported_at = now
        self._bitrate_bps = int(self._received_bytes * 8 / elapsed) if elapsed else 0
        for one in self._streams:
            if elapsed:
                one.end_second(elapsed)
        self._received_bytes = 0
        blocks = [one.reception.report(now) for one in self._streams if one.reception is not None]
        if not blocks or self.peer is None:
            return
        allowed = self._estimate.update(self.fraction_lost, self._bitrate_bps)
        ssrcs = [block.ssrc for block in blocks]
        self.peer.send_rtcp(build_receiver_report(OUR_SSRC, blocks) + build_bitrate(OUR_SSRC, allowed, ssrcs))

    def conditions(self, now: float) -> list[StreamCondition]:
        """What viewers cannot see or hear of what comes, and why."""
        return self._inspection.conditions(now) if self.is_publishing else []

    # --- Numbers ---

    @property
    def fraction_lost(self) -> float:
        """Part (0..1) lost in the last second, before resending: of all layers, or of the only track.

        Of all together: a small layer has some ten packets a second, and one of them tells nothing.
        """
        streams = self._streams.of_kind("video") or list(self._streams)
        receptions = [one.reception for one in streams if one.reception is not None]
        expected = sum(one.expected_lately for one in receptions)
        return sum(one.lost_lately for one in receptions) / expected if expected > 0 else 0.0

    def losses(self, kind: str) -> tuple[int, int]:
        """Packets lost for good, and packets resent in time."""
        streams = self._streams.of_kind(kind)
        return sum(one.lost for one in streams), sum(one.resent for one in streams)

    def stats(self, now: float) -> PeerStats | None:
        """Its numbers; None once it has no transport."""
        if self.peer is None:
            return None
        return PeerStats(
            resource_id=self.peer.resource_id,
            role=PeerRole.PUBLISHER,
            is_connected=self.peer.is_connected,
            remote_address="{}:{}".format(*self.peer.address) if self.peer.address else "",
            bitrate_bps=self._bitrate_bps,
            rtt_ms=self._round_trip.ms,
            loss=self.fraction_lost,
            nacks=self.nacks,
            plis=self.keyframe_requests,
            dropped=0,
            allowed_bps=self._estimate.allowed_bps,
            connected_s=now - self.peer.created_at,
        )
