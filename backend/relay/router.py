"""The relay's heart: rooms, who joins and leaves, and when what came in goes out."""

import logging
import random
import re
import time
from collections.abc import Callable
from typing import Final, NamedTuple

from backend.contract.stream import ChosenLayer, StreamCondition, ViewerLayer, ViewerLines
from backend.relay.answer import Choice, Format, choose, write_answer
from backend.relay.dtls import DtlsIdentity
from backend.relay.fanout import FanOut
from backend.relay.messages import PeerRole, RoomStats
from backend.relay.network import Network
from backend.relay.outcomes import Answer, RelayProblem
from backend.relay.peer import Peer, PeerEvents
from backend.relay.pending import PendingSessions
from backend.relay.room import Room, RoomEvents
from backend.relay.rtp import RtpPacket, with_payload_type
from backend.relay.sdp import Offer, SdpError, parse_offer
from backend.relay.succession import HOST, Contender
from backend.relay.tap import MEDIA, Tap
from backend.relay.track import Track

logger = logging.getLogger("livestall.relay")

# A frame whose end is late does not hold back its begin for longer.
FRAME_WAIT_S: Final = 0.004
MAX_BATCH: Final = 32
RESEND_CHECK_S: Final = 0.006
PADDING_S: Final = 0.02
ROOM_MEMORY_S: Final = 600.0
UFRAG_LINE: Final = re.compile(r"^a=ice-ufrag:(\S+)", re.MULTILINE)


class RouterEvents(NamedTuple):
    """Whom the router tells.

    Attributes:
        publisher_changed: called with room and whether it gets media.
        peer_closed: with room, resource id, and reason.
        conditions_changed: with room, and what is noticed of its stream.
        taken_over: with room, who publishes now, and whom they displaced.
    """

    publisher_changed: Callable[[str, bool], None]
    peer_closed: Callable[[str, str, str], None]
    conditions_changed: Callable[[str, list[StreamCondition]], None]
    taken_over: Callable[[str, Contender, Contender], None]


class Limits(NamedTuple):
    """What it takes on.

    Attributes:
        max_peers: connected peers; beyond them viewers are refused.
        lag_ms: tells how late the loop runs; viewers are refused while that is more than `max_lag_ms`.
        max_pending, max_pending_an_address: viewers on their way, beside those who are connected.
    """

    max_peers: int
    max_lag_ms: float
    lag_ms: Callable[[], float]
    bitrate_ceiling_bps: int
    max_pending: int
    max_pending_an_address: int


