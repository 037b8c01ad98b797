"""The one contract of studio, backend and player: commands go up, events come down, all as tagged JSON.

A frame on the socket is one `ClientMessage` (up) or one `ServerMessage` (down). Events travel in three lanes:

* reliable: numbered per room (`epoch`, `seq`), kept in a ring, sent again after a lost connection
  (`Resumed`);
* sampled: the first to be dropped when a client is slow (presence, danmu of the crowd, likes);
* private: for one connection, one user or the staff alone (`Accepted`, `Rejected`, `Private`).

Times are the server's, in milliseconds since 1970 (UTC). Money is an integer of the currency's minor unit
(fen). What concerns a room's people (danmu, likes, moderation and so on) stands in `backend.contract`.
"""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.base import AssistantRight as AssistantRight
from backend.contract.base import Message as Message
from backend.contract.base import Role as Role
from backend.contract.bounds import Id, Name, UpTo
from backend.contract.chat import NO_RULES, Danmu, Pinned, Poll, ProductRequest, RoomRules
from backend.contract.chat_commands import ChatCommand
from backend.contract.chat_events import ChatReliableEvent, ChatSampledEvent, PrivateEvent
from backend.contract.decoding import guarded
from backend.contract.gifts import Ranking
from backend.contract.shop import Conflict
from backend.contract.shop import Product as Product
from backend.contract.stream import StreamCondition as StreamCondition

PROTOCOL_VERSION: Final = 1
MAX_CLIENT_MESSAGE_BYTES: Final = 16 * 1024
Password = Annotated[str, UpTo(2 * 128)]


# --- What the messages carry ---


class LivePhase(StrEnum):
    """Where the live session stands; the player shows each in its own way."""

    PREVIEW = "preview"
    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"


class RejectReason(StrEnum):
    """Why a command was refused; a reason the user can act on."""

    FORBIDDEN = "forbidden"
    UNKNOWN_PRODUCT = "unknown_product"
    NOT_LIVE = "not_live"
    ALREADY = "already"
    TOO_FAST = "too_fast"
    MALFORMED = "malformed"
    MUTED = "muted"  # `retry_ms` tells for how long, 0 for the rest of this live session
    BLOCKED = "blocked"
    CHAT_PAUSED = "chat_paused"
    FOLLOWERS_ONLY = "followers_only"
    ACCOUNTS_ONLY = "accounts_only"  # guests may not: it needs an account
    SLOW_MODE = "slow_mode"  # `retry_ms` tells when the next danmu may come
    LINKS_OFF = "links_off"
    BLOCKED_WORD = "blocked_word"
    NAME_UNAVAILABLE = (
        "name_unavailable"  # another's, or too much like one: a role's, an account's, the staff's
    )
    EMPTY = "empty"  # nothing readable is left of the text
    TOO_LONG = "too_long"
    IS_STAFF = "is_staff"  # host and assistants are not muted or blocked
    UNKNOWN_DANMU = "unknown_danmu"
    UNKNOWN_USER = "unknown_user"
    UNKNOWN_POLL = "unknown_poll"
    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_ASSISTANT = "unknown_assistant"
    TOO_MANY = "too_many"
    WRONG_CODE = "wrong_code"  # unknown, used, or out of date
    UNKNOWN_GIFT = "unknown_gift"
    NOT_ENOUGH_COINS = "not_enough_coins"
    CONFLICT = "conflict"  # somebody else changed it meanwhile: see `Rejected.conflict`
    UNAVAILABLE = "unavailable"  # the backend could not store it (a full disk); its log names the cause


class Card(msgspec.Struct, frozen=True):
    """The explain card (讲解卡) on air."""

    product: Product
    shown_at_ms: int


class Live(msgspec.Struct, frozen=True):
    """The live session (场次) of a room.

    Attributes:
        phase: preview, live, paused or ended.
        session_id: names this session; empty before the first.
        started_at_ms: when it went live; None before the first.
        is_publishing: whether the relay gets the host's stream now; False while live means: show the slate.
        reason: what led here, in a word for logs and the host (`host`, `publisher`,
            `publisher_lost_timeout`).
        conditions: what viewers cannot see or hear of the stream, and why, as far as the relay notices.
    """

    phase: LivePhase
    session_id: str = ""
    started_at_ms: int | None = None
    is_publishing: bool = False
    reason: str = ""
    conditions: list[StreamCondition] = []


class Presence(msgspec.Struct, frozen=True):
    """How many viewers are in the room: connections of distinct viewers; no robots, no invented numbers."""

    viewers: int
    peak: int


# --- Commands: imperatives, from a panel or a player ---


class ShowCard(Message, frozen=True, tag="show_card"):
    """Put the product's card on every viewer's screen, instead of the one that is there."""

    product_id: Id


class HideCard(Message, frozen=True, tag="hide_card"):
    """Take the card off."""


class GoLive(Message, frozen=True, tag="go_live"):
    """Begin a live session; while one is live or paused it goes on instead."""


class PauseLive(Message, frozen=True, tag="pause_live"):
    """Say that the host will be right back."""


class ResumeLive(Message, frozen=True, tag="resume_live"):
    """Go on after a pause."""


class EndLive(Message, frozen=True, tag="end_live"):
    """End the live session."""


LiveCommand = ShowCard | HideCard | GoLive | PauseLive | ResumeLive | EndLive
Command = LiveCommand | ChatCommand


# --- What a client sends ---


