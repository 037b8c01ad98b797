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
from backend.features.deliveries import You, YouWhere
from tests.backend.room.talk import ANNA, BERT, HELPER, HOST, Talk, make_features


@pytest.fixture
def talk() -> Talk:
    return Talk()


def test_a_guest_has_a_name_that_does_not_give_the_id_away() -> None:
    name = CHINESE.of_guest
    assert name("guest-1") == name("guest-1") != name("guest-2")
    assert "guest" not in name("guest-1")


def test_staff_without_a_name_are_called_what_they_are(talk: Talk) -> None:
    assert (talk.features.people.name_of(HOST), talk.features.people.name_of(HELPER)) == ("主播", "助理")


def test_who_has_no_name_is_called_something_in_the_language_of_the_shop() -> None:
    talk = Talk(make_features(names=ENGLISH))
    people = talk.features.people
    assert [people.name_of(actor) for actor in (HOST, HELPER)] == ["Host", "Assistant"]
    assert people.name_of(ANNA).startswith("Guest ")
    talk.do(MuteUser(BERT.user_id, 60), HOST)
    [muted] = talk.heard(SanctionsChanged).muted
    assert muted.name == people.name_of(BERT)


@pytest.mark.parametrize(("typed", "name"), [(" 小 茶 ", "小 茶"), ("Ａnna\u202e", "Ａnna"), ("<b>", "<b>")])
def test_a_chosen_name_is_plain_text(talk: Talk, typed: str, name: str) -> None:
    assert talk.do(SetNickname(typed)) is None
    assert talk.features.you(ANNA, 0).name == name
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
    talk = Talk(make_features(owned=Names("", {"carl": "Lily"})))
    talk.do(SetNickname("茶姐"), HOST)

    assert talk.do(SetNickname(typed)) is RejectReason.NAME_UNAVAILABLE
    assert talk.do(AskName(typed)) is RejectReason.NAME_UNAVAILABLE


def concerned(talk: Talk) -> list[str]:
    """Who of some users hears anew what is known of them, beside the one who did it."""
    [found] = [item for item in talk.told if isinstance(item, YouWhere)]
    return [user_id for user_id in ("anna", "bert", "host") if found.concerns(user_id)]


def test_a_guest_whose_name_becomes_the_hosts_goes_by_another_one_and_sees_so(talk: Talk) -> None:
    talk.do(SetNickname("茶姐"), ANNA)
    talk.do(SetNickname("茶 姐"), HOST)

    assert concerned(talk) == ["anna"]
    assert talk.features.people.is_namesake("anna", "茶 姐")
    assert not talk.features.people.is_namesake("bert", "茶 姐")
    assert talk.features.people.name_of(ANNA) == CHINESE.of_guest("anna")
    talk.do(SetNickname("咖啡姐"), HOST)
    assert talk.features.people.name_of(ANNA) == "茶姐"


def test_a_guest_whose_name_becomes_an_accounts_goes_by_another_one_and_sees_so(talk: Talk) -> None:
    talk.do(SetNickname("小王"), ANNA)
    assert talk.do(AskName("小王"), BERT) is None
    assert talk.do(TakeName("小王"), BERT) is None

    assert You("bert") in talk.told
    assert concerned(talk) == ["anna"]
    assert talk.features.people.name_of(BERT) == "小王"
    assert talk.features.people.name_of(ANNA) == CHINESE.of_guest("anna")
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
    assert talk.features.people.author(BERT).is_follower

    talk.do(Unfollow(), BERT)
    assert talk.heard(FollowersChanged).followers == 1
    assert not talk.features.people.author(BERT).is_follower


def test_staff_do_not_follow_themselves(talk: Talk) -> None:
    assert talk.do(Follow(), HOST) is RejectReason.FORBIDDEN


def test_one_checks_in_once_a_session(talk: Talk) -> None:
    assert talk.do(CheckIn()) is None
    assert talk.heard(CheckInsChanged).check_ins == 1
    assert talk.do(CheckIn()) is RejectReason.ALREADY
