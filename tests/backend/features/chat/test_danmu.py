import pytest

from backend.contract.audience import SetNickname
from backend.contract.base import RejectReason
from backend.contract.chat import DanmuEchoed, DanmuSent, DeleteDanmu, SendDanmu, StaffDanmuSent
from backend.features.chat.danmu import AT_ONCE
from backend.features.chat.danmu_book import KEPT, SHOWN
from backend.features.deliveries import ToAll, ToCrowd, ToUser
from tests.backend.room.talk import ANNA, BERT, HELPER, HOST, Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()


def test_a_viewers_danmu_goes_to_the_crowd_and_surely_to_its_writer(talk: Talk) -> None:
    danmu_id = talk.say("你好")

    assert talk.heard(DanmuSent).danmu[0].danmu_id == danmu_id
    assert [item.user_id for item in talk.told if isinstance(item, ToUser)] == ["anna"]
    assert talk.heard(DanmuEchoed).danmu.text == "你好"


@pytest.mark.parametrize("actor", [HOST, HELPER])
def test_nobody_misses_what_staff_say(talk: Talk, actor: object) -> None:
    talk.say("欢迎", HOST if actor == HOST else HELPER)

    assert [type(item) for item in talk.told] == [ToAll, ToCrowd]
    assert talk.heard(StaffDanmuSent).danmu.text == "欢迎"


def test_the_true_count_goes_with_what_staff_say_too(talk: Talk) -> None:
    talk.say("你好")
    talk.say("欢迎", HOST)

    assert talk.heard(DanmuSent) == DanmuSent([], 2)


def test_a_reply_names_whom_it_answers(talk: Talk) -> None:
    talk.do(SetNickname("小安"))
    asked = talk.say("有货吗")
    assert talk.do(SendDanmu("有", asked), HOST) is None

    reply = talk.heard(StaffDanmuSent).danmu.reply_to
    assert reply is not None
    assert (reply.danmu_id, reply.user_id, reply.name) == (asked, "anna", "小安")


def test_what_is_gone_cannot_be_answered(talk: Talk) -> None:
    gone = talk.say("x")
    talk.do(DeleteDanmu(gone), HOST)

    assert talk.do(SendDanmu("?", gone), BERT) is RejectReason.UNKNOWN_DANMU
    assert talk.do(SendDanmu("?", 999), BERT) is RejectReason.UNKNOWN_DANMU


def test_who_writes_too_fast_is_told_how_long_to_wait(talk: Talk) -> None:
    for number in range(AT_ONCE):
        assert talk.do(SendDanmu(str(number))) is None
    rejection = talk.rejection(SendDanmu("too fast"))
    assert rejection is not None
    assert rejection.reason is RejectReason.TOO_FAST
    assert talk.do(SendDanmu("me too"), BERT) is None

    talk.now_ms += rejection.retry_ms
    assert talk.do(SendDanmu("now")) is None


def test_danmu_that_are_refused_count_against_the_pace_too(talk: Talk) -> None:
    for _ in range(AT_ONCE):
        assert talk.do(SendDanmu("x" * 101)) is RejectReason.TOO_LONG
    assert talk.do(SendDanmu("hello")) is RejectReason.TOO_FAST


def test_staff_write_as_fast_as_they_like(talk: Talk) -> None:
    assert all(talk.do(SendDanmu("快"), HOST) is None for _ in range(50))


def test_a_newcomer_reads_the_last_fifty_and_the_count_is_of_all(talk: Talk) -> None:
    for number in range(KEPT + 20):
        talk.do(SendDanmu(str(number)), HOST)

    assert talk.texts() == [str(number) for number in range(KEPT + 20 - SHOWN, KEPT + 20)]
    assert talk.features.danmu.state.total == KEPT + 20
    assert len(talk.features.danmu.state.kept) == KEPT


def test_hidden_ones_do_not_take_a_newcomers_place(talk: Talk) -> None:
    ids = [talk.say(str(number), HOST) for number in range(SHOWN + 10)]
    for danmu_id in ids[-10:]:
        talk.do(DeleteDanmu(danmu_id), HOST)

    assert len(talk.texts()) == SHOWN
    assert talk.texts()[-1] == str(SHOWN - 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [("", RejectReason.EMPTY), ("\u200b \u202e", RejectReason.EMPTY), ("x" * 101, RejectReason.TOO_LONG)],
)
def test_what_cannot_be_shown_is_refused_to_staff_too(talk: Talk, text: str, why: RejectReason) -> None:
    assert talk.do(SendDanmu(text), ANNA) is why
    assert talk.do(SendDanmu(text), HOST) is why
