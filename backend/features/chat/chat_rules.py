"""The rules of the chat and the words that are blocked in it."""

from typing import Any, Final

import msgspec
from typing_extensions import override

from backend.contract.audience import Follow, SendLikes
from backend.contract.base import AssistantRight, Author, Message, RejectReason, Role
from backend.contract.chat import (
    MAX_BLOCKED_WORD,
    MAX_BLOCKED_WORDS,
    NO_RULES,
    SLOW_SECONDS,
    BlockedWordsChanged,
    ModerationAction,
    ModerationCommand,
    RoomRules,
    RoomRulesChanged,
    SetBlockedWords,
    SetRoomRules,
)
from backend.contract.polls import Vote
from backend.contract.shop import Conflict
from backend.contract.words_of import erase_words
from backend.features.actor import Actor
from backend.features.chat.blocked_words import WordFile, WordList
from backend.features.chat.moderation_action import Planned, PlannedAction
from backend.features.deliveries import Delivery, Rejection, ToAll, ToStaff
from backend.features.feature import Feature
from backend.limits import KeyedBuckets
from backend.plain_text import has_link

WORDS_PER_SECOND: Final = 0.5
WORDS_AT_ONCE: Final = 5


class LastChange(msgspec.Struct, frozen=True):
    """Who changed something last."""

    by: Author
    at_ms: int


class ChatRulesState(msgspec.Struct):
    """What is folded: the rules and the words set in the studio, and who set them."""

    rules: RoomRules = NO_RULES
    rules_change: LastChange | None = None
    words: list[str] = msgspec.field(default_factory=list)
    words_version: int = 1
    words_change: LastChange | None = None