class Router:
    """See the module.

    Args:
        network: how peers are reached.
        identity: our certificate.
        fan_out: how packets leave.
        limits: when newcomers are refused.
        events: whom to tell.
        call_later: `call_later(seconds, callback)` of the loop.
    """

    def __init__(
        self,
        *,
        network: Network,
        identity: DtlsIdentity,
        fan_out: FanOut,
        limits: Limits,
        events: RouterEvents,
        call_later: Callable[[float, Callable[[], None]], object],
    ) -> None:
        self.rooms: dict[str, Room] = {}
        self._network = network
        self._identity = identity
        self._fan_out = fan_out
        self._limits = limits
        self._events = events
        self._call_later = call_later
        self._dice = random.Random()
        self._peers: dict[str, tuple[Room, Peer]] = {}
        self._pending = PendingSessions(an_address=limits.max_pending_an_address, at_all=limits.max_pending)
        self._ready: dict[Track, None] = {}
        self._is_frame_timer_set = False
        self._is_resend_timer_set = False
        self._is_padding_timer_set = False

    # --- Joining and leaving ---

    def offer(
        self, room_name: str, role: PeerRole, sdp: str, address: str = "", by: Contender = HOST
    ) -> Answer | RelayProblem:
        """Accept a peer's offer from this address, or say why not; `by` is the publishing party."""
        problem = (
            self._overload(role) or self._no_stream(room_name, role) or self._displaced(room_name, role, by)
        )
        if problem is not None:
            return problem
        try:
            offer = parse_offer(sdp)
            choices = choose(offer, role)
        except SdpError as error:
            return RelayProblem(error.status, error.error, error.message)
        room = self.rooms.get(room_name) or self._open_room(room_name)
        peer = self._join(room, role, offer, choices, by)
        if role is PeerRole.SUBSCRIBER:
            self._pending.add(address, peer)
        streams = room.streams() if role is PeerRole.SUBSCRIBER else None
        return Answer(peer.resource_id, write_answer(offer, choices, peer.local(address), streams))

    def _overload(self, role: PeerRole) -> RelayProblem | None:
        """Those who watch go before those who come; a publisher is what they came for, and gets in."""
        if role is PeerRole.PUBLISHER:
            return None
        lag_ms = self._limits.lag_ms()
        if lag_ms > self._limits.max_lag_ms:
            logger.warning("a newcomer is refused: the loop is %.0f ms late", lag_ms)
            return RelayProblem(
                503, "overloaded", "The relay is at its limit; those who watch go first. Try again soon."
            )
        if len(self._peers) - self._pending.count() >= self._limits.max_peers:
            return RelayProblem(
                503, "full", f"The relay holds its {self._limits.max_peers} peers. Try again soon."
            )
        return None

    def _no_stream(self, room_name: str, role: PeerRole) -> RelayProblem | None:
        if role is PeerRole.SUBSCRIBER and room_name not in self.rooms:
            return RelayProblem(
                404, "no_stream", "Nobody has published in this room yet. Try again when it is live."
            )
        return None

    def _displaced(self, room_name: str, role: PeerRole, by: Contender) -> RelayProblem | None:
        room = self.rooms.get(room_name)
        if role is PeerRole.SUBSCRIBER or room is None:
            return None
        return room.succession.problem(by, time.monotonic())

    def _open_room(self, name: str) -> Room:
        events = RoomEvents(
            self._on_track_ready,
            self._send_waiting,
            self._on_publishing,
            self._on_conditions,
            self._on_taken_over,
        )
        room = Room(name, self._dice, events)
        self.rooms[name] = room
        return room

    def _join(self, room: Room, role: PeerRole, offer: Offer, choices: list[Choice], by: Contender) -> Peer:
        formats = {choice.media.kind: format_ for choice in choices if (format_ := choice.format())}
        if role is PeerRole.PUBLISHER:
            return self._join_publisher(room, offer, formats, by)
        subscriber = room.new_subscriber(
            formats, time.monotonic, lambda reason: self._forget(room, peer, reason)
        )
        peer = self._new_peer(room, offer, subscriber)
        subscriber.peer = peer
        room.admit(subscriber)
        return peer

    def _join_publisher(self, room: Room, offer: Offer, formats: dict[str, Format], by: Contender) -> Peer:
        ceiling = self._limits.bitrate_ceiling_bps
        publisher = room.new_publisher(by, formats, ceiling, lambda reason: self._forget(room, peer, reason))
        peer = self._new_peer(room, offer, publisher)
        publisher.peer = peer
        return peer

    def _new_peer(self, room: Room, offer: Offer, events: PeerEvents) -> Peer:
        peer = Peer(self._network, self._identity, offer, events, time.monotonic())
        self._peers[peer.resource_id] = (room, peer)
        return peer

    def _forget(self, room: Room, peer: Peer, reason: str) -> None:
        self._peers.pop(peer.resource_id, None)
        self._events.peer_closed(room.name, peer.resource_id, reason)

    def remove(self, room_name: str, resource_id: str) -> RelayProblem | None:
        """Close a peer; a problem if it is not there."""
        peer = self._find(room_name, resource_id)
        if peer is None:
            return RelayProblem(
                404, "unknown_resource", "There is no such session; it may have ended already."
            )
        peer.close("removed")
        return None

    def cut(self, room_name: str, party: str) -> None:
        """Close all that a party publishes in a room, or is about to."""
        room = self.rooms.get(room_name)
        if room is not None:
            room.cut(party)

    def let_in(self, room_name: str, party: str) -> None:
        """Let a party that was displaced take the room over like anybody."""
        room = self.rooms.get(room_name)
        if room is not None:
            room.succession.let_in(party)

    def add_tap(self, room_name: str, tap: Tap) -> None:
        """Hand what viewers of a room get to this tap too; without the room it is closed."""
        room = self.rooms.get(room_name)
        if room is None:
            tap.close()
        else:
            room.add_tap(tap, time.monotonic())

    def remove_tap(self, room_name: str, tap: Tap) -> None:
        """Undo `add_tap`."""
        room = self.rooms.get(room_name)
        if room is not None:
            room.remove_tap(tap)

    def trickle(self, room_name: str, resource_id: str, fragment: str) -> RelayProblem | None:
        """Take in a PATCH: an ICE-lite agent needs no candidates; ICE restarts are not supported."""
        peer = self._find(room_name, resource_id)
        if peer is None:
            return RelayProblem(
                404, "unknown_resource", "There is no such session; it may have ended already."
            )
        told = UFRAG_LINE.search(fragment)
        if told is not None and told[1] != peer.remote_ufrag:
            return RelayProblem(
                422,
                "no_ice_restart",
                "ICE cannot be restarted here: DELETE this session and POST a new offer.",
            )
        return None

    def layer(
        self, room_name: str, resource_id: str, choice: ChosenLayer | None
    ) -> ViewerLayer | RelayProblem:
        """Which layer a viewer gets; they choose one first where that is given."""
        room = self.rooms.get(room_name)
        subscriber = room.subscribers.get(resource_id) if room is not None else None
        if room is None or subscriber is None:
            return RelayProblem(
                404, "unknown_resource", "There is no such session; it may have ended already."
            )
        if choice is not None:
            subscriber.choose_height(choice.height)
        return subscriber.layer(room.ladder.coming(time.monotonic()))

    def _find(self, room_name: str, resource_id: str) -> Peer | None:
        room, peer = self._peers.get(resource_id, (None, None))
        return peer if room is not None and room.name == room_name else None

    def close_all(self) -> None:
        """Tell every peer that it is over."""
        for _, peer in list(self._peers.values()):
            peer.close("shutdown")
        for room in self.rooms.values():
            room.close_taps()

    # --- Media ---

    def _on_track_ready(self, track: Track, packet: RtpPacket) -> None:
        """A frame's last packet lets it go: so a frame is one batch, and one system call serves many."""
        if packet.marker or track.kind == "audio" or len(track.waiting) >= MAX_BATCH:
            self._ready[track] = None
        elif not self._is_frame_timer_set:
            self._is_frame_timer_set = True
            self._call_later(FRAME_WAIT_S, self._on_frame_timer)

    def _on_frame_timer(self) -> None:
        self._is_frame_timer_set = False
        for room in self.rooms.values():
            for track in room.all_tracks():
                if track.waiting:
                    self._ready[track] = None
        self.flush()

    def flush(self) -> None:
        """Send what is ready."""
        for track in self._ready:
            self._send_waiting(track)
        self._ready.clear()

    def _send_waiting(self, track: Track) -> None:
        waiting = track.take_waiting()
        if not waiting:
            return
        for tap in track.taps:
            tap.send(MEDIA[track.kind], waiting)
        for audience in track.audiences.values():
            self._fan_out.send(
                audience, [with_payload_type(packet, audience.payload_type) for packet in waiting]
            )

    def on_drained(self, now: float) -> None:
        """A socket was read empty: send, and see whether something is missing."""
        if self._ready:
            self.flush()
        if not self._is_resend_timer_set and self._is_missing():
            self._is_resend_timer_set = True
            self._call_later(RESEND_CHECK_S, self._on_resend_timer)

    def _is_missing(self) -> bool:
        return any(room.publisher is not None and room.publisher.is_missing for room in self.rooms.values())

    def _on_resend_timer(self) -> None:
        self._is_resend_timer_set = False
        now = time.monotonic()
        still = [
            room.publisher.ask_for_missing(now) for room in self.rooms.values() if room.publisher is not None
        ]
        if any(still):
            self._is_resend_timer_set = True
            self._call_later(RESEND_CHECK_S, self._on_resend_timer)

    def _on_publishing(self, room: Room) -> None:
        self._events.publisher_changed(room.name, room.is_publishing)

    def _on_conditions(self, room: Room) -> None:
        self._events.conditions_changed(room.name, room.conditions)

    def _on_taken_over(self, room: Room, by: Contender, before: Contender) -> None:
        self._events.taken_over(room.name, by, before)

    # --- Time and numbers ---

    def on_timer(self, now: float) -> None:
        """Everything that is due; about every 100 ms."""
        for room in list(self.rooms.values()):
            room.on_timer(now)
            if room.idle_since is not None and now - room.idle_since > ROOM_MEMORY_S:
                del self.rooms[room.name]
        self._on_padding_timer()

    def _on_padding_timer(self) -> None:
        """Pad evenly where lines are tried out: a burst would fill the queue of a line that is good."""
        now = time.monotonic()
        if self._is_padding_timer_set:
            return
        if sum(room.pad(now) for room in self.rooms.values()):
            self._is_padding_timer_set = True
            self._call_later(PADDING_S, self._on_padding_due)

    def _on_padding_due(self) -> None:
        self._is_padding_timer_set = False
        self._on_padding_timer()

    def lines(self, room_name: str) -> ViewerLines:
        """How a room's stream reaches its viewers."""
        room = self.rooms.get(room_name)
        return room.lines(time.monotonic()) if room is not None else ViewerLines()

    def stats(self) -> list[RoomStats]:
        """The rooms' numbers."""
        now = time.monotonic()
        return [room.stats(now) for room in self.rooms.values()]
