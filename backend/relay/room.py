"""A room of the relay: its tracks, who feeds them, who gets them."""

import random
from collections.abc import Callable, Mapping

from backend.relay.answer import Format, Stream
from backend.relay.messages import RoomStats, TrackStats
from backend.relay.publisher import Publisher
from backend.relay.rtp import RtpPacket
from backend.relay.subscriber import Subscriber
from backend.relay.track import Track

KINDS = ("audio", "video")


class Room:
    """See the module. Both tracks are there from the start, so a viewer may come before the first of either.

    Args:
        on_track_ready: a track has packets for the next flush.
        on_publishing: media began or ceased to come in.
    """

    def __init__(
        self,
        name: str,
        dice: random.Random,
        on_track_ready: Callable[[Track, RtpPacket], None],
        on_publishing: Callable[["Room"], None],
    ) -> None:
        self.name = name
        self.tracks = {kind: Track(kind, dice) for kind in KINDS}
        self.publisher: Publisher | None = None
        self.subscribers: dict[str, Subscriber] = {}
        self.idle_since: float | None = None
        self._dice = dice
        self._on_track_ready = on_track_ready
        self._on_publishing = on_publishing
        self._ring_misses = dict.fromkeys(KINDS, 0)
        self._keyframe_requests = 0
        self._octets = dict.fromkeys(KINDS, 0)
        self._measured_at = 0.0

    @property
    def is_publishing(self) -> bool:
        """Whether media comes in."""
        return self.publisher is not None and self.publisher.is_publishing

    def streams(self) -> dict[str, Stream]:
        """What a subscriber's answer says, by kind."""
        return {kind: track.stream for kind, track in self.tracks.items()}

    def new_publisher(
        self, formats: Mapping[str, Format], bitrate_ceiling_bps: int, on_gone: Callable[[str], None]
    ) -> Publisher:
        """A publisher in the place of the one that is there, which is told to go."""
        if self.publisher is not None and self.publisher.peer is not None:
            self.publisher.peer.close("replaced")
        publisher = Publisher(
            tracks=self.tracks,
            formats=formats,
            bitrate_ceiling_bps=bitrate_ceiling_bps,
            on_track_ready=self._on_track_ready,
            on_publishing=lambda: self._on_publishing(self),
            on_gone=lambda reason: self._on_publisher_gone(publisher, reason, on_gone),
        )
        self.publisher = publisher
        return publisher

    def _on_publisher_gone(self, publisher: Publisher, reason: str, on_gone: Callable[[str], None]) -> None:
        self._keyframe_requests += publisher.keyframe_requests
        if self.publisher is publisher:
            self.publisher = None
        on_gone(reason)

    def new_subscriber(
        self, formats: Mapping[str, Format], now: Callable[[], float], on_gone: Callable[[str], None]
    ) -> Subscriber:
        """A viewer; it is in `subscribers` once it has a transport and `admit` was called."""
        subscriber = Subscriber(
            self.tracks,
            formats,
            self._dice,
            lambda: self.want_keyframe(now()),
            lambda reason: self._on_subscriber_gone(subscriber, reason, on_gone),
        )
        return subscriber

    def admit(self, subscriber: Subscriber) -> None:
        """Count the viewer in."""
        if subscriber.peer is not None:
            self.subscribers[subscriber.peer.resource_id] = subscriber

    def _on_subscriber_gone(
        self, subscriber: Subscriber, reason: str, on_gone: Callable[[str], None]
    ) -> None:
        for kind, misses in subscriber.ring_misses.items():
            self._ring_misses[kind] += misses
        if subscriber.peer is not None:
            self.subscribers.pop(subscriber.peer.resource_id, None)
        on_gone(reason)

    def want_keyframe(self, now: float) -> None:
        """Ask the publisher, if there is one."""
        if self.publisher is not None:
            self.publisher.want_keyframe(now)

    def on_timer(self, now: float) -> None:
        """Reports, timeouts, measurements; about every 100 ms."""
        if self.publisher is not None:
            self.publisher.on_timer(now)
            if self.publisher.peer is not None:
                self.publisher.peer.on_timer(now)
        if self.subscribers:
            reports = {
                kind: report for kind, track in self.tracks.items() if (report := track.sender_report(now))
            }
            for subscriber in list(self.subscribers.values()):
                subscriber.send_reports(reports, now)
                if subscriber.peer is not None:
                    subscriber.peer.on_timer(now)
        if now - self._measured_at >= 1.0:
            self._measure(now)
        is_idle = self.publisher is None and not self.subscribers
        self.idle_since = (self.idle_since or now) if is_idle else None

    def _measure(self, now: float) -> None:
        elapsed = now - self._measured_at
        self._measured_at = now
        for kind, track in self.tracks.items():
            track.bitrate_bps = int((track.octets - self._octets[kind]) * 8 / elapsed)
            self._octets[kind] = track.octets

    def stats(self, now: float) -> RoomStats:
        """Its numbers."""
        peers = [self.publisher.stats(now)] if self.publisher is not None else []
        peers += [subscriber.stats(now) for subscriber in self.subscribers.values()]
        return RoomStats(
            room=self.name,
            is_publishing=self.is_publishing,
            tracks=[self._track_stats(track) for track in self.tracks.values()],
            peers=[peer for peer in peers if peer is not None],
        )

    def _track_stats(self, track: Track) -> TrackStats:
        lost, resent = self.publisher.losses(track.kind) if self.publisher is not None else (0, 0)
        requests = self._keyframe_requests + (self.publisher.keyframe_requests if self.publisher else 0)
        misses = sum(subscriber.ring_misses.get(track.kind, 0) for subscriber in self.subscribers.values())
        return TrackStats(
            kind=track.kind,
            packets=track.packets,
            bytes=track.octets,
            lost=lost,
            resent=resent,
            keyframe_requests=requests if track.kind == "video" else 0,
            ring_misses=self._ring_misses[track.kind] + misses,
        )
