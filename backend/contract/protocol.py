"""The one contract of studio, backend and player: commands go up, events come down, all as tagged JSON.

A frame on the socket is one `ClientMessage` (up) or one `ServerMessage` (down). Events travel in three lanes:

* reliable: numbered per room (`epoch`, `seq`), kept in a ring, sent again after a lost connection
  (`Resumed`);
* sampled: the first to be dropped when a client is slow (presence, danmu of the crowd, likes);
* private: for one connection, one user or the staff alone (`Accepted`, `Rejected`, `Private`).

Times are the server's, in milliseconds since 1970 (UTC). Money is an integer of the currency's minor unit.
Each feature's commands and events stand in its own file of `backend.contract`.
"""

from typing import Final

import msgspec

from backend.contract.auctions import PlaceBid
from backend.contract.audience import (
    CheckIn,
    CheckInsChanged,
    Follow,
    FollowersChanged,
    JoinsShown,
    LikeMilestoneReached,
    LikesChanged,
    ProductRequest,
    RequestProduct,
    RequestsChanged,
    SendLikes,
    SetNickname,
    Unfollow,
    YouChanged,
)
from backend.contract.base import Message, RejectReason, Role
from backend.contract.bounds import Id
from backend.contract.campaigns import Campaign, CampaignChanged
from backend.contract.cards import Card, CardHidden, CardShown, HideCard, ProductsExplained, ShowCard
from backend.contract.chat import (
    NO_RULES,
    AnswerQuestion,
    BlockedWordsChanged,
    Danmu,
    DanmuDeleted,
    DanmuEchoed,
    DanmuPinned,
    DanmuRestored,
    DanmuSent,
    DanmuUnpinned,
    Moderated,
    ModerationAction,
    ModerationCommand,
    PaidDanmuSent,
    Pinned,
    Question,
    QuestionAnswered,
    QuestionsFolded,
    RoomRules,
    RoomRulesChanged,
    Sanction,
    SanctionsChanged,
    SendDanmu,
    StaffDanmuSent,
    YouWereBlocked,
)
from backend.contract.countdown import Countdown, CountdownChanged, CountdownCommand
from backend.contract.coupons import CouponCommand, CouponsChanged, ShownCoupon
from backend.contract.decoding import guarded
from backend.contract.draws import DrawCommand
from backend.contract.erasing import PersonErased
from backend.contract.gifts import GiftCommand, GiftsSent, Ranking, RankingChanged, WalletChanged
from backend.contract.guests import Guest, GuestCommand, GuestEnded, GuestQueueChanged, GuestsChanged
from backend.contract.insights import LiveStats, LiveStatsChanged, MinuteStats
from backend.contract.live import (
    EndLive,
    GoLive,
    Live,
    LiveChanged,
    PauseLive,
    Presence,
    PresenceChanged,
    ResumeLive,
)
from backend.contract.playout import PlayoutChanged, ReportPlayout
from backend.contract.polls import (
    ClosePoll,
    OpenPoll,
    Poll,
    PollChanged,
    PollClosed,
    PollOpened,
    ReopenPoll,
    Vote,
)
from backend.contract.profile import RoomProfile, RoomProfileChanged, SetRoomProfile
from backend.contract.red_packets import ClaimPacket
from backend.contract.runofshow import RunCommand, RunOfShow, RunOfShowChanged
from backend.contract.shop import Conflict, EditProduct, ProductChanged, ProductsChanged
from backend.contract.shop_events import OrderBrief, OrderChanged, ProductStock, StockChanged, StockCounted
from backend.contract.staff import AssistantCommand, AssistantsChanged, YouWereDismissed
from backend.contract.stream import StreamTakenOver
from backend.contract.wheels import SpinWheel

PROTOCOL_VERSION: Final = 2
MAX_CLIENT_MESSAGE_BYTES: Final = 16 * 1024


# --- Commands: imperatives, from a panel or a player ---


ChatCommand = (
    SendDanmu
    | SendLikes
    | Follow
    | Unfollow
    | RequestProduct
    | CheckIn
    | SetNickname
    | OpenPoll
    | Vote
    | ClosePoll
    | ReopenPoll
    | CountdownCommand
    | CouponCommand
    | AnswerQuestion
    | GiftCommand
    | ClaimPacket
    | DrawCommand
    | SpinWheel
    | PlaceBid
    | ModerationCommand
    | AssistantCommand
    | EditProduct
    | RunCommand
    | SetRoomProfile
    | ReportPlayout
    | GuestCommand
)
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


