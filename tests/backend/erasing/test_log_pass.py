"""A log without a person makes the same room as the room that forgot them."""

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.contract.audience import SetNickname
from backend.contract.base import AssistantRight, Author, Role
from backend.contract.chat import (
    AnswerQuestion,
    BlockUser,
    DeleteDanmu,
    ModerationAction,
    MuteUser,
    PinDanmu,
    RestoreDanmu,
    SendDanmu,
    UnblockUser,
    UnmuteUser,
    UnpinDanmu,
)
from backend.contract.gifts import SendGift
from backend.contract.staff import InviteAssistant, RevokeAssistant, SetAssistantRights
from backend.erasing.log_pass import Known, LogPass
from backend.features.actor import Actor
from backend.features.audience.people import ErasePerson, TakeName
from backend.features.feature_set import FeatureSet
from backend.features.staff.assistants import RedeemInvitation
from backend.log.entries import (
    Answered,
    DidModerate,
    Entry,
    Joined,
    Record,
    Said,
    SessionBegan,
)
from backend.log.staff_entries import AssistantJoined, AssistantRevoked, AssistantRightsChanged
from tests.backend.room.talk import ANNA, BERT, HELPER, HOST, Talk, make_features

SECRET = "密语"
ANNAS = "密语小安"


def rewritten(records: list[Record], user_id: str = "anna") -> list[Record]:
    """The records without a person; between any two of them the walk begins anew, as after a crash."""
    known, found = Known(), []
    for record in records:
        walk = LogPass(user_id, known)
        found.append(msgspec.structs.replace(record, entry=walk.without_words(record)))
        known = msgspec.json.decode(msgspec.json.encode(walk.known), type=Known)
    return found


def replayed(records: list[Record]) -> FeatureSet:
    features = make_features()
    for record in records:
        features.apply(record)
    return features


def check(talk: Talk, user_id: str = "anna", secret: str = SECRET) -> None:
    """Erase a person from the room, and compare it with its log without them."""
    talk.do(ErasePerson(user_id), HOST)
    assert secret not in talk.features.encode().decode()
    records = rewritten(talk.records, user_id)
    assert secret not in msgspec.json.encode(records).decode()
    assert [one.number for one in records] == [one.number for one in talk.records]
    assert [type(one.entry) for one in records] == [type(one.entry) for one in talk.records]
    assert replayed(records).encode() == talk.features.encode()
    assert rewritten(records, user_id) == records


def test_names_words_and_what_others_did_to_them_are_gone() -> None:
    talk = Talk()
    talk.happens(SessionBegan("s1"))
    talk.do(SetNickname(ANNAS))
    talk.do(TakeName(ANNAS))
    talk.happens(Joined("anna"))
    first = talk.say(f"{SECRET}一")
    talk.do(SendDanmu("好的", first), BERT)
    for command in (
        PinDanmu(first, 60),
        UnpinDanmu(),
        PinDanmu(first, 60),
        DeleteDanmu(first, f"{SECRET}"),
        RestoreDanmu(first),
        MuteUser("anna", 60, f"{SECRET}说的"),
        UnmuteUser("anna"),
        BlockUser("anna", f"{SECRET}说的"),
        UnblockUser("anna"),
    ):
        assert talk.do(command, HOST) is None
    check(talk)


def test_a_question_that_others_asked_too_goes_with_who_asked_it_first() -> None:
    talk = Talk()
    talk.happens(SessionBegan("s1"))
    talk.say(f"{SECRET}这个茶怎么泡才好喝?")
    talk.say(f"{SECRET}这个茶怎么泡才好喝", BERT)
    talk.say("杯子有多大?", BERT)
    talk.say("杯子有多大?")
    talk.passes(10)
    talk.do(ErasePerson("bert"), HOST)
    records = rewritten(talk.records, "bert")
    assert replayed(records).encode() == talk.features.encode()
    [left] = talk.features.questions.ranking()
    assert (left.text, left.count, left.asked_by[1]) == (f"{SECRET}这个茶怎么泡才好喝?", 2, "")


def test_an_answer_to_their_question_is_kept_without_its_words() -> None:
    talk = Talk()
    talk.happens(SessionBegan("s1"))
    talk.say(f"{SECRET}怎么泡?")
    talk.do(AnswerQuestion(1, f"{SECRET}这样泡"), HOST)
    talk.say("多少钱?", BERT)
    check(talk)
    answers = [one.entry for one in rewritten(talk.records) if isinstance(one.entry, Answered)]
    assert answers == [Answered(1, "", "anna")]


def test_an_assistant_leaves_their_rights_and_their_acts_without_a_name() -> None:
    talk, code = Talk(), "ab" * 32
    talk.do(InviteAssistant(code, list(AssistantRight), 1, 24), HOST)
    talk.do(RedeemInvitation(code, f"{SECRET}王"), HELPER)
    talk.do(SetAssistantRights(1, [AssistantRight.CHAT]), HOST)
    talk.say("广告", BERT)
    helper = Actor("helper", Role.ASSISTANT, frozenset({AssistantRight.CHAT}))
    talk.do(MuteUser("bert", 60, f"{SECRET}"), helper)
    talk.do(SendDanmu(f"{SECRET}大家好"), helper)
    talk.do(RevokeAssistant(1, f"{SECRET}走了"), HOST)
    check(talk, "helper")


