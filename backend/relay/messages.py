"""What the backend and its relay worker say to each other on the control socket: length-prefixed MessagePack.

The backend asks (`Request`), the worker answers under the same `request_id` (`Reply`) and tells what
happens by itself (`Notice`). `docs/decisions/001-control-socket.md` has the reasons.
"""

import asyncio
import struct
from enum import StrEnum
from typing import Final

import msgspec

from backend.contract.decoding import guarded
from backend.contract.stream import ChosenLayer, LineTrouble, StreamCondition, ViewerLayer, ViewerLines
from backend.relay.succession import Contender

MAX_FRAME_BYTES: Final = 16 * 1024 * 1024
LENGTH: Final = struct.Struct("!I")


class PeerRole(StrEnum):
    """Which way a peer's media goes."""

    PUBLISHER = "publisher"
    SUBSCRIBER = "subscriber"


class FanEngine(StrEnum):
    """How packets leave: `gso` is Linux' fast path, `sendto` works everywhere, `auto` probes at start."""

    AUTO = "auto"
    GSO = "gso"
    SENDTO = "sendto"


# --- What the worker reads from its stdin -------------------------------------------------------------------


class WorkerOptions(msgspec.Struct, frozen=True):
    """How a worker runs; one line of JSON on its stdin.

    Attributes:
        secret: what the worker shows on the control socket, once.
        control_port: where the backend listens, on 127.0.0.1.
        listen: addresses, a UDP socket each; a wildcard socket would answer from one of the kernel's choice.
        advertise: addresses that peers learn beside these: a router's that sends the port on to us.
        udp_port: the one port of all of them; 0 lets the system choose.
        fan: how packets leave.
        bitrate_ceiling_bps: the most a publisher is allowed (REMB).
        max_lag_ms: viewers are refused while the worker's loop steadily runs later than this.
        max_peers: viewers are refused above this many connected peers.
        max_pending, max_pending_an_address: viewers on their way, beside those who are connected.
        loss_in, loss_out: for tests: the part (0..1) of RTP packets to throw away, seeded by `loss_seed`.
    """

    secret: str
    control_port: int
    listen: list[str]
    udp_port: int = 0
    advertise: list[str] = []
    fan: FanEngine = FanEngine.AUTO
    bitrate_ceiling_bps: int = 8_000_000
    max_lag_ms: float = 150.0
    max_peers: int = 2000
    max_pending: int = 1000
    max_pending_an_address: int = 300
    loss_in: float = 0.0
    loss_out: float = 0.0
    loss_seed: int = 0


# --- Backend → worker ---------------------------------------------------------------------------------------


class Request(msgspec.Struct, frozen=True, tag_field="type"):
    """A question under a number of the backend's."""

    request_id: int


class Offer(Request, frozen=True, tag="offer"):
    """A client at this address offers to publish into a room or to watch it; `by` is the publishing party."""

    room: str
    role: PeerRole
    sdp: str
    address: str = ""
    by: Contender = Contender()


class Trickle(Request, frozen=True, tag="trickle"):
    """A PATCH: candidates, or an attempt to restart ICE (RFC 9725 §4.3)."""

    room: str
    resource_id: str
    fragment: str


class Remove(Request, frozen=True, tag="remove"):
    """Close a peer."""

    room: str
    resource_id: str


class Cut(Request, frozen=True, tag="cut"):
    """Close all that this party publishes in a room, or is about to."""

    room: str
    party: str


class LetIn(Request, frozen=True, tag="let_in"):
    """Let a party that was displaced take a room over like anybody."""

    room: str
    party: str


class OpenTap(Request, frozen=True, tag="open_tap"):
    """Send what viewers of a room get to this TCP port on 127.0.0.1 (see `Tap`), the secret first."""

    room: str
    port: int
    secret: str


class ListenOn(Request, frozen=True, tag="listen_on"):
    """Listen on these addresses from now on: the machine has others now; the port stays."""

    listen: list[str]


class ReadStats(Request, frozen=True, tag="read_stats"):
    """Ask for `Stats`."""


class ReadLines(Request, frozen=True, tag="read_lines"):
    """Ask for the `Lines` of one room."""

    room: str


class AskLayer(Request, frozen=True, tag="ask_layer"):
    """Choose a viewer's layer, or only ask which it is."""

    room: str
    resource_id: str
    choice: ChosenLayer | None = None


# --- Worker → backend, as answers ---------------------------------------------------------------------------


class Answered(msgspec.Struct, frozen=True, tag_field="type", tag="answered"):
    """The offer is accepted; `resource_id` cannot be guessed and names the peer from now on."""

    request_id: int
    resource_id: str
    sdp: str


class Done(msgspec.Struct, frozen=True, tag_field="type", tag="done"):
    """It was done, and there is nothing more to say."""

    request_id: int


class Failed(msgspec.Struct, frozen=True, tag_field="type", tag="failed"):
    """It was not done: an HTTP status, a word for programs, a sentence with cause and remedy for people."""

    request_id: int
    status: int
    error: str
    message: str
    by: str = ""


class TrackStats(msgspec.Struct, frozen=True):
    """One track of a room: what came in since the room began.

    Attributes:
        kind: `audio` or `video`.
        lost: packets that never came, not even by resending.
        resent: packets that came late, by resending.
        keyframe_requests: PLI sent to the publisher.
        ring_misses: packets a subscriber asked for that were gone.
    """

    kind: str
    packets: int
    bytes: int
    lost: int
    resent: int
    keyframe_requests: int
    ring_misses: int


