"""Question folding: the same question once, with a counter, so that the host answers it once."""

import re
from collections import Counter
from typing import Any, ClassVar, Final

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight, Message, RejectReason, Role
from backend.contract.chat import (
    MAX_DANMU,
    AnswerQuestion,
    Danmu,
    Question,
    QuestionAnswered,
    QuestionsFolded,
)
from backend.contract.words_of import erase_words
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delivery, Rejection, ToAll, ToStaff
from backend.features.feature import Feature
from backend.log.entries import Answered, Record, Said
from backend.plain_text import clean, key

KEPT: Final = 200
SHOWN: Final = 30
NAMES: Final = 3
SIMILAR: Final = 0.7
_ASKS: Final = re.compile(
    r"[?？]|吗|么$|呢$|什么|怎么|怎样|如何|多少|多大|多久|多长|哪|几[号点天件个]|谁|能不能|可不可以|是不是|有没有|会不会|求"
    r"|^(?:how|what|when|where|which|who|why|is|are|do|does|can|could|will|would)\b",
    re.IGNORECASE,
)
# Words that change nothing about what is asked.
_FILLERS: Final = re.compile(
    r"主播|[这那][件个款种条双]|请问|问一下|想问|老板|亲|小姐姐|姐姐|宝子|呢|啊|呀|哦|嘛|吖|please|pls|hello|hi"
)
_FIGURES: Final = re.compile(r"[a-z]+|\d+")


class Asked(msgspec.Struct):
    """A folded question; `askers` by user id."""

    question: Question
    key: str
    askers: dict[str, int]


class QuestionsState(msgspec.Struct):
    """What is folded: the open questions of this session by id."""

    last_id: int = 0
    open: dict[int, Asked] = msgspec.field(default_factory=dict)


