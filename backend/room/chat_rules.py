"""The rules of the chat and the words that are blocked in it."""

from typing import Final

import msgspec

from backend.contract.chat import NO_RULES, RoomRules
from backend.contract.chat_commands import (
    ModerationAction,
    ModerationCommand,
    SetBlockedWords,
    SetRoomRules,
)
from backend.contract.chat_events import BlockedWordsChanged, RoomRulesChanged
from backend.limits import KeyedBuckets
from backend.messages import Rejection
from backend.room.deed import Plan, Verdict
from backend.room.plain_text import has_link
from backend.room.told import Refusal, ToAll, Told, ToStaff
from backend.room.words import WordFile, WordList

SLOW_SECONDS: Final = range(3600 + 1)
MAX_WORDS: Final = 5000
MAX_WORD: Final = 50


class ChatRulesState(msgspec.Struct):
    """What is folded: the rules and the words set in the studio."""

    rules: RoomRules = NO_RULES
    words: list[str] = msgspec.field(default_factory=list)


class ChatRules:
    """Knows what may be written now.

    Args:
        word_file: blocked words of the whole server, besides those set in the studio.
    """

    def __init__(self, word_file: WordFile, state: ChatRulesState | None = None) -> None:
        self.state = state or ChatRulesState()
        self._file = word_file
        self._words = WordList(self.state.words)
        self._slow = self._new_pace()

    @property
    def file_words(self) -> int:
        """How many blocked words come from the server's file."""
        return len(self._file.words)

    def refuses(self, text: str, *, follows: bool) -> Refusal | None:
        """Return why a viewer may not write this now; None where they may."""
        rules = self.state.rules
        if rules.is_chat_paused:
            return Refusal(Rejection.CHAT_PAUSED)
        if rules.followers_only and not follows:
            return Refusal(Rejection.FOLLOWERS_ONLY)
        if rules.links_off and has_link(text):
            return Refusal(Rejection.LINKS_OFF)
        is_blocked = self._words.is_in(text) or self._file.words.is_in(text)
        return Refusal(Rejection.BLOCKED_WORD) if is_blocked else None

    def slow_down(self, user_id: str, now_ms: int) -> Refusal | None:
        """Take the viewer's turn under slow mode."""
        if not self.state.rules.slow_mode_s:
            return None
        retry_ms = self._slow.take(user_id, now_ms / 1000)
        return Refusal(Rejection.SLOW_MODE, retry_ms) if retry_ms else None

    def has_blocked_word(self, text: str) -> bool:
        """Whether a text, such as a name, holds a blocked word."""
        return self._words.is_in(text) or self._file.words.is_in(text)

    def plan(self, command: ModerationCommand, now_ms: int) -> Verdict:
        """See `Deeds.plan`."""
        state = self.state
        match command:
            case SetRoomRules(rules=rules) if rules != state.rules:
                is_wrong = rules.slow_mode_s not in SLOW_SECONDS
                return Rejection.MALFORMED if is_wrong else Plan("", SetRoomRules(state.rules))
            case SetBlockedWords(words=words) if words != state.words:
                fits = len(words) <= MAX_WORDS and all(0 < len(word) <= MAX_WORD for word in words)
                return Plan("", SetBlockedWords(state.words)) if fits else Rejection.MALFORMED
        return None

    def take(self, action: ModerationAction) -> list[Told]:
        """See `Deeds.take`."""
        match action.command:
            case SetRoomRules(rules=rules):
                self.state.rules = rules
                self._slow = self._new_pace()
                return [ToAll(RoomRulesChanged(rules))]
            case SetBlockedWords(words=words):
                self.state.words = words
                self._words = WordList(words)
                return [ToStaff(BlockedWordsChanged(words, self.file_words))]
        return []

    def _new_pace(self) -> KeyedBuckets:
        return KeyedBuckets(per_second=1 / max(1, self.state.rules.slow_mode_s), burst=1)