class PeerStats(msgspec.Struct, frozen=True):
    """One peer, as of now.

    Attributes:
        bitrate_bps: RTP payload over the last second, in for a publisher, out for a subscriber.
        rtt_ms: smoothed; None until measured: a publisher's by what it sends again.
        loss: part (0..1) lost on the way in the last interval, before resending.
        nacks: resends asked for.
        plis: keyframes asked for.
        dropped: packets the relay could not send.
        allowed_bps: what a publisher was asked to stay under; None for a subscriber.
        connected_s: seconds since it joined.
        estimate_bps: what a subscriber says that its line carries (REMB); None before that.
        estimate_age_s: how long ago it said so.
        lost_share: part (0..1) of what a subscriber was sent that it asked for again, in the last seconds.
        not_resent: packets it asked for again and its line had no room for.
        trouble: why a subscriber does not get all; None where all is well.
    """

    resource_id: str
    role: PeerRole
    is_connected: bool
    remote_address: str
    bitrate_bps: int
    rtt_ms: float | None
    loss: float
    nacks: int
    plis: int
    dropped: int
    allowed_bps: int | None
    connected_s: float
    estimate_bps: int | None = None
    estimate_age_s: float | None = None
    lost_share: float = 0.0
    not_resent: int = 0
    trouble: LineTrouble | None = None


class RoomStats(msgspec.Struct, frozen=True):
    """One room: its tracks and peers, and what is noticed of its stream.

    Attributes:
        publisher: the party that feeds it; empty for none.
        held_back: parties that were displaced and may not publish now.
    """

    room: str
    is_publishing: bool
    conditions: list[StreamCondition]
    tracks: list[TrackStats]
    peers: list[PeerStats]
    publisher: str = ""
    held_back: list[str] = []


class WorkerStats(msgspec.Struct, frozen=True):
    """The worker itself.

    Attributes:
        lag_ms: how late its loop ran, at worst, in the last two seconds.
        cpu_s: CPU seconds used since its start.
        refused_packets: datagrams that belonged to nobody or were malformed.
    """

    pid: int
    fan: FanEngine
    udp_port: int
    lag_ms: float
    cpu_s: float
    received_packets: int
    sent_packets: int
    dropped_packets: int
    refused_packets: int


class Stats(msgspec.Struct, frozen=True, tag_field="type", tag="stats"):
    """The answer to `ReadStats`."""

    request_id: int
    worker: WorkerStats
    rooms: list[RoomStats]


class Lines(msgspec.Struct, frozen=True, tag_field="type", tag="lines"):
    """The answer to `ReadLines`."""

    request_id: int
    lines: ViewerLines


class LayerTold(msgspec.Struct, frozen=True, tag_field="type", tag="layer_told"):
    """The answer to `AskLayer`."""

    request_id: int
    layer: ViewerLayer


# --- Worker → backend, by itself ----------------------------------------------------------------------------


class Ready(msgspec.Struct, frozen=True, tag_field="type", tag="ready"):
    """The worker's first words: it listens."""

    secret: str
    pid: int
    udp_port: int
    fan: FanEngine


class PublisherChanged(msgspec.Struct, frozen=True, tag_field="type", tag="publisher_changed"):
    """A room began or ceased to get media."""

    room: str
    is_publishing: bool


class ConditionsChanged(msgspec.Struct, frozen=True, tag_field="type", tag="conditions_changed"):
    """What is noticed of a room's stream is another."""

    room: str
    conditions: list[StreamCondition]


class TakenOver(msgspec.Struct, frozen=True, tag_field="type", tag="taken_over"):
    """A party publishes in the place of another, which still did."""

    room: str
    by: Contender
    before: Contender


class PeerClosed(msgspec.Struct, frozen=True, tag_field="type", tag="peer_closed"):
    """A peer is gone; `reason` is a word for logs."""

    room: str
    resource_id: str
    reason: str


Ask = Offer | Trickle | Remove | Cut | LetIn | OpenTap | ListenOn | ReadStats | ReadLines | AskLayer
Reply = Answered | Done | Failed | Stats | Lines | LayerTold
Notice = Ready | PublisherChanged | ConditionsChanged | TakenOver | PeerClosed

_encoder = msgspec.msgpack.Encoder()
decode_request = guarded(msgspec.msgpack.Decoder(Ask).decode)
decode_from_worker = guarded(msgspec.msgpack.Decoder(Reply | Notice).decode)
decode_options = guarded(msgspec.json.Decoder(WorkerOptions).decode)
encode_options = msgspec.json.Encoder().encode


def encode_frame(message: Ask | Reply | Notice) -> bytes:
    """A message as it goes over the socket: its length (32 bit, network order), then MessagePack."""
    body = _encoder.encode(message)
    return LENGTH.pack(len(body)) + body


async def read_frame(reader: asyncio.StreamReader) -> bytes:
    """The next message, undecoded.

    Raises:
        asyncio.IncompleteReadError: the other side is gone.
        ValueError: the frame is longer than `MAX_FRAME_BYTES`.
    """
    (length,) = LENGTH.unpack(await reader.readexactly(LENGTH.size))
    if length > MAX_FRAME_BYTES:
        raise ValueError(f"expected a frame of at most {MAX_FRAME_BYTES} bytes, got {length}")
    return await reader.readexactly(length)
