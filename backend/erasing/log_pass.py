"""One walk through a room's log for one person: what each entry is without their name and words."""

from typing import TypeVar

import msgspec

from backend.contract.chat import (
    BlockUser,
    DeleteDanmu,
    ModerationAction,
    MuteUser,
    PinDanmu,
    RestoreDanmu,
    UnblockUser,
    UnmuteUser,
    UnpinDanmu,
)
from backend.contract.words_of import erase_words
from backend.features.chat.danmu_book import KEPT
from backend.features.chat.questions import Questions, QuestionsState
from backend.log import staff_entries
from backend.log.entries import Answered, DidModerate, Entry, Erased, Record, Said, SessionBegan

Named = TypeVar("Named", staff_entries.AssistantRightsChanged, staff_entries.AssistantRevoked)


class Known(msgspec.Struct):
    """What entries need of those before, where they do not say whom they are about.

    Attributes:
        danmu: what the person wrote of the last ones, which alone a moderator can name.
        grants: by which the person is, or was, an assistant.
        questions: the folded questions, whoever asked them.
    """

    danmu: list[int] = msgspec.field(default_factory=list)
    grants: list[int] = msgspec.field(default_factory=list)
    questions: QuestionsState = msgspec.field(default_factory=QuestionsState)


class LogPass:
    """Goes through the records in their order.

    An entry keeps its kind and what it does to the room. Where that came of its words, such as which question
    a danmu asked, the entry says what came of it: a number, which names nobody.
    """

    def __init__(self, user_id: str, known: Known | None = None) -> None:
        self.known = known or Known()
        self._user_id = user_id
        self._questions = Questions(self.known.questions)

    def without_words(self, record: Record) -> Entry:
        """Return the entry of the next record without the person; equal where it has nothing of them."""
        return erase_words(self._completed(record), self._user_id)

    def _completed(self, record: Record) -> Entry:
        """Return the entry with the ids in it of whom it is about, where that is the person."""
        match record.entry:
            case SessionBegan(session_id=session_id):
                self._questions.begin_session(session_id)
            case Erased(user_id=user_id):
                self._questions.erase(user_id)
            case Said() as said:
                return self._said(said, record)
            case Answered() as answered:
                return self._answered(answered, record)
            case DidModerate(action=action) if not action.about_user_id and self._is_about(action):
                about = msgspec.structs.replace(action, about_user_id=self._user_id)
                return DidModerate(about)
            case staff_entries.AssistantJoined(grant_id=grant_id, user_id=self._user_id):
                self.known.grants.append(grant_id)
            case staff_entries.AssistantRightsChanged() as changed:
                return self._of_assistant(changed)
            case staff_entries.AssistantRevoked() as revoked:
                return self._of_assistant(revoked)
        return record.entry

    def _said(self, said: Said, record: Record) -> Said:
        danmu, question_id = said.danmu, said.question_id
        if question_id is None:
            question_id = self._questions.hear(danmu)
        else:
            self._questions.apply(record)
        is_theirs = danmu.author.user_id == self._user_id
        if is_theirs:
            recent = [one for one in self.known.danmu if one > danmu.danmu_id - KEPT]
            self.known.danmu = [*recent, danmu.danmu_id]
        is_of_theirs = is_theirs or self._questions.asker_of(question_id) == self._user_id
        return msgspec.structs.replace(said, question_id=question_id) if is_of_theirs else said

    def _answered(self, answered: Answered, record: Record) -> Answered:
        asker_id = self._questions.asker_of(answered.question_id)
        self._questions.apply(record)
        is_theirs = asker_id == self._user_id and not answered.asker_id
        return msgspec.structs.replace(answered, asker_id=asker_id) if is_theirs else answered

    def _is_about(self, action: ModerationAction) -> bool:
        match action.command:
            case MuteUser() | UnmuteUser() | BlockUser() | UnblockUser() as command:
                return command.user_id == self._user_id
            case DeleteDanmu() | RestoreDanmu() | PinDanmu() as command:
                return command.danmu_id in self.known.danmu
            case UnpinDanmu():
                # What takes it back says what was pinned.
                return isinstance(action.undo, PinDanmu) and action.undo.danmu_id in self.known.danmu
            case _:
                return False

    def _of_assistant(self, entry: Named) -> Named:
        is_theirs = entry.grant_id in self.known.grants and not entry.user_id
        return msgspec.structs.replace(entry, user_id=self._user_id) if is_theirs else entry
