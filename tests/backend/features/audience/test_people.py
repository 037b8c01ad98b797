import pytest

from backend.contract.audience import (
    CheckIn,
    CheckInsChanged,
    Follow,
    FollowersChanged,
    SetNickname,
    Unfollow,
)
from backend.contract.base import RejectReason
from backend.contract.chat import MuteUser, SanctionsChanged, SetBlockedWords
from backend.features.audience.default_names import CHINESE, ENGLISH
from backend.features.audience.names import Names
from backend.features.audience.people import AskName, TakeName
from backend.features.chat.blocked_words import WordFile
from backend.features.chat_room import Chat
from backend.features.deliveries import Namesakes, You
from tests.backend.room.talk import ANNA, BERT, HELPER, HOST, PRODUCTS, Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()


def test_a_guest_has_a_name_that_does_not_give_the_id_away() -> None:
    name = CHINESE.of_guest
    assert name("guest-1") == name("guest-1") != name("guest-2")
    assert "guest" not in name("guest-1")


def test_staff_without_a_name_are_called_what_they_are(talk: Talk) -> None:
    assert (talk.chat.people.name(HOST), talk.chat.people.name(HELPER)) == ("主播", "助理")


def test_who_has_no_name_is_called_something_in_the_language_of_the_shop() -> None:
    talk = Talk(Chat(PRODUCTS, WordFile(None), names=ENGLISH))
    people = talk.chat.people
    assert [people.name(actor) for actor in (HOST, HELPER)] == ["Host", "Assistant"]
    assert people.name(ANNA).startswith("Guest ")
    talk.do(MuteUser(BERT.user_id, 60), HOST)
    [muted] = talk.heard(SanctionsChanged).muted
    assert muted.name == people.name(BERT)


@pytest.mark.parametrize(("typed", "name"), [(" 小 茶 ", "小 茶"), ("Ａnna\u202e", "Ａnna"), ("<b>", "<b>")])
def test_a_chosen_name_is_plain_text(talk: Talk, typed: str, name: str) -> None:
    assert talk.do(SetNickname(typed)) is None
    assert talk.chat.you(ANNA, 0).name == name
    assert You("anna") in talk.told


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", RejectReason.EMPTY),
        ("\u200b", RejectReason.EMPTY),
        ("x" * 21, RejectReason.TOO_LONG),
        ("V X", RejectReason.BLOCKED_WORD),
    ],
)
def test_a_bad_name_is_refused(talk: Talk, typed: str, why: RejectReason) -> None:
    talk.do(SetBlockedWords(["vx"]), HOST)

    assert talk.do(SetNickname(typed)) is why


@pytest.mark.parametrize("typed", ["主播", "Hоst", "官方客服", "茶\u3164姐", "Lilу"])
def test_nobody_is_called_like_a_role_the_host_or_an_account(typed: str) -> None:
    talk = Talk(Chat(PRODUCTS, WordFile(None), owned=Names("", {"carl": "Lily"})))
    talk.do(SetNickname("茶姐"), HOST)

    assert talk.do(SetNickname(typed)) is RejectReason.NAME_UNAVAILABLE
    assert talk.do(AskName(typed)) is RejectReason.NAME_UNAVAILABLE


def test_a_guest_whose_name_becomes_the_hosts_goes_by_another_one_and_sees_so(talk: Talk) -> None:
    talk.do(SetNickname("茶姐"), ANNA)
    talk.do(SetNickname("茶 姐"), HOST)

    assert Namesakes("host", "茶 姐") in talk.told
    assert talk.chat.people.is_namesake("anna", "茶 姐")
    assert not talk.chat.people.is_namesake("bert", "茶 姐")
    assert talk.chat.people.name(ANNA) == CHINESE.of_guest("anna")
    talk.do(SetNickname("咖啡姐"), HOST)
    assert talk.chat.people.name(ANNA) == "茶姐"


def test_a_guest_whose_name_becomes_an_accounts_goes_by_another_one_and_sees_so(talk: Talk) -> None:
    talk.do(SetNickname("小王"), ANNA)
    assert talk.do(AskName("小王"), BERT) is None
    assert talk.do(TakeName("小王"), BERT) is None

    assert {Namesakes("bert", "小王"), You("bert")} <= set(talk.told)
    assert talk.chat.people.name(BERT) == "小王"
    assert talk.chat.people.name(ANNA) == CHINESE.of_guest("anna")
    assert talk.do(SetNickname("小王"), ANNA) is RejectReason.NAME_UNAVAILABLE
    assert talk.do(SetNickname("小李"), BERT) is None
    assert talk.do(SetNickname("小王"), BERT) is None


def test_a_name_with_a_blocked_word_makes_no_account(talk: Talk) -> None:
    talk.do(SetBlockedWords(["加微信"]), HOST)
    assert talk.do(AskName("加wei微\u3164信".replace("wei", ""))) is RejectReason.NAME_UNAVAILABLE


def test_names_do_not_change_at_the_pace_of_a_flood(talk: Talk) -> None:
    answers = [talk.do(SetNickname(f"n{number}")) for number in range(6)]

    assert answers[:4] == [None] * 4
    assert answers[4] is RejectReason.TOO_FAST


def test_names_that_are_refused_count_against_the_pace_too(talk: Talk) -> None:
    answers = [talk.do(SetNickname("x" * 21)) for _ in range(6)]

    assert answers[:4] == [RejectReason.TOO_LONG] * 4
    assert answers[4] is RejectReason.TOO_FAST


def test_following_counts_once_and_is_undone(talk: Talk) -> None:
    talk.do(Follow(), ANNA)
    talk.do(Follow(), BERT)
    assert talk.heard(FollowersChanged).followers == 2
    assert talk.do(Follow(), BERT) is None
    assert not talk.told
    assert talk.chat.people.author(BERT).is_follower

    talk.do(Unfollow(), BERT)
    assert talk.heard(FollowersChanged).followers == 1
    assert not talk.chat.people.author(BERT).is_follower


def test_staff_do_not_follow_themselves(talk: Talk) -> None:
    assert talk.do(Follow(), HOST) is RejectReason.FORBIDDEN


def test_one_checks_in_once_a_session(talk: Talk) -> None:
    assert talk.do(CheckIn()) is None
    assert talk.heard(CheckInsChanged).check_ins == 1
    assert talk.do(CheckIn()) is RejectReason.ALREADY