class StaffSnapshot(Message, frozen=True, tag="staff_snapshot"):
    """To staff, after each snapshot or resumption: all that only staff see, as far as their rights go.

    Attributes:
        stats: None without the right to see the numbers.
        actions: the last 100 things moderators did, oldest first.
        minutes: the last 180 minutes of this session, oldest first.
        orders: the last ones, at most 20, oldest first; none without the right to see them.
        run: the run of show; None without the right to products.
        explained: see `ProductsExplained`; empty without the right to products.
        guests: see `GuestQueueChanged`; empty without the right to guests.
        playout_ms: see `PlayoutChanged`; None without the right to campaigns, and while nobody reported.
    """

    stats: LiveStats | None
    minutes: list[MinuteStats]
    questions: list[Question]
    actions: list[ModerationAction]
    muted: list[Sanction]
    blocked: list[Sanction]
    blocked_words: list[str]
    file_words: int
    words_version: int = 0
    orders: list[OrderBrief] = msgspec.field(default_factory=list)
    run: RunOfShow | None = None
    explained: dict[str, int] = msgspec.field(default_factory=dict)
    playout_ms: int | None = None
    guests: list[Guest] = msgspec.field(default_factory=list)


ChatReliableEvent = (
    StaffDanmuSent
    | PaidDanmuSent
    | DanmuDeleted
    | DanmuRestored
    | DanmuPinned
    | DanmuUnpinned
    | RoomRulesChanged
    | PollOpened
    | PollClosed
    | CountdownChanged
    | CouponsChanged
    | QuestionAnswered
    | LikeMilestoneReached
    | GiftsSent
    | ProductChanged
    | RoomProfileChanged
    | PersonErased
    | CampaignChanged
    | GuestsChanged
)
ChatSampledEvent = (
    DanmuSent
    | LikesChanged
    | JoinsShown
    | RequestsChanged
    | PollChanged
    | FollowersChanged
    | CheckInsChanged
    | RankingChanged
    | StockChanged
)
PrivateEvent = (
    DanmuEchoed
    | YouChanged
    | WalletChanged
    | YouWereBlocked
    | QuestionsFolded
    | Moderated
    | SanctionsChanged
    | BlockedWordsChanged
    | LiveStatsChanged
    | StaffSnapshot
    | AssistantsChanged
    | YouWereDismissed
    | StreamTakenOver
    | OrderChanged
    | StockCounted
    | RunOfShowChanged
    | ProductsExplained
    | PlayoutChanged
    | GuestQueueChanged
    | GuestEnded
)
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
        title: what the room is called in the shop's language where its profile has no title.
        danmu: the last ones, at most 50, oldest first.
        danmu_total: how many there were in this session.
        likes: of this session.
        poll: the open one, or the last one of this session; None before the first.
        requests: the most wanted products first.
        ranking: who gave most in this session.
        stock: what is left of products that were bought lately; of others, what the catalogue says.
        guests: who is on air beside the host, by seat.
        campaigns: of this session, those that run and the last of those that are over, the newest last.
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
    countdown: Countdown | None = None
    followers: int = 0
    check_ins: int = 0
    requests: list[ProductRequest] = msgspec.field(default_factory=list)
    ranking: Ranking = Ranking()
    stock: list[ProductStock] = msgspec.field(default_factory=list)
    profile: RoomProfile = RoomProfile()
    coupons: list[ShownCoupon] = msgspec.field(default_factory=list)
    campaigns: list[Campaign] = msgspec.field(default_factory=list)
    guests: list[Guest] = msgspec.field(default_factory=list)
    are_guest_requests_open: bool = False


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
    """The command was refused and changed nothing; only its sender gets this."""

    request_id: int
    reason: RejectReason
    retry_ms: int = 0
    conflict: Conflict | None = None


ServerMessage = Hello | Snapshot | Resumed | Reliable | Sampled | Private | Pong | Accepted | Rejected


encode = msgspec.json.Encoder().encode
decode_client_message = guarded(msgspec.json.Decoder(ClientMessage).decode)
decode_server_message = guarded(msgspec.json.Decoder(ServerMessage).decode)