class ChatRules(Feature[ChatRulesState]):
    """Knows what may be written now.

    Args:
        word_file: blocked words of the whole server, besides those set in the studio.
    """

    name = "rules"
    state_type = ChatRulesState

    def __init__(self, word_file: WordFile, state: ChatRulesState | None = None) -> None:
        self.state = state or ChatRulesState()
        self._file = word_file
        self._words = WordList(self.state.words)
        self._slow = self._new_pace()
        # Thousands of words are looked at again with each change.
        self._word_changes = KeyedBuckets(per_second=WORDS_PER_SECOND, burst=WORDS_AT_ONCE)

    @property
    def file_words(self) -> int:
        """How many blocked words come from the server's file."""
        return len(self._file.words)

    def refuses(self, text: str, *, follows: bool) -> Rejection | None:
        """Return why a viewer may not write this now; None where they may."""
        rules = self.state.rules
        if rules.is_chat_paused:
            return Rejection(RejectReason.CHAT_PAUSED)
        if rules.followers_only and not follows:
            return Rejection(RejectReason.FOLLOWERS_ONLY)
        if rules.links_off and has_link(text):
            return Rejection(RejectReason.LINKS_OFF)
        is_blocked = self._words.is_in(text) or self._file.words.is_in(text)
        return Rejection(RejectReason.BLOCKED_WORD) if is_blocked else None

    @override
    def forbids(self, command: Message, actor: Actor) -> Rejection | None:
        is_guest = actor.role is Role.VIEWER and not actor.version
        return Rejection(RejectReason.ACCOUNTS_ONLY) if is_guest and self._needs_account(command) else None

    def _needs_account(self, command: Message) -> bool:
        rules = self.state.rules
        match command:
            case Vote():
                return rules.votes_for_accounts
            case SendLikes():
                return rules.likes_for_accounts
            case Follow():
                return rules.follows_for_accounts
            case _:
                return False

    def slow_down(self, user_id: str, now_ms: int) -> Rejection | None:
        """Take the viewer's turn under slow mode."""
        if not self.state.rules.slow_mode_s:
            return None
        retry_ms = self._slow.take(user_id, now_ms / 1000)
        return Rejection(RejectReason.SLOW_MODE, retry_ms) if retry_ms else None

    def has_blocked_word(self, text: str) -> bool:
        """Whether a text, such as a name, holds a blocked word."""
        return self._words.is_in(text) or self._file.words.is_in(text)

    def plan(self, command: ModerationCommand, by: Author, now_ms: int) -> Planned:
        """See `ModerationPart.plan`."""
        state = self.state
        match command:
            case SetRoomRules(rules=rules) if not _is_same(rules, state.rules):
                return self._plan_rules(rules, by)
            case SetBlockedWords(words=words) if words != state.words:
                retry_ms = self._word_changes.take(by.user_id, now_ms / 1000)
                return (
                    Rejection(RejectReason.TOO_FAST, retry_ms) if retry_ms else self._plan_words(command, by)
                )
        return None

    def _plan_rules(self, rules: RoomRules, by: Author) -> Planned:
        state = self.state
        if rules.slow_mode_s not in SLOW_SECONDS:
            return RejectReason.MALFORMED
        if _is_late(rules.version, state.rules.version, state.rules_change, by):
            return _conflict(state.rules_change, state.rules.version, rules=state.rules)
        # Taking it back counts only for as long as nobody else changed it again.
        return PlannedAction("", SetRoomRules(_at(state.rules, state.rules.version + 1)))

    def _plan_words(self, command: SetBlockedWords, by: Author) -> Planned:
        state, words = self.state, command.words
        if len(words) > MAX_BLOCKED_WORDS or not all(0 < len(word) <= MAX_BLOCKED_WORD for word in words):
            return RejectReason.MALFORMED
        if _is_late(command.version, state.words_version, state.words_change, by):
            return _conflict(state.words_change, state.words_version, words=state.words)
        return PlannedAction("", SetBlockedWords(state.words, version=state.words_version + 1))

    def carry_out(self, action: ModerationAction) -> list[Delivery]:
        """See `ModerationPart.carry_out`."""
        state, change = self.state, LastChange(action.by, action.at_ms)
        match action.command:
            case SetRoomRules(rules=rules):
                state.rules = _at(rules, state.rules.version + 1)
                state.rules_change = change
                self._slow = self._new_pace()
                return [ToAll(RoomRulesChanged(state.rules))]
            case SetBlockedWords(words=words):
                state.words, state.words_change = words, change
                state.words_version += 1
                self._words = WordList(words)
                return [ToStaff(self.blocked_words())]
        return []

    def blocked_words(self) -> BlockedWordsChanged:
        """Return the blocked words as they are now."""
        return BlockedWordsChanged(self.state.words, self.file_words, self.state.words_version)

    @override
    def erase(self, user_id: str) -> list[Delivery]:
        state = self.state
        state.rules_change = erase_words(state.rules_change, user_id)
        state.words_change = erase_words(state.words_change, user_id)
        return []

    @override
    def refresh(self) -> list[Delivery]:
        return [ToStaff(self.blocked_words())] if self._file.refresh() else []

    @override
    def show(self) -> dict[str, Any]:
        return {"rules": self.state.rules}

    @override
    def show_staff(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        may_see = actor.may(AssistantRight.CHAT)
        return {
            "blocked_words": self.state.words if may_see else [],
            "file_words": self.file_words if may_see else 0,
            "words_version": self.state.words_version if may_see else 0,
        }

    def _new_pace(self) -> KeyedBuckets:
        return KeyedBuckets(per_second=1 / max(1, self.state.rules.slow_mode_s), burst=1)


def _at(rules: RoomRules, version: int) -> RoomRules:
    return msgspec.structs.replace(rules, version=version)


def _is_same(one: RoomRules, other: RoomRules) -> bool:
    return _at(one, 0) == _at(other, 0)


def _is_late(seen: int, version: int, change: LastChange | None, by: Author) -> bool:
    """Whether another editor changed it since; one's own last change is no reason to be refused."""
    is_own = change is not None and change.by.user_id == by.user_id
    return seen not in (0, version) and not is_own


def _conflict(
    change: LastChange | None,
    version: int,
    *,
    rules: RoomRules | None = None,
    words: list[str] | None = None,
) -> Rejection:
    by, at_ms = (change.by, change.at_ms) if change else (None, 0)
    return Rejection(RejectReason.CONFLICT, conflict=Conflict(by, at_ms, version, rules=rules, words=words))
