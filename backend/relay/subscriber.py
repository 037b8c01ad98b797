"""A peer that watches a room: it gets the tracks, asks for packets again, asks for keyframes, reports."""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from backend.contract.stream import LineTrouble, ViewerLayer
from backend.limits import TokenBucket
from backend.relay.answer import Format
from backend.relay.feed import Feed
from backend.relay.ladder import Ladder
from backend.relay.layer_choice import Layer
from backend.relay.messages import PeerRole, PeerStats
from backend.relay.peer import Peer
from backend.relay.resending import Resending
from backend.relay.roundtrip import RoundTrip
from backend.relay.rtcp import (
    BitrateLimit,
    KeyframeRequest,
    Nack,
    ReceiverReport,
    parse_rtcp,
    with_time_ahead,
)
from backend.relay.rtp import with_payload_type, wrap_resent
from backend.relay.track import Track
from backend.relay.viewer_line import ViewerLine
from backend.relay.viewer_picture import ViewerPicture

REPORT_S: Final = 1.0
FIRST_REPORTS: Final = 3
LATER_REPORT_S: Final = 3.0
# What one viewer may say: browsers ask every 20 ms at most. More costs the time of all others.
FEEDBACK_PER_S: Final = 200.0
FEEDBACK_AT_ONCE: Final = 400
# Packets that it may ask for again, sent or not: twice as many as a stream of 8 Mbit/s has.
ASKED_PER_S: Final = 2000.0
ASKED_AT_ONCE: Final = 2048
# Packets a second that are not sent again: beyond them the player has no whole picture to go on from.
MUCH_LOST: Final = 10


