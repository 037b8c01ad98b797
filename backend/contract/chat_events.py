"""What is told of a room's people: reliable, sampled, or to one user or the staff alone."""

from backend.contract.base import Message
from backend.contract.chat import (
    Author,
    Danmu,
    LiveStats,
    MinuteStats,
    Pinned,
    Poll,
    ProductRequest,
    Question,
    RoomRules,
    Sanction,
    You,
)
from backend.contract.chat_commands import ModerationAction
from backend.contract.gifts import GiftsSent, RankingChanged, WalletChanged
from backend.contract.shop import ProductChanged
from backend.contract.staff import AssistantsChanged, YouWereDismissed
from backend.contract.stream import StreamTakenOver


class StaffDanmuSent(Message, frozen=True, tag="staff_danmu_sent"):
    """The host or an assistant said something: nobody misses it."""

    danmu: Danmu


class PaidDanmuSent(Message, frozen=True, tag="paid_danmu_sent"):
    """What viewers said with their gifts, oldest first: nobody misses it."""

    danmu: list[Danmu]


class DanmuDeleted(Message, frozen=True, tag="danmu_deleted"):
    """These danmu are gone; take them from the screen and the list."""

    danmu_ids: list[int]


class DanmuRestored(Message, frozen=True, tag="danmu_restored"):
    """These danmu are back, each at its place by `danmu_id`."""

    danmu: list[Danmu]


class DanmuPinned(Message, frozen=True, tag="danmu_pinned"):
    """A danmu stands above the chat now."""

    pinned: Pinned


class DanmuUnpinned(Message, frozen=True, tag="danmu_unpinned"):
    """No danmu stands above the chat: its time is over, or it was taken down."""


class RoomRulesChanged(Message, frozen=True, tag="room_rules_changed"):
    """The rules of the chat as they are now."""

    rules: RoomRules


class PollOpened(Message, frozen=True, tag="poll_opened"):
    """A poll takes votes."""

    poll: Poll


class PollClosed(Message, frozen=True, tag="poll_closed"):
    """A poll's result."""

    poll: Poll


class QuestionAnswered(Message, frozen=True, tag="question_answered"):
    """A question of the chat was answered, once for all who asked."""

    question: Question


class LikeMilestoneReached(Message, frozen=True, tag="like_milestone_reached"):
    """The session's likes passed a round number."""

    likes: int


class DanmuSent(Message, frozen=True, tag="danmu_sent"):
    """What the crowd said since the last such event; under a flood a sample of it.

    Attributes:
        danmu: those shown, oldest first; none where only staff spoke, or words came with gifts.
        total: how many there were in this session in all, shown or not.
    """

    danmu: list[Danmu]
    total: int


class LikesChanged(Message, frozen=True, tag="likes_changed"):
    """The exact likes of this session, and how many came since the last such event."""

    total: int
    recent: int


class EntriesShown(Message, frozen=True, tag="entries_shown"):
    """A few of those who came in lately; not who came back within 30 s of leaving."""

    authors: list[Author]


class RequestsChanged(Message, frozen=True, tag="requests_changed"):
    """Which products viewers ask to have explained, the most wanted first, at most 20."""

    requests: list[ProductRequest]


class PollChanged(Message, frozen=True, tag="poll_changed"):
    """The votes of the open poll so far."""

    poll: Poll


class FollowersChanged(Message, frozen=True, tag="followers_changed"):
    """How many follow the host."""

    followers: int


class CheckInsChanged(Message, frozen=True, tag="check_ins_changed"):
    """How many checked in in this session."""

    check_ins: int


class DanmuEchoed(Message, frozen=True, tag="danmu_echoed"):
    """Your own danmu, as all see it; it may come in `DanmuSent` too: show it once, by its id."""

    danmu: Danmu


class YouChanged(Message, frozen=True, tag="you_changed"):
    """What is known of you: told after each snapshot or resumption, and whenever it changes."""

    you: You


class YouWereBlocked(Message, frozen=True, tag="you_were_blocked"):
    """You are put out of this room; the connection closes, and coming back is of no use."""

    reason: str


class QuestionsFolded(Message, frozen=True, tag="questions_folded"):
    """To staff: the unanswered questions, the most asked first, at most 30."""

    questions: list[Question]


class Moderated(Message, frozen=True, tag="moderated"):
    """To staff: a moderator did something."""

    action: ModerationAction


class SanctionsChanged(Message, frozen=True, tag="sanctions_changed"):
    """To staff: who is muted and who is blocked."""

    muted: list[Sanction]
    blocked: list[Sanction]


class BlockedWordsChanged(Message, frozen=True, tag="blocked_words_changed"):
    """To staff: the blocked words set in the studio; `file_words` counts those of the server's file."""

    words: list[str]
    file_words: int
    version: int = 0


class LiveStatsChanged(Message, frozen=True, tag="live_stats_changed"):
    """To staff who may see the numbers, once a second: how the live session is doing."""

    stats: LiveStats


class StaffSnapshot(Message, frozen=True, tag="staff_snapshot"):
    """To staff, after each snapshot or resumption: all that only staff see, as far as their rights go.

    Attributes:
        stats: None without the right to see the numbers.
        actions: the last 100 things moderators did, oldest first.
        minutes: the last 180 minutes of this session, oldest first.
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
    | QuestionAnswered
    | LikeMilestoneReached
    | GiftsSent
    | ProductChanged
)
ChatSampledEvent = (
    DanmuSent
    | LikesChanged
    | EntriesShown
    | RequestsChanged
    | PollChanged
    | FollowersChanged
    | CheckInsChanged
    | RankingChanged
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
)