class Questions(Feature[QuestionsState]):
    """Folds the questions among the danmu."""

    name = "questions"
    state_type = QuestionsState
    commands: ClassVar = {AnswerQuestion: AssistantRight.CHAT}
    entries = (Said, Answered)

    def __init__(self, state: QuestionsState | None = None) -> None:
        self.state = state or QuestionsState()
        self._shapes: dict[int, Shape] = {}

    def ranking(self) -> list[Question]:
        """Return the 30 most asked open questions, the most asked first, then the newest."""
        asked = [asked.question for asked in self.state.open.values() if asked.question.text]
        return sorted(asked, key=lambda question: (-question.count, -question.last_asked_at_ms))[:SHOWN]

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        match command:
            case AnswerQuestion(question_id=question_id, text=text):
                return self._answer(question_id, text)
        return super().decide(command, actor, now_ms)

    def _answer(self, question_id: int, text: str) -> Decision:
        # An empty text means aloud.
        if question_id not in self.state.open:
            return Rejection(RejectReason.UNKNOWN_QUESTION)
        cleaned = clean(text, MAX_DANMU) if text else ""
        if isinstance(cleaned, RejectReason):
            return Rejection(cleaned)
        return (Answered(question_id, cleaned, self.asker_of(question_id)),)

    @override
    def apply(self, record: Record) -> list[Delivery]:
        match record.entry:
            case Said(danmu=danmu, question_id=None):
                self.hear(danmu)
            case Said(danmu=danmu, question_id=question_id) if question_id:
                self._hear_again(danmu, question_id)
            case Answered(question_id=question_id, text=text):
                asked = self.state.open.pop(question_id, None)
                if asked is not None:
                    return [ToAll(QuestionAnswered(msgspec.structs.replace(asked.question, answer=text)))]
        return []

    def asker_of(self, question_id: int) -> str:
        """Return who first asked an open question; empty where it is not open."""
        asked = self.state.open.get(question_id)
        return next(iter(asked.askers), "") if asked is not None else ""

    def _hear_again(self, danmu: Danmu, question_id: int) -> None:
        # An erased person's words, or those that once joined them: which question it was is all that is left.
        asked = self.state.open.get(question_id)
        if asked is not None:
            _ask_again(asked, danmu)
        elif question_id > self.state.last_id:
            self.state.last_id = question_id - 1
            self._open(danmu, "")

    def hear(self, danmu: Danmu) -> int:
        """Fold a danmu, and return which question it asked; 0 for none."""
        if danmu.author.role is not Role.VIEWER or not _ASKS.search(danmu.text):
            return 0
        asked_key = question_key(danmu.text)
        if len(asked_key) < 2:
            return 0
        same = self._find(asked_key)
        if same is None:
            return self._open(danmu, asked_key)
        _ask_again(same, danmu)
        return same.question.question_id

    @override
    def begin_session(self, session_id: str) -> list[Delivery]:
        self.state.open.clear()
        return []

    @override
    def digest(self, now_ms: int) -> list[ToStaff]:
        return [ToStaff(QuestionsFolded(self.ranking()))]

    @override
    def show_staff(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        return {"questions": self.ranking() if actor.may(AssistantRight.CHAT) else []}

    def _find(self, asked_key: str) -> Asked | None:
        shape = Shape(asked_key)
        best, found = SIMILAR, None
        for question_id, asked in self.state.open.items():
            likeness = shape.likeness(self._shape(question_id, asked.key))
            if likeness >= best:
                best, found = likeness, asked
        return found

    def _shape(self, question_id: int, asked_key: str) -> "Shape":
        shape = self._shapes.get(question_id)
        if shape is None:
            if len(self._shapes) >= 2 * KEPT:
                self._shapes.clear()
            shape = self._shapes[question_id] = Shape(asked_key)
        return shape

    @override
    def erase(self, user_id: str) -> list[Delivery]:
        # What nobody can read any more nobody can answer.
        for question_id, asked in list(self.state.open.items()):
            if self.asker_of(question_id) == user_id:
                del self.state.open[question_id]
                continue
            ids = list(asked.askers)[: len(asked.question.asked_by)]
            asked.question = erase_words(msgspec.structs.replace(asked.question, asker_ids=ids), user_id)
        return []

    def _open(self, danmu: Danmu, asked_key: str) -> int:
        self.state.last_id += 1
        question = Question(
            question_id=self.state.last_id,
            text=danmu.text,
            count=1,
            asked_by=[danmu.author.name],
            last_asked_at_ms=danmu.sent_at_ms,
            answer=None,
            asker_ids=[danmu.author.user_id],
        )
        self.state.open[question.question_id] = Asked(question, asked_key, {danmu.author.user_id: 1})
        if len(self.state.open) > KEPT:
            rarest = min(self.state.open.values(), key=lambda asked: asked.question.last_asked_at_ms)
            del self.state.open[rarest.question.question_id]
        return question.question_id


def _ask_again(asked: Asked, danmu: Danmu) -> None:
    is_new = danmu.author.user_id not in asked.askers
    asked.askers[danmu.author.user_id] = asked.askers.get(danmu.author.user_id, 0) + 1
    names, ids = asked.question.asked_by, asked.question.asker_ids
    is_named = is_new and len(names) < NAMES
    asked.question = msgspec.structs.replace(
        asked.question,
        count=len(asked.askers),
        asked_by=[*names, danmu.author.name] if is_named else names,
        asker_ids=[*ids, danmu.author.user_id] if is_named else ids,
        last_asked_at_ms=danmu.sent_at_ms,
    )


def question_key(text: str) -> str:
    """Return what a question asks, without courtesies, marks and spaces."""
    return _FILLERS.sub("", key(text))


class Shape:
    """What of a key is compared: its letter pairs, and the figures and Latin words in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.figures = sorted(_FIGURES.findall(text))
        self.pairs = Counter(text[place : place + 2] for place in range(len(text) - 1))
        self.size = max(0, len(text) - 1)

    def likeness(self, other: "Shape") -> float:
        """Return how much two keys ask the same, 0 to 1: Dice's coefficient of their letter pairs.

        Figures and Latin words must be the same: size S is not size M, and 160 is not 170.
        """
        if self.text == other.text:
            return 1.0
        total = self.size + other.size
        # Most pairs of questions differ so much in length that nothing else needs a look.
        if self.figures != other.figures or 2 * min(self.size, other.size) < SIMILAR * total:
            return 0.0
        common = sum(
            min(count, other.pairs[pair]) for pair, count in self.pairs.items() if pair in other.pairs
        )
        return 2 * common / total if total else 0.0
