"""What the nodes of a backend say to each other over the bus, as MessagePack.

Between each node and a room's owner runs one stream up and one down, each numbered: who finds a number
missing asks to begin anew (`Attach`).
"""

from typing import Final
from urllib.parse import quote

import msgspec

from backend.contract.base import Message
from backend.contract.decoding import guarded
from backend.contract.protocol import Command, Snapshot
from backend.contract.stream import ChosenLayer, StreamCondition, ViewerLayer
from backend.features.actor import Actor
from backend.features.deliveries import Rejection
from backend.features.feature_set import InnerCommand
from backend.identity.auth import Claims
from backend.relay.messages import PeerRole
from backend.relay.outcomes import Answer, RelayProblem
from backend.relay.succession import Contender

# --- A node to the owner of a room ---


class Attach(Message, frozen=True, tag="attach"):
    """Begin the streams: the node knows the events up to `seq` of `epoch`; empty where it knows none.

    Attributes:
        ask: names this beginning; what was answered once is not answered again: it would end the streams.
    """

    ask: int
    epoch: str
    seq: int


class Admit(Message, frozen=True, tag="admit"):
    """A client came in on this node; `line_id` names its connection from now on."""

    line_id: int
    actor: Actor


class Dismiss(Message, frozen=True, tag="dismiss"):
    """That connection ended."""

    line_id: int


class Execute(Message, frozen=True, tag="execute"):
    """A command of a client on this node; `Executed` answers under the same number.

    Attributes:
        received_at_ms: when the node got it; None where that does not matter.
    """

    call_id: int
    actor: Actor
    command: Command | InnerCommand
    received_at_ms: int | None = None


class AskAdmits(Message, frozen=True, tag="ask_admits"):
    """May the actor come in with their token's role, or buy? `Executed` answers under the same number."""

    call_id: int
    actor: Actor
    is_to_buy: bool = False


class AskSnapshot(Message, frozen=True, tag="ask_snapshot"):
    """Send the room as it is now."""


class Publishing(Message, frozen=True, tag="publishing"):
    """Whether this node's relay gets the room's stream."""

    is_publishing: bool


class Noticed(Message, frozen=True, tag="noticed"):
    """What this node's relay notices of the room's stream."""

    conditions: list[StreamCondition]


class Here(Message, frozen=True, tag="here"):
    """The node is alive and listens."""


UpMessage = Attach | Admit | Dismiss | Execute | AskAdmits | AskSnapshot | Publishing | Noticed | Here


class Up(msgspec.Struct, frozen=True):
    """A message on the way up.

    Attributes:
        node_id: who sends it.
        term: whom it is for: the owner of this term; `Attach` is for any.
        number: 0 for `Attach`, then 1, 2, 3 …
    """

    node_id: str
    term: int
    number: int
    message: UpMessage


# --- The owner of a room to a node ---


class Attached(Message, frozen=True, tag="attached"):
    """The streams begin.

    Attributes:
        ask: that of the `Attach` that this answers.
        first_seq: the number of the first event that follows.
        snapshot: the room as it is now; it holds what the events up to its `seq` say.
        media_node: see `MediaMoved`.
    """

    ask: int
    first_seq: int
    snapshot: Snapshot
    media_node: str


class FanoutBatch(Message, frozen=True, tag="fanout_batch"):
    """Events for all, as clients get them."""

    payloads: list[bytes]


class Snapped(Message, frozen=True, tag="snapped"):
    """The room as it is now, at this place of the stream."""

    snapshot: Snapshot


class ToLine(Message, frozen=True, tag="to_line"):
    """A message for one connection."""

    line_id: int
    payload: bytes


class CutLine(Message, frozen=True, tag="cut_line"):
    """Close a connection."""

    line_id: int
    code: int
    reason: str


class Executed(Message, frozen=True, tag="executed"):
    """What came of a command; `rejection` None where it is done."""

    call_id: int
    rejection: Rejection | None


class MediaMoved(Message, frozen=True, tag="media_moved"):
    """Which node's relay gets the room's stream; empty for none."""

    node_id: str


class Beat(Message, frozen=True, tag="beat"):
    """The owner is alive."""


class AttachAgain(Message, frozen=True, tag="attach_again"):
    """A number was missing on the way up, or the node is not known here."""


DownMessage = Attached | FanoutBatch | Snapped | ToLine | CutLine | Executed | MediaMoved | Beat | AttachAgain


class Down(msgspec.Struct, frozen=True):
    """A message on the way down; `number` is 0 for `Attached`, and grows by one."""

    term: int
    number: int
    message: DownMessage


class OwnerChanged(msgspec.Struct, frozen=True):
    """To all nodes: the room has a new owner."""

    term: int


# --- A node to another ---


class OfferThere(Message, frozen=True, tag="offer_there"):
    """Let a client that came to me from this address watch at your relay, or publish there."""

    room: str
    role: PeerRole
    sdp: str
    address: str = ""
    by: Contender = Contender()


class RemoveThere(Message, frozen=True, tag="remove_there"):
    """Close a session at your relay."""

    room: str
    resource_id: str


class TrickleThere(Message, frozen=True, tag="trickle_there"):
    """Take in a PATCH of a session at your relay."""

    room: str
    resource_id: str
    fragment: str


class AskLayerThere(Message, frozen=True, tag="ask_layer_there"):
    """Tell which layer a viewer of yours gets; they choose one first where that is given."""

    room: str
    resource_id: str
    choice: ChosenLayer | None


class RedeemTicket(Message, frozen=True, tag="redeem_ticket"):
    """Use a ticket up that you issued."""

    room: str
    ticket: str


Ask = OfferThere | RemoveThere | TrickleThere | AskLayerThere | RedeemTicket


class Reply(msgspec.Struct, frozen=True):
    """What comes of an `Ask`: one of these; none where a session was closed, or a ticket is worth nothing."""

    answer: Answer | None = None
    problem: RelayProblem | None = None
    claims: Claims | None = None
    layer: ViewerLayer | None = None


def up_subject(room_id: str) -> str:
    """Name where the owner of a room listens, whoever that is."""
    return f"livestall.room.{_token(room_id)}.up"


def down_subject(room_id: str, node_id: str) -> str:
    """Name where a node hears from the owner of a room."""
    return f"livestall.room.{_token(room_id)}.down.{node_id}"


def owner_subject(room_id: str) -> str:
    """Name where all nodes hear of a room's new owner."""
    return f"livestall.room.{_token(room_id)}.owner"


def mail_subject(room_id: str) -> str:
    """Name where the owner of a room hears that something waits for it in the database."""
    return f"livestall.room.{_token(room_id)}.mail"


def node_subject(node_id: str) -> str:
    """Name where a node takes questions."""
    return f"livestall.node.{node_id}"


def _token(name: str) -> str:
    # Dots, stars and blanks mean something in a subject.
    return quote(name, safe="").replace(".", "%2E").replace("*", "%2A")


encode: Final = msgspec.msgpack.Encoder().encode
decode_up: Final = guarded(msgspec.msgpack.Decoder(Up).decode)
decode_down: Final = guarded(msgspec.msgpack.Decoder(Down).decode)
decode_owner_changed: Final = guarded(msgspec.msgpack.Decoder(OwnerChanged).decode)
decode_ask: Final = guarded(msgspec.msgpack.Decoder(Ask).decode)
decode_reply: Final = guarded(msgspec.msgpack.Decoder(Reply).decode)
