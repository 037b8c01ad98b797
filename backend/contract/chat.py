"""What the messages about a room's people carry: danmu, likes, polls, questions, moderation, numbers."""

from typing import Final

import msgspec

from backend.contract.base import AssistantRight, Role


class Author(msgspec.Struct, frozen=True):
    """Who said or did something in the room, as others see them.

    Attributes:
        user_id: names the user in this room.
        name: plain text, at most 20 characters, never empty.
        role: host and assistant wear a badge.
        is_follower: whether they followed the host then.
    """

    user_id: str
    name: str
    role: Role
    is_follower: bool


class Reply(msgspec.Struct, frozen=True):
    """Which danmu another one answers (@reply)."""

    danmu_id: int
    user_id: str
    name: str


class Danmu(msgspec.Struct, frozen=True):
    """A message of somebody in the room (弹幕).

    Attributes:
        danmu_id: grows with each danmu of the room, over all its sessions.
        text: plain text, 1 to 100 characters (code points) as they were written (NFC), without control,
            bidi and invisible characters.
        sent_at_ms: when the server took it.
        reply_to: which danmu it answers; None where it answers none.
        coins: what the gift cost that it came with; 0 where it came with none.
    """

    danmu_id: int
    author: Author
    text: str
    sent_at_ms: int
    reply_to: Reply | None
    coins: int = 0


class Pinned(msgspec.Struct, frozen=True):
    """The danmu that stands above the chat until `until_ms`."""

    danmu: Danmu
    until_ms: int


class RoomRules(msgspec.Struct, frozen=True):
    """What viewers must keep to; host and assistants need not.

    Attributes:
        slow_mode_s: seconds between two danmu of one viewer, 0 (off) to 3,600.
        followers_only: only who follows the host may write.
        links_off: danmu with addresses are refused.
        is_chat_paused: nobody may write for now.
        votes_for_accounts, likes_for_accounts, follows_for_accounts: guests may not; to be one costs nothing.
        version: grows with each change; who sets rules sends the one they saw. 0 sets them whatever there is.
    """

    slow_mode_s: int
    followers_only: bool
    links_off: bool
    is_chat_paused: bool
    version: int = 0
    votes_for_accounts: bool = False
    likes_for_accounts: bool = False
    follows_for_accounts: bool = False


NO_RULES: Final = RoomRules(
    slow_mode_s=0, followers_only=False, links_off=False, is_chat_paused=False, version=1
)


class PollOption(msgspec.Struct, frozen=True):
    """One answer of a poll and how many chose it."""

    text: str
    votes: int


class Poll(msgspec.Struct, frozen=True):
    """A question to the room with 2 to 6 answers; one vote a user, which stands.

    Attributes:
        ends_at_ms: when it closes by itself; None for never.
        is_closed: whether votes are still taken.
    """

    poll_id: int
    question: str
    options: list[PollOption]
    opened_at_ms: int
    ends_at_ms: int | None
    is_closed: bool


class ProductRequest(msgspec.Struct, frozen=True):
    """How many viewers ask the host to explain a product (求讲解); it falls to 0 when its card is shown."""

    product_id: str
    count: int


class Question(msgspec.Struct, frozen=True):
    """One question of the chat, however many asked it.

    Attributes:
        text: as it was first asked.
        count: how many distinct viewers asked it.
        asked_by: names of the first few of them.
        answer: what staff wrote; None while unanswered, empty when it was answered aloud.
    """

    question_id: int
    text: str
    count: int
    asked_by: list[str]
    first_asked_at_ms: int
    last_asked_at_ms: int
    answer: str | None


class Mute(msgspec.Struct, frozen=True):
    """Why somebody may not write, and until when; `until_ms` None for the rest of this live session."""

    until_ms: int | None
    reason: str


class You(msgspec.Struct, frozen=True):
    """What only you are told about yourself.

    Attributes:
        mute: None while you may write.
        requested: ids of the products you asked to have explained.
        vote: the index of the answer you chose in the open poll; None before.
        rights: what you may do as staff; the host has all.
        rights_until_ms: when an assistant's rights end by themselves; None for all others.
    """

    user_id: str
    name: str
    role: Role
    is_follower: bool
    has_checked_in: bool
    mute: Mute | None
    requested: list[str]
    vote: int | None
    rights: list[AssistantRight] = []
    rights_until_ms: int | None = None


class Sanction(msgspec.Struct, frozen=True):
    """A mute or block in force, as staff see it; `until_ms` None for this session, or for good."""

    user_id: str
    name: str
    until_ms: int | None
    reason: str
    by_name: str
    since_ms: int


class Activity(msgspec.Struct, frozen=True):
    """What happened in a span of time, counted from the session's event log.

    Attributes:
        entries: how often somebody came in; who is back within 30 s of leaving did not come in again.
        coins: the gifts' price.
    """

    entries: int
    danmu: int
    likes: int
    follows: int
    gifts: int
    coins: int = 0


class MinuteStats(msgspec.Struct, frozen=True):
    """One minute of a session; `viewers` is the most that were in the room at once."""

    started_at_ms: int
    viewers: int
    activity: Activity


class SourceCount(msgspec.Struct, frozen=True):
    """How many entries came by links with this tag; an empty one means by a link without."""

    source: str
    entries: int


class LiveStats(msgspec.Struct, frozen=True):
    """How the live session is doing, for staff.

    Attributes:
        total: since the session began.
        last_minute: in the last 60 s.
        sources: where the entries came from, most first; the first six.
    """

    at_ms: int
    viewers: int
    peak: int
    followers: int
    total: Activity
    last_minute: Activity
    sources: list[SourceCount] = []
