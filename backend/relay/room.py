"""A room of the relay: its tracks, who feeds them, who gets them."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from backend.contract.stream import LayerViewers, LineTrouble, StreamCondition, ViewerLines
from backend.relay.answer import Format, Stream
from backend.relay.ladder import Ladder
from backend.relay.layer_choice import LayerState
from backend.relay.messages import RoomStats, TrackStats
from backend.relay.publisher import Publisher, Usable
from backend.relay.rtp import RtpPacket
from backend.relay.subscriber import Subscriber
from backend.relay.succession import Contender, Succession
from backend.relay.tap import REPORTS, Tap
from backend.relay.track import Track

KINDS: Final = ("audio", "video")
# Who knocks more often pushes out their own older tries, and nobody else's.
MOST_WAITING_A_PARTY: Final = 2
MOST_WAITING: Final = 8
# Who asked to publish and has not sent anything usable by then goes.
WAITING_S: Final = 20.0
ENDED_IN_ORDER: Final = frozenset({"removed", "closed_by_peer", "revoked"})


class RoomEvents(NamedTuple):
    """Whom a room tells.

    Attributes:
        track_ready: a track has packets for the next flush.
        flush: a track's packets are to be sent now.
        publishing: media began or ceased to come in.
        conditions: what is noticed of it is another, see `Room.conditions`.
        taken_over: called with who publishes now and whom they displaced.
    """

    track_ready: Callable[[Track, RtpPacket], None]
    flush: Callable[[Track], None]
    publishing: Callable[["Room"], None]
    conditions: Callable[["Room"], None]
    taken_over: Callable[["Room", Contender, Contender], None]


class Room:
    """See the module. Both tracks are there from the start, so a viewer may come before the first of either.

    Who wants to publish waits until media of theirs can be used: so a publisher is not displaced by one that
    never connects, and viewers see no gap.

    Attributes:
        publisher: who feeds the room.
        waiting: who is about to, the oldest first.
        succession: who displaced whom.
        conditions: what viewers cannot see or hear of what comes in, and why.
    """

    def __init__(self, name: str, dice: random.Random, events: RoomEvents) -> None:
        self.name = name
        self.tracks = {kind: Track(kind, dice) for kind in KINDS}
        self.publisher: Publisher | None = None
        self.waiting: list[Publisher] = []
        self.succession = Succession()
        self.subscribers: dict[str, Subscriber] = {}
        self.idle_since: float | None = None
        self.ladder = Ladder(
            self.tracks["video"], dice, flush=events.flush, on_track_ready=events.track_ready
        )
        self._dice = dice
        self._events = events
        self.conditions: list[StreamCondition] = []
        self._ring_misses = dict.fromkeys(KINDS, 0)
        self._keyframe_requests = 0
        self._taps: list[Tap] = []
        self._octets = dict.fromkeys(self.all_tracks(), 0)
        self._packets = dict.fromkeys(self.all_tracks(), 0)
        self._measured_at = 0.0

    @property
    def is_publishing(self) -> bool:
        """Whether media comes in."""
        return self.publisher is not None and self.publisher.is_publishing

    def all_tracks(self) -> list[Track]:
        """The room's tracks, and those of the layers of its picture."""
        return [*self.tracks.values(), *self.ladder.lower]

    def streams(self) -> dict[str, Stream]:
        """What a subscriber's answer says, by kind."""
        return {kind: track.stream for kind, track in self.tracks.items()}

    def new_publisher(
        self,
        by: Contender,
        formats: Mapping[str, Format],
        bitrate_ceiling_bps: int,
        on_gone: Callable[[str], None],
    ) -> Publisher:
        """Add a peer that will publish as soon as media comes; where too many wait, one gives way."""
        self._make_place(by.party)
        publisher = Publisher(
            by=by,
            tracks=self.tracks,
            ladder=self.ladder,
            formats=formats,
            bitrate_ceiling_bps=bitrate_ceiling_bps,
            on_track_ready=self._events.track_ready,
            on_usable=lambda usable, now: self._on_usable(publisher, usable, now),
            on_publishing=lambda: self._events.publishing(self),
            on_gone=lambda reason: self._on_publisher_gone(publisher, reason, on_gone),
        )
        self.waiting.append(publisher)
        return publisher

    def _make_place(self, party: str) -> None:
        held = Counter(one.by.party for one in self.waiting)
        if held[party] >= MOST_WAITING_A_PARTY:
            most = party
        elif len(self.waiting) >= MOST_WAITING:
            most = held.most_common(1)[0][0]
        else:
            return
        oldest = next(one for one in self.waiting if one.by.party == most)
        self.waiting.remove(oldest)
        _close(oldest, "replaced")

    def _on_usable(self, publisher: Publisher, usable: Usable, now: float) -> None:
        """Let who waits publish: at once where nobody sends, else when viewers can go over to them."""
        if self.is_publishing and usable is not Usable.WHOLE:
            return
        if self.succession.problem(publisher.by, now) is not None:
            _close(publisher, "taken_over")  # displaced while it waited
            return
        before, publisher.is_publishing = self.publisher, self.is_publishing
        self.waiting.remove(publisher)
        displaced = self.succession.take(publisher.by, now)
        self.publisher = publisher
        publisher.begin()
        if before is not None:
            before.give_way()
            _close(before, "taken_over")
        if displaced is not None:
            self._events.taken_over(self, publisher.by, displaced)

    def cut(self, party: str) -> None:
        """Close all that a party publishes, or is about to; of the host, what each of their studios does."""
        for publisher in self._publishers():
            if f"{publisher.by.party}/".startswith(f"{party}/"):
                _close(publisher, "revoked")

    def _publishers(self) -> list[Publisher]:
        return [*([self.publisher] if self.publisher is not None else []), *self.waiting]

    def _on_publisher_gone(self, publisher: Publisher, reason: str, on_gone: Callable[[str], None]) -> None:
        self._keyframe_requests += publisher.keyframe_requests
        if self.publisher is publisher:
            self.publisher = None
            if reason in ENDED_IN_ORDER:
                self.succession.end()
        elif publisher in self.waiting:
            self.waiting.remove(publisher)
        on_gone(reason)

    def new_subscriber(
        self, formats: Mapping[str, Format], now: Callable[[], float], on_gone: Callable[[str], None]
    ) -> Subscriber:
        """A viewer; it is in `subscribers` once it has a transport and `admit` was called."""
        subscriber = Subscriber(
            self.tracks,
            formats,
            self.ladder,
            self._dice,
            flush=self._events.flush,
            on_keyframe_wanted=lambda: self.want_keyframe(now()),
            on_much_lost=self._on_much_lost,
            on_gone=lambda reason: self._on_subscriber_gone(subscriber, reason, on_gone),
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
        """Ask the publisher, and who may soon be it, if there is one."""
        for publisher in self._publishers():
            publisher.want_keyframe(now)

    def add_tap(self, tap: Tap, now: float) -> None:
        """Let a program on this machine have the stream, from a keyframe on."""
        for track in self.tracks.values():
            track.taps.append(tap)
        self._taps.append(tap)
        self.want_keyframe(now)

    def remove_tap(self, tap: Tap) -> None:
        """Undo `add_tap`."""
        for track in self.tracks.values():
            track.taps.remove(tap)
        self._taps.remove(tap)

    def close_taps(self) -> None:
        """End all of them."""
        for tap in self._taps:
            tap.close()

    def _on_much_lost(self, now: float) -> None:
        """Help a viewer to a whole picture, where none is due by itself."""
        if self.publisher is not None:
            self.publisher.want_rare_keyframe(now)

    def on_timer(self, now: float) -> None:
        """Reports, timeouts, measurements; about every 100 ms."""
        for publisher in self._publishers():
            publisher.on_timer(now)
            if publisher.peer is not None:
                publisher.peer.on_timer(now)
        for publisher in list(self.waiting):
            if publisher.peer is not None and now - publisher.peer.created_at > WAITING_S:
                _close(publisher, "never_sent" if publisher.peer.is_connected else "never_connected")
        if self.publisher is not None and self.publisher.is_publishing:
            self.succession.on_media(self.publisher.heard_rtp_at)
        self._inspect(now)
        self._serve_taps(now)
        if self.subscribers:
            reports = {track: report for track in self.all_tracks() if (report := track.sender_report(now))}
            layers = self.ladder.coming(now)
            self.ladder.on_timer(now)
            for subscriber in list(self.subscribers.values()):
                subscriber.send_reports(reports, now)
                subscriber.choose(layers, now)
                if subscriber.peer is not None:
                    subscriber.peer.on_timer(now)
        if now - self._measured_at >= 1.0:
            self._measure(now)
        is_idle = not self._publishers() and not self.subscribers
        self.idle_since = (self.idle_since or now) if is_idle else None

    def _serve_taps(self, now: float) -> None:
        """Tell them the clocks, and see that keyframes come: who joins them later waits for one."""
        for tap in self._taps:
            if not tap.is_report_due(now):
                continue
            for kind, track in self.tracks.items():
                if (report := track.sender_report(now)) is not None:
                    tap.send(REPORTS[kind], [report])
            self._on_much_lost(now)

    def _inspect(self, now: float) -> None:
        conditions = self.publisher.conditions(now) if self.publisher is not None else []
        if conditions != self.conditions:
            self.conditions = conditions
            self._events.conditions(self)

    def _measure(self, now: float) -> None:
        elapsed = now - self._measured_at
        self._measured_at = now
        packets = {}
        for track in self.all_tracks():
            track.bitrate_bps = int((track.octets - self._octets[track]) * 8 / elapsed)
            packets[track] = track.packets - self._packets[track]
            self._octets[track], self._packets[track] = track.octets, track.packets
        for subscriber in list(self.subscribers.values()):
            subscriber.end_second(packets, now)

    def pad(self, now: float) -> bool:
        """Send the padding of viewers whose line is tried out; whether there are any."""
        pictures = [one.picture for one in self.subscribers.values() if one.picture is not None]
        return sum(one.pad(now) for one in pictures if one.choice.state is LayerState.PROBE) > 0

    def lines(self, now: float) -> ViewerLines:
        """How the stream reaches those who watch it."""
        watching = [
            one for one in self.subscribers.values() if one.peer is not None and one.peer.is_connected
        ]
        troubles = Counter(one.trouble(now) for one in watching)
        return ViewerLines(
            viewers=len(watching),
            own_line=troubles[LineTrouble.OWN_LINE],
            uplink=troubles[LineTrouble.UPLINK],
            relay=troubles[LineTrouble.RELAY],
            layers=self._layer_viewers(watching) if len(self.ladder.coming(now)) > 1 else [],
        )

    @staticmethod
    def _layer_viewers(watching: Sequence[Subscriber]) -> list[LayerViewers]:
        heights = Counter(one.picture.height for one in watching if one.picture is not None)
        return [LayerViewers(height, heights[height]) for height in sorted(heights, reverse=True) if height]

    def stats(self, now: float) -> RoomStats:
        """Its numbers."""
        peers = [publisher.stats(now) for publisher in self._publishers()]
        peers += [subscriber.stats(now) for subscriber in self.subscribers.values()]
        return RoomStats(
            room=self.name,
            is_publishing=self.is_publishing,
            conditions=self.conditions,
            tracks=[self._track_stats(track) for track in self.tracks.values()],
            peers=[peer for peer in peers if peer is not None],
            publisher=self.publisher.by.party if self.publisher is not None and self.is_publishing else "",
            held_back=self.succession.held_back(now),
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


def _close(publisher: Publisher, reason: str) -> None:
    if publisher.peer is not None:
        publisher.peer.close(reason)