def bare(entry: Entry) -> Entry:
    """An entry as an earlier version wrote it, which did not say whom it is about."""
    replace = msgspec.structs.replace
    match entry:
        case DidModerate(action=action):
            return DidModerate(replace(action, about_user_id=""))
        case Answered():
            return replace(entry, asker_id="")
        case AssistantRightsChanged() | AssistantRevoked():
            return replace(entry, user_id="")
        case _:
            return entry


def test_entries_of_before_that_name_nobody_are_found_too() -> None:
    talk, code = Talk(), "ab" * 32
    talk.happens(SessionBegan("s1"))
    talk.do(SetNickname(ANNAS))
    first = talk.say(f"{SECRET}怎么泡?")
    for command in (PinDanmu(first, 60), UnpinDanmu(), DeleteDanmu(first), MuteUser("anna", 60)):
        talk.do(command, HOST)
    talk.do(AnswerQuestion(1, f"{SECRET}这样"), HOST)
    talk.do(InviteAssistant(code, [], 1, 24), HOST)
    talk.happens(AssistantJoined(1, "anna", ANNAS))
    talk.do(SetAssistantRights(1, [AssistantRight.CHAT]), HOST)
    talk.do(RevokeAssistant(1, f"{SECRET}"), HOST)
    records = [msgspec.structs.replace(one, entry=bare(one.entry)) for one in talk.records]
    assert SECRET in msgspec.json.encode(records).decode()
    assert SECRET not in msgspec.json.encode(rewritten(records)).decode()


def test_an_unknown_act_of_before_is_left_alone() -> None:
    by = Author("host", "主播", Role.HOST, is_follower=False)
    action = ModerationAction(1, 5, by, DeleteDanmu(9), "", "Bert: hi", RestoreDanmu(9))
    record = Record(1, 5, "s1", DidModerate(action))
    assert LogPass("anna").without_words(record) == record.entry


WORDS = ["怎么泡?", "怎么泡", "这个怎么泡呢?", "多少钱?", "好", "尺码M有吗", "尺码L有吗", "谢谢主播"]
PEOPLE = [ANNA, BERT, Actor("carl", Role.VIEWER), Actor("dora", Role.VIEWER)]


def act(talk: Talk, dice: random.Random) -> None:
    talk.passes(dice.choice([0.2, 1, 5, 30]))
    actor = dice.choice(PEOPLE)
    own = f"〔{actor.user_id}〕"
    danmu_id, about = dice.randint(1, 40), dice.choice(PEOPLE).user_id
    match dice.randint(0, 14):
        case 0:
            talk.happens(SessionBegan(f"s{talk.now_ms}") if dice.random() < 0.3 else Joined(actor.user_id))
        case 1:
            talk.do(SetNickname(f"{own}{dice.randint(0, 9)}"), actor)
        case 2:
            talk.do(AnswerQuestion(dice.randint(1, 12), dice.choice(["", "答"])), HOST)
        case 3:
            talk.do(PinDanmu(danmu_id, 60) if dice.random() < 0.5 else UnpinDanmu(), HOST)
        case 4:
            talk.do(DeleteDanmu(danmu_id) if dice.random() < 0.5 else RestoreDanmu(danmu_id), HOST)
        case 5:
            talk.do(MuteUser(about, 60, "r") if dice.random() < 0.5 else UnmuteUser(about), HOST)
        case 6:
            talk.do(BlockUser(about) if dice.random() < 0.5 else UnblockUser(about), HOST)
        case 7:
            gift = SendGift(talk.features.session_id, f"key-{dice.randint(0, 60):04}", "rose", 1, own)
            talk.do(gift, actor)
        case 8 if dice.random() < 0.1:
            talk.do(ErasePerson(about), HOST)
        case _:
            talk.do(SendDanmu(own + dice.choice(WORDS), dice.choice([None, danmu_id])), actor)


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(10, 200))
def test_any_log_without_a_person_makes_the_room_that_forgot_them(seed: int, steps: int) -> None:
    talk, dice = Talk(), random.Random(seed)
    talk.happens(SessionBegan("s1"))
    for _ in range(steps):
        act(talk, dice)
    check(talk, "anna", "〔anna〕")
    # And the next one, in a log that has gaps already.
    log = rewritten(talk.records)
    talk.do(ErasePerson("bert"), HOST)
    log = rewritten([*log, *talk.records[len(log) :]], "bert")
    assert "〔bert〕" not in msgspec.json.encode(log).decode()
    assert replayed(log).encode() == talk.features.encode()


@pytest.mark.parametrize("text", ["怎么泡?", "好"])
def test_a_danmu_keeps_its_number_its_time_and_what_it_asked(text: str) -> None:
    talk = Talk()
    talk.happens(SessionBegan("s1"))
    number = talk.say(text)
    [said] = [one.entry for one in rewritten(talk.records) if isinstance(one.entry, Said)]
    assert (said.danmu.danmu_id, said.danmu.text, said.danmu.author.name) == (number, "", "")
    assert said.question_id == (1 if "?" in text else 0)