class Subscriber:
    """A viewer; its transport's events come here.

    Args:
        tracks: the room's, by kind.
        formats: by kind, what the answer agreed on.
        ladder: the layers of the room's picture.
        flush: sends what waits in a track, now.
        on_keyframe_wanted: it cannot go on without a keyframe of the room's picture.
        on_much_lost: it lost more than its line has room for a second time; only a keyframe mends that.
        on_gone: its transport is closed, for this reason.

    Attributes:
        line: what is known of its line.
        picture: which layer it gets; None where it asked for none.
    """

    def __init__(
        self,
        tracks: Mapping[str, Track],
        formats: Mapping[str, Format],
        ladder: Ladder,
        dice: random.Random,
        *,
        flush: Callable[[Track], None],
        on_keyframe_wanted: Callable[[], None],
        on_much_lost: Callable[[float], None],
        on_gone: Callable[[str], None],
    ) -> None:
        self.peer: Peer | None = None
        self.ring_misses: dict[str, int] = dict.fromkeys(formats, 0)
        self._feeds = [
            Feed(tracks[kind], format_, dice.randrange(1 << 15)) for kind, format_ in formats.items()
        ]
        # What the line is judged by: the picture, or the sound where there is no picture.
        self._main = next(
            (one for one in self._feeds if one.track.kind == "video"), next(iter(self._feeds), None)
        )
        self._ladder = ladder
        self.picture = (
            ViewerPicture(self._main, ladder, flush, self._pad)
            if self._main is not None and self._main.track.kind == "video"
            else None
        )
        self._on_keyframe_wanted = on_keyframe_wanted
        self._on_much_lost = on_much_lost
        self._on_gone = on_gone
        self._report_due_at = 0.0
        self._reports_sent = 0
        self._round_trip = RoundTrip()
        self.line = ViewerLine()
        self._not_resent_before = 0
        self._resending = Resending(self.line, self._round_trip)
        self._feedback = TokenBucket(per_second=FEEDBACK_PER_S, burst=FEEDBACK_AT_ONCE)
        self._asked = TokenBucket(per_second=ASKED_PER_S, burst=ASKED_AT_ONCE)
        self._nacks = 0
        self._plis = 0

    # --- Events of the transport ---

    def on_connected(self) -> None:
        """See `PeerEvents`."""
        if self.peer is not None:
            self._round_trip = RoundTrip(self.peer.handshake_s)
            self._resending = Resending(self.line, self._round_trip)
        self.on_path_changed()
        self._on_keyframe_wanted()

    def on_path_changed(self) -> None:
        """See `PeerEvents`."""
        peer = self.peer
        if peer is None or peer.sender is None or peer.endpoint is None or peer.address is None:
            return
        for feed in self._feeds:
            feed.attach(peer.sender, peer.address, peer.endpoint)

    def on_closed(self, reason: str) -> None:
        """See `PeerEvents`."""
        for feed in self._feeds:
            feed.detach()
        if self.picture is not None:
            self.picture.close()
        self._on_gone(reason)

    def on_rtp(self, packet: bytes, now: float) -> None:
        """A viewer has nothing to say; what it sends is thrown away."""

    def on_rtcp(self, data: bytes, now: float) -> None:
        """See `PeerEvents`."""
        if self._feedback.take(now):
            return
        for packet in parse_rtcp(data):
            if isinstance(packet, Nack):
                self._on_nack(packet, now)
            elif isinstance(packet, KeyframeRequest):
                self._plis += 1
                self._want_keyframe(now)
            elif isinstance(packet, ReceiverReport):
                self._on_report(packet, now)
            elif isinstance(packet, BitrateLimit):
                self.line.on_estimate(packet.bitrate_bps, now)
                if self.picture is not None:
                    self.picture.choice.on_estimate(packet.bitrate_bps, now)

    def _want_keyframe(self, now: float) -> None:
        if self.picture is None or not self._ladder.ask_for(self.picture.track, now):
            self._on_keyframe_wanted()

    def _on_nack(self, nack: Nack, now: float) -> None:
        feed = next((feed for feed in self._feeds if feed.stream.ssrc == nack.media_ssrc), None)
        if feed is None:
            return
        self._nacks += len(nack.sequence_numbers)
        heard = self._asked.take_up_to(len(nack.sequence_numbers), now)
        for sequence_number in nack.sequence_numbers[:heard]:
            if not self._resending.is_under_way(nack.media_ssrc, sequence_number, now):
                self._resend(feed, sequence_number, now)

    def _resend(self, feed: Feed, sequence_number: int, now: float) -> None:
        packet = feed.find(sequence_number)
        if packet is None or self.peer is None:
            self.ring_misses[feed.track.kind] += 1
            if feed is self._main and feed.never_came(sequence_number):
                self.line.on_never_came(sequence_number)
            return
        if feed is self._main and self.line.on_lost(sequence_number) and self.picture is not None:
            self.picture.choice.on_lost(now)
        if not self._resending.take(feed.stream.ssrc, sequence_number, len(packet), now, self._bitrate_bps):
            return
        if not feed.format.resend_type:
            self.peer.send_rtp(with_payload_type(packet, feed.format.payload_type))
            return
        self._send_wrapped(feed, packet)

    def _pad(self, packet: bytes) -> None:
        """Repeat a packet of the picture, so that the line carries more; players throw it away."""
        if self._main is not None and self._main.format.resend_type:
            self._send_wrapped(self._main, packet)

    def _send_wrapped(self, feed: Feed, packet: bytes) -> None:
        if self.peer is None:
            return
        feed.resend_sequence = feed.resend_sequence + 1 & 0xFFFF
        self.peer.send_rtp(
            wrap_resent(packet, feed.format.resend_type, feed.resend_sequence, feed.stream.resend_ssrc)
        )

    def _on_report(self, report: ReceiverReport, now: float) -> None:
        for block in report.blocks:
            feed = next((feed for feed in self._feeds if feed.stream.ssrc == block.ssrc), None)
            if feed is None:
                continue
            if feed is self._main:
                self.line.on_report(block.fraction_lost / 256, now)
            sent_at = feed.report_sent_at(block.last_sr)
            if sent_at is not None:
                self._round_trip.measure(now - sent_at - block.delay / 65536)

    def choose(self, layers: Sequence[Layer], now: float) -> None:
        """Go on choosing among the layers that come, the best first."""
        if self.picture is not None and self.peer is not None and self.peer.is_connected:
            self.picture.choose(layers, now, self._round_trip.seconds)
            # A layer that was chosen by what the line said; just after the change it says less.
            is_chosen = self.picture.choice.is_held_down
            self._resending.carried_bps = self.picture.track.bitrate_bps if is_chosen else 0

    def choose_height(self, height: int | None) -> None:
        """Give the viewer no higher layer than this; None leaves it to their line."""
        if self.picture is not None:
            self.picture.choice.limit = height

    def layer(self, layers: Sequence[Layer]) -> ViewerLayer:
        """Which layer the viewer gets, of these."""
        picture = self.picture
        heights = [one.height for one in layers] if picture is not None and len(layers) > 1 else []
        if picture is None:
            return ViewerLayer(heights, 0, None, is_held_down=False)
        return ViewerLayer(heights, picture.height, picture.choice.limit, picture.choice.is_held_down)

    def end_second(self, packets: Mapping[Track, int], now: float) -> None:
        """Take note of how many packets each track sent in the second that is over."""
        main = self._main
        if main is None or main.receiver is None:
            return
        track = main.track
        self.line.end_second(packets.get(track, 0), main.receiver.dropped, track.bitrate_bps, now)
        if self.line.not_resent - self._not_resent_before > MUCH_LOST and track.kind == "video":
            self._on_much_lost(now)
        self._not_resent_before = self.line.not_resent

    # --- What it is told ---

    def send_reports(self, reports: Mapping[Track, bytes], now: float) -> None:
        """Send the sender reports of its tracks, if the time has come."""
        if now < self._report_due_at or self.peer is None or not self.peer.is_connected:
            return
        # Often at first, for a player needs two to play sound and picture together; then now and then.
        self._report_due_at = now + (REPORT_S if self._reports_sent < FIRST_REPORTS else LATER_REPORT_S)
        told = b"".join(
            with_time_ahead(reports[feed.track], feed.time_ahead)
            for feed in self._feeds
            if feed.track in reports
        )
        if told:
            self._reports_sent += 1
            self.peer.send_rtcp(told)

    @property
    def _bitrate_bps(self) -> int:
        return sum(feed.track.bitrate_bps for feed in self._feeds if feed.receiver is not None)

    def trouble(self, now: float) -> LineTrouble | None:
        """Why the viewer does not get all; None where all is well."""
        is_held_down = self.picture is not None and self.picture.choice.is_held_down
        return self.line.trouble(now) or (LineTrouble.OWN_LINE if is_held_down else None)

    def stats(self, now: float) -> PeerStats | None:
        """Its numbers; None once it has no transport."""
        if self.peer is None:
            return None
        receivers = [feed.receiver for feed in self._feeds if feed.receiver is not None]
        return PeerStats(
            resource_id=self.peer.resource_id,
            role=PeerRole.SUBSCRIBER,
            is_connected=self.peer.is_connected,
            remote_address="{}:{}".format(*self.peer.address) if self.peer.address else "",
            bitrate_bps=self._bitrate_bps,
            rtt_ms=self._round_trip.ms,
            loss=self.line.loss,
            nacks=self._nacks,
            plis=self._plis,
            dropped=sum(receiver.dropped for receiver in receivers),
            allowed_bps=None,
            connected_s=now - self.peer.created_at,
            estimate_bps=self.line.estimate_bps,
            estimate_age_s=self.line.estimate_age_s(now),
            lost_share=self.line.lost_share,
            not_resent=self.line.not_resent,
            trouble=self.trouble(now),
        )
