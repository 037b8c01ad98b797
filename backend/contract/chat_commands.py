"""What the people of a room can ask for, and what its moderators can."""

from typing import Annotated

import msgspec

from backend.contract.base import Message
from backend.contract.bounds import Id, Line, Name, Reason, UpTo
from backend.contract.chat import Author, RoomRules
from backend.contract.gifts import GiftCommand
from backend.contract.shop import EditProduct
from backend.contract.staff import AssistantCommand


class SendDanmu(Message, frozen=True, tag="send_danmu"):
    """Say something; `reply_to` names the danmu it answers."""

    text: Line
    reply_to: int | None = None


class SendLikes(Message, frozen=True, tag="send_likes"):
    """Give likes: the taps of the last second or more in one message, at most one message a second.

    What goes beyond 15 taps a second of one viewer is not counted.
    """

    count: int


class Follow(Message, frozen=True, tag="follow"):
    """Follow the host."""


class Unfollow(Message, frozen=True, tag="unfollow"):
    """Follow the host no more."""


class RequestProduct(Message, frozen=True, tag="request_product"):
    """Ask the host to explain a product (求讲解)."""

    product_id: Id


class CheckIn(Message, frozen=True, tag="check_in"):
    """Say "here", once a live session."""


class SetNickname(Message, frozen=True, tag="set_nickname"):
    """Choose the name that others see: 1 to 20 characters, plain text."""

    name: Name


class OpenPoll(Message, frozen=True, tag="open_poll"):
    """Ask the room: 2 to 6 answers; the poll that is open closes. `seconds` 0 keeps it open until closed."""

    question: Annotated[str, UpTo(2 * 60)]
    options: Annotated[list[str], UpTo(2 * 30, items=6)]
    seconds: int = 0


class Vote(Message, frozen=True, tag="vote"):
    """Choose an answer, by its index; the first choice stands."""

    poll_id: int
    option: int


class ClosePoll(Message, frozen=True, tag="close_poll"):
    """Take no more votes."""

    poll_id: int


class DeleteDanmu(Message, frozen=True, tag="delete_danmu"):
    """Take a danmu from every screen."""

    danmu_id: int
    reason: Reason = ""


class RestoreDanmu(Message, frozen=True, tag="restore_danmu"):
    """Undo `DeleteDanmu`."""

    danmu_id: int
    reason: Reason = ""


class MuteUser(Message, frozen=True, tag="mute_user"):
    """Keep somebody from writing, and take what they wrote from every screen.

    `seconds` is 1 to 86,400, or 0 for the rest of this live session.
    """

    user_id: Id
    seconds: int
    reason: Reason = ""


class UnmuteUser(Message, frozen=True, tag="unmute_user"):
    """Undo `MuteUser`: what it took away comes back too."""

    user_id: Id
    reason: Reason = ""


class BlockUser(Message, frozen=True, tag="block_user"):
    """Put somebody out of the room for good, with all they wrote."""

    user_id: Id
    reason: Reason = ""


class UnblockUser(Message, frozen=True, tag="unblock_user"):
    """Undo `BlockUser`: what it took away comes back too."""

    user_id: Id
    reason: Reason = ""


class SetRoomRules(Message, frozen=True, tag="set_room_rules"):
    """Set all the rules of the chat at once; `rules.version` is of those the editor saw."""

    rules: RoomRules
    reason: Reason = ""


class SetBlockedWords(Message, frozen=True, tag="set_blocked_words"):
    """Set the words no danmu may hold, whatever width, case and spaces: up to 5,000 of 1 to 50 letters.

    `version` is of the words that the editor saw; 0 sets them whatever there is.
    """

    words: Annotated[list[str], UpTo(50, items=5000)]
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
    text: Line = ""


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
    | AnswerQuestion
    | GiftCommand
    | ModerationCommand
    | AssistantCommand
    | EditProduct
)


class ModerationAction(msgspec.Struct, frozen=True):
    """What a moderator did, kept with its reason.

    Attributes:
        about: whom or what it concerned, in words: a name, or the text of the danmu.
        undo: the command that takes it back; None where it is an undoing itself or nothing can be undone.
    """

    action_id: int
    at_ms: int
    by: Author
    command: ModerationCommand
    reason: str
    about: str
    undo: ModerationCommand | None
