import pytest

from backend.contract.base import RejectReason
from backend.contract.chat import AnswerQuestion, QuestionAnswered
from backend.features.actor import Actor
from backend.features.chat.questions import KEPT, Shape, question_key
from tests.backend.room.talk import ANNA, BERT, HOST, Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()


def counted(talk: Talk) -> dict[str, int]:
    return {question.text: question.count for question in talk.features.questions.ranking()}


def test_the_same_question_is_folded_and_counts_who_asked(talk: Talk) -> None:
    talk.say("主播，怎么洗？", ANNA)
    talk.say("怎么洗", BERT)
    talk.say("请问 怎么洗呢？", Actor("carl", ANNA.role))
    talk.say("怎么洗？？", ANNA)
    talk.say("几号发货", BERT)

    assert counted(talk) == {"主播，怎么洗？": 3, "几号发货": 1}
    assert len(talk.features.questions.ranking()[0].asked_by) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [("这件会不会起球啊", "这个会不会起球"), ("能不能机洗？", "请问能不能机洗"), ("How much?", "how much")],
)
def test_alike_questions_are_one(talk: Talk, one: str, other: str) -> None:
    talk.say(one, ANNA)
    talk.say(other, BERT)
    assert len(counted(talk)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("160斤穿什么码", "170斤穿什么码"), ("S码有吗", "M码有吗"), ("怎么洗", "怎么买"), ("多少钱", "多少克")],
)
def test_different_questions_stay_apart(talk: Talk, one: str, other: str) -> None:
    talk.say(one, ANNA)
    talk.say(other, BERT)
    assert len(counted(talk)) == 2


@pytest.mark.parametrize("text", ["好看", "哈哈哈", "?", "？？？", "666"])
def test_what_asks_nothing_is_no_question(talk: Talk, text: str) -> None:
    talk.say(text)
    assert counted(talk) == {}


def test_staff_do_not_ask_themselves(talk: Talk) -> None:
    talk.say("有什么想看的吗？", HOST)
    assert counted(talk) == {}


def test_an_answer_goes_to_all_and_closes_the_question(talk: Talk) -> None:
    talk.say("怎么洗？")
    question_id = talk.features.questions.ranking()[0].question_id
    assert talk.do(AnswerQuestion(question_id, "手洗"), HOST) is None

    answered = talk.heard(QuestionAnswered).question
    assert (answered.text, answered.answer) == ("怎么洗？", "手洗")
    assert counted(talk) == {}
    assert talk.do(AnswerQuestion(question_id), HOST) is RejectReason.UNKNOWN_QUESTION


def test_the_list_stays_short_and_drops_what_was_asked_longest_ago(talk: Talk) -> None:
    for number in range(KEPT + 3):
        talk.say(f"{number}号有吗")

    assert len(talk.features.questions.state.open) == KEPT
    assert talk.features.questions.ranking()[0].text == f"{KEPT + 2}号有吗"


def test_similarity_is_between_none_and_all() -> None:
    assert Shape("怎么洗").likeness(Shape("怎么洗")) == 1.0
    assert Shape("怎么洗").likeness(Shape("多少钱")) == 0.0
    assert Shape("会不会起球").likeness(Shape("会不会起皱")) == 0.75
    assert question_key("请问主播 怎么洗啊？") == "怎么洗"
