"""The chat: danmu, pins, questions, moderation, and the rules of the room."""

from typing import Annotated, Final

import msgspec

from backend.contract.base import Author, Message
from backend.contract.bounds import MAX_REASON, Id, Reason, UpTo
from backend.contract.words_of import WordsOf

MAX_DANMU: Final = 100
MAX_USER_ID: Final = 64  # of whom a moderator mutes or blocks
SLOW_SECONDS: Final = range(3600 + 1)
MUTE_SECONDS: Final = range(86_400 + 1)
PIN_SECONDS: Final = range(5, 3600 + 1)
MAX_BLOCKED_WORDS: Final = 5000
MAX_BLOCKED_WORD: Final = 50
Text = Annotated[str, UpTo(2 * MAX_DANMU)]
ReasonAboutUser = Annotated[str, UpTo(MAX_REASON), WordsOf("user_id")]


class Reply(msgspec.Struct, frozen=True):
    """Which danmu another one answers (@reply)."""

    danmu_id: int
    user_id: str
    name: Annotated[str, WordsOf("user_id")]


class Danmu(msgspec.Struct, frozen=True):
    """A message of a user in the room (弹幕).

    Attributes:
        danmu_id: grows with each danmu of the room, over all its sessions.
        text: plain text, 1 to 100 characters (code points) as they were written (NFC), without control,
            bidi and invisible characters; empty of a person who was erased.
        sent_at_ms: when the server took it.
        reply_to: which danmu it answers; None where it answers none.
        coins: what the gift cost that it came with; 0 where it came with none.
    """

    danmu_id: int
    author: Author
    text: Annotated[str, WordsOf("author")]
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


class Question(msgspec.Struct, frozen=True):
    """One question of the chat, however many asked it.

    Attributes:
        text: as it was first asked.
        count: how many distinct viewers asked it.
        asked_by: names of the first few of them.
        answer: what staff wrote; None while unanswered, empty when it was answered aloud.
        asker_ids: whose names `asked_by` are; the first asked it in these words.
    """

    question_id: int
    text: Annotated[str, WordsOf("asker_ids")]
    count: int
    asked_by: Annotated[list[str], WordsOf("asker_ids")]
    last_asked_at_ms: int
    answer: Annotated[str | None, WordsOf("asker_ids")]
    asker_ids: list[str] = []


class Mute(msgspec.Struct, frozen=True):
    """Why a user may not write, and until when; `until_ms` None for the rest of this live session."""

    until_ms: int | None
    reason: str


class Sanction(msgspec.Struct, frozen=True):
    """A mute or block in force, as staff see it; `until_ms` None for this session, or for good.

    `by_id` and `by_name` are of who did it.
    """

    user_id: str
    name: Annotated[str, WordsOf("user_id")]
    until_ms: int | None
    reason: Annotated[str, WordsOf("user_id", "by_id")]
    by_name: Annotated[str, WordsOf("by_id")]
    since_ms: int
    by_id: str = ""


class SendDanmu(Message, frozen=True, tag="send_danmu"):
    """Say something; `reply_to` names the danmu it answers."""

    text: Text
    reply_to: int | None = None


class DeleteDanmu(Message, frozen=True, tag="delete_danmu"):
    """Take a danmu from every screen."""

    danmu_id: int
    reason: Reason = ""


class RestoreDanmu(Message, frozen=True, tag="restore_danmu"):
    """Undo `DeleteDanmu`."""

    danmu_id: int
    reason: Reason = ""


class MuteUser(Message, frozen=True, tag="mute_user"):
    """Keep a user from writing, and take what they wrote from every screen.

    `seconds` is 1 to 86,400, or 0 for the rest of this live session.
    """

    user_id: Id
    seconds: int
    reason: ReasonAboutUser = ""


class UnmuteUser(Message, frozen=True, tag="unmute_user"):
    """Undo `MuteUser`: what it took away comes back too."""

    user_id: Id
    reason: ReasonAboutUser = ""


class BlockUser(Message, frozen=True, tag="block_user"):
    """Put a user out of the room for good, with all they wrote."""

    user_id: Id
    reason: ReasonAboutUser = ""


class UnblockUser(Message, frozen=True, tag="unblock_user"):
    """Undo `BlockUser`: what it took away comes back too."""

    user_id: Id
    reason: ReasonAboutUser = ""


class SetRoomRules(Message, frozen=True, tag="set_room_rules"):
    """Set all the rules of the chat at once; `rules.version` is of those the editor saw."""

    rules: RoomRules
    reason: Reason = ""


class SetBlockedWords(Message, frozen=True, tag="set_blocked_words"):
    """Set the words no danmu may hold, whatever width, case and spaces: up to 5,000 of 1 to 50 letters.

    `version` is of the words that the editor saw; 0 sets them whatever there is.
    """

    words: Annotated[list[str], UpTo(MAX_BLOCKED_WORD, items=MAX_BLOCKED_WORDS)]
    reason: Reason = ""
    version: int = 0


class PinDanmu(Message, frozen=True, tag="pin_danmu"):
    """Let a danmu stand above the chat for 5 to 3,600 seconds, instead of the one that stands there."""

    danmu_id: int
    seconds: int
    reason: Reason = ""


class UnpinDanmu(Message, frozen=True, tag="unpin_danmu"):
    """Take the pinned danmu down."""

    reason: Reason = ""


class AnswerQuestion(Message, frozen=True, tag="answer_question"):
    """Answer a folded question once for all who asked; an empty text says that it was answered aloud."""

    question_id: int
    text: Text = ""


ModerationCommand = (
    DeleteDanmu
    | RestoreDanmu
    | MuteUser
    | UnmuteUser
    | BlockUser
    | UnblockUser
    | SetRoomRules
    | SetBlockedWords
    | PinDanmu
    | UnpinDanmu
)


class ModerationAction(msgspec.Struct, frozen=True):
    """What a moderator did, kept with its reason.

    Attributes:
        about: whom or what it concerned, in words: a name, or the text of the danmu.
        undo: the command that takes it back; None where it is an undoing itself or nothing can be undone.
        about_user_id: whom, or whose danmu; empty where it concerned nobody.
    """

    action_id: int
    at_ms: int
    by: Author
    command: Annotated[ModerationCommand, WordsOf("by", "about_user_id")]
    reason: Annotated[str, WordsOf("by", "about_user_id")]
    about: Annotated[str, WordsOf("about_user_id")]
    undo: Annotated[ModerationCommand | None, WordsOf("by", "about_user_id")]
    about_user_id: str = ""


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


class QuestionAnswered(Message, frozen=True, tag="question_answered"):
    """A question of the chat was answered, once for all who asked."""

    question: Question


class DanmuSent(Message, frozen=True, tag="danmu_sent"):
    """What the crowd said since the last such event; under a flood a sample of it.

    Attributes:
        danmu: those shown, oldest first; none where only staff spoke, or words came with gifts.
        total: how many there were in this session in all, shown or not.
    """

    danmu: list[Danmu]
    total: int


class DanmuEchoed(Message, frozen=True, tag="danmu_echoed"):
    """Your own danmu, as all see it; it may come in `DanmuSent` too: show it once, by its id."""

    danmu: Danmu


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