class Join(Message, frozen=True, tag="join"):
    """The first message: what the client has seen. `epoch` is empty and `seq` 0 when it has seen nothing."""

    epoch: Id = ""
    seq: int = 0


class Ping(Message, frozen=True, tag="ping"):
    """Keeps the connection and measures the clock: `sent_at_ms`, of the client's own clock, comes back."""

    sent_at_ms: float


class Act(Message, frozen=True, tag="act"):
    """A command, under a number of the client's by which the answer names it."""

    request_id: int
    command: Command


ClientMessage = Join | Ping | Act


# --- Events: past tense, down to all ---


class CardShown(Message, frozen=True, tag="card_shown"):
    """The card every viewer now sees."""

    card: Card


class CardHidden(Message, frozen=True, tag="card_hidden"):
    """No card is on air."""


class LiveChanged(Message, frozen=True, tag="live_changed"):
    """The live session changed: it began, paused, ended, lost its publisher or got it back."""

    live: Live


class ProductsChanged(Message, frozen=True, tag="products_changed"):
    """The catalogue changed; read it again."""


class PresenceChanged(Message, frozen=True, tag="presence_changed"):
    """How many are in the room, at most once a second."""

    presence: Presence


ReliableEvent = CardShown | CardHidden | LiveChanged | ProductsChanged | ChatReliableEvent
SampledEvent = PresenceChanged | ChatSampledEvent
Event = ReliableEvent | SampledEvent | PrivateEvent


# --- What the server sends ---


class Hello(Message, frozen=True, tag="hello"):
    """The server's first words on a connection."""

    protocol: int
    server_time_ms: int
    role: Role
    user_id: str


class Snapshot(Message, frozen=True, tag="snapshot"):
    """All that a newcomer needs: the state as of `seq` of this `epoch`.

    Attributes:
        danmu: the last ones, at most 50, oldest first.
        danmu_total: how many there were in this session.
        likes: of this session.
        poll: the open one, or the last one of this session; None before the first.
        requests: the most wanted products first.
        ranking: who gave most in this session.
    """

    epoch: str
    seq: int
    title: str
    live: Live
    card: Card | None
    presence: Presence
    danmu: list[Danmu] = msgspec.field(default_factory=list)
    danmu_total: int = 0
    likes: int = 0
    pinned: Pinned | None = None
    rules: RoomRules = NO_RULES
    poll: Poll | None = None
    followers: int = 0
    check_ins: int = 0
    requests: list[ProductRequest] = msgspec.field(default_factory=list)
    ranking: Ranking = Ranking()


class Resumed(Message, frozen=True, tag="resumed"):
    """What the client missed follows, each event with its own seq, up to `seq`."""

    epoch: str
    seq: int


class Reliable(Message, frozen=True, tag="reliable"):
    """An event nobody may miss; `seq` grows by one."""

    seq: int
    event: ReliableEvent


class Sampled(Message, frozen=True, tag="sampled"):
    """Events a slow client may miss."""

    events: list[SampledEvent]


class Private(Message, frozen=True, tag="private"):
    """An event for you, or for the staff, alone; it has no number and is not sent again."""

    event: PrivateEvent


class Pong(Message, frozen=True, tag="pong"):
    """The answer to `Ping`."""

    sent_at_ms: float
    server_time_ms: int


class Accepted(Message, frozen=True, tag="accepted"):
    """The command was carried out; its effect comes as an event."""

    request_id: int


class Rejected(Message, frozen=True, tag="rejected"):
    """The command was refused and changed nothing; only its sender is told."""

    request_id: int
    reason: RejectReason
    retry_ms: int = 0
    conflict: Conflict | None = None


ServerMessage = Hello | Snapshot | Resumed | Reliable | Sampled | Private | Pong | Accepted | Rejected


# --- What HTTP carries ---


class Admission(msgspec.Struct, frozen=True):
    """What `POST /api/rooms/<room>/enter` gives: who you are, and how to come in.

    Attributes:
        token: signed; keep it to be the same viewer next time.
        ticket: opens one socket once, within 30 s.
        socket_path: path of the WebSocket, without the ticket.
        whep_path: path of the WHEP endpoint.
        account_name: of the account you are signed in to; empty for guests and staff.
    """

    token: str
    role: Role
    user_id: str
    ticket: str
    socket_path: str
    whep_path: str
    account_name: str = ""


class Credentials(msgspec.Struct, frozen=True):
    """What `POST /api/rooms/<room>/account` and `/sign-in` take; passwords have 8 to 128 characters."""

    name: Name
    password: Password


class NewPassword(msgspec.Struct, frozen=True):
    """What `POST /api/rooms/<room>/account/password` takes."""

    old: Password
    new: Password


class Redemption(msgspec.Struct, frozen=True):
    """What `POST /api/rooms/<room>/assist` takes: a code that the host gave, and a name to go by."""

    code: Id
    name: Name


class Catalog(msgspec.Struct, frozen=True):
    """What `GET /api/rooms/<room>/products` gives, in the host's order."""

    products: list[Product]


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A rejection over HTTP: a word for programs and a sentence with cause and remedy for people.

    Attributes:
        by: the name of who is in the way; empty where nobody is, or has none.
    """

    error: str
    message: str
    by: str = ""


encode = msgspec.json.Encoder().encode
decode_client_message = guarded(msgspec.json.Decoder(ClientMessage).decode)
decode_server_message = guarded(msgspec.json.Decoder(ServerMessage).decode)
