import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.contract.audience import (
    CheckIn,
    Follow,
    JoinsShown,
    RequestProduct,
    SendLikes,
    SetNickname,
    Unfollow,
)
from backend.contract.base import AssistantRight, RejectReason, Role
from backend.contract.chat import (
    AnswerQuestion,
    BlockUser,
    DeleteDanmu,
    MuteUser,
    PinDanmu,
    RestoreDanmu,
    RoomRules,
    SendDanmu,
    SetBlockedWords,
    SetRoomRules,
    UnblockUser,
    UnmuteUser,
    UnpinDanmu,
)
from backend.contract.countdown import ResumeCountdown, StartCountdown, StopCountdown
from backend.contract.gifts import ClaimDemoCoins, SendGift
from backend.contract.guests import (
    AcceptGuest,
    AnswerInvitation,
    GuestMedia,
    InviteGuest,
    LeaveSeat,
    MoveGuest,
    OpenGuestRequests,
    RemoveGuest,
    RequestSeat,
    SetGuest,
    StartDeviceTest,
    TakeSeat,
)
from backend.contract.polls import ClosePoll, OpenPoll, ReopenPoll, Vote
from backend.contract.protocol import ChatCommand
from backend.contract.shop import EditProduct
from backend.contract.staff import InviteAssistant, RevokeAssistant, SetAssistantRights
from backend.features.actor import Actor
from backend.features.feature_set import FeatureSet
from backend.features.staff.assistants import RedeemInvitation
from backend.log.entries import (
    BackendStarted,
    CardPutUp,
    Joined,
    Left,
    Record,
    SessionBegan,
    SessionEnded,
    StreamBegan,
    StreamEnded,
)
from tests.backend.room.talk import ANNA, BERT, HELPER, HOST, Talk, make_features


@pytest.fixture
def talk() -> Talk:
    return Talk()


STAFF_COMMANDS: list[ChatCommand] = [
    OpenPoll("?", ["a", "b"]),
    ClosePoll(1),
    ReopenPoll(1),
    AnswerQuestion(1),
    DeleteDanmu(1),
    RestoreDanmu(1),
    MuteUser("bert", 60),
    UnmuteUser("bert"),
    BlockUser("bert"),
    UnblockUser("bert"),
    SetRoomRules(RoomRules(0, followers_only=True, links_off=False, is_chat_paused=False)),
    SetBlockedWords(["x"]),
    PinDanmu(1, 60),
    UnpinDanmu(),
]


@pytest.mark.parametrize("command", STAFF_COMMANDS, ids=lambda command: type(command).__name__)
def test_only_staff_keep_order(talk: Talk, command: ChatCommand) -> None:
    talk.say("你好")

    assert talk.do(command, ANNA) is RejectReason.FORBIDDEN
    assert talk.do(command, HELPER) is not RejectReason.FORBIDDEN


def test_who_is_blocked_may_do_nothing(talk: Talk) -> None:
    talk.do(BlockUser("anna"), HOST)

    for command in (
        SendDanmu("hi"),
        SendLikes(1),
        Follow(),
        CheckIn(),
        SetNickname("x"),
        RequestProduct("tea"),
    ):
        assert talk.do(command, ANNA) is RejectReason.BLOCKED
    assert talk.do(SendDanmu("hi"), BERT) is None


def test_nobody_hears_of_a_blocked_guest_at_the_door(talk: Talk) -> None:
    talk.do(BlockUser("anna"), HOST)
    talk.told = []
    talk.happens(Joined("anna"))
    assert not talk.all_heard(JoinsShown)
    talk.happens(Joined("bert"))
    assert talk.heard(JoinsShown).authors[0].user_id == "bert"


def test_a_lost_line_is_no_news_to_anybody(talk: Talk) -> None:
    talk.happens(Joined("anna"))
    talk.happens(Left("anna"))
    talk.passes(30)
    talk.happens(Joined("anna"))
    assert not talk.all_heard(JoinsShown)
    talk.happens(Left("anna"))
    talk.passes(31)
    talk.happens(Joined("anna"))
    assert talk.heard(JoinsShown).authors[0].user_id == "anna"
    assert talk.features.counters.stats(talk.now_ms).total.joins == 2


def test_a_new_session_counts_from_zero_and_keeps_who_follows(talk: Talk) -> None:
    talk.say("之前")
    talk.do(SendLikes(5))
    talk.do(Follow())
    talk.do(CheckIn())
    talk.do(RequestProduct("tea"))
    talk.do(MuteUser("bert", 0), HOST)
    talk.do(OpenPoll("?", ["a", "b"]), HOST)
    talk.happens(SessionBegan("s2"))

    you = talk.features.you(ANNA, talk.now_ms)
    assert (you.is_follower, you.has_checked_in, you.requested) == (True, False, [])
    assert talk.features.you(BERT, talk.now_ms).mute is None
    assert (
        talk.features.likes.state.total,
        talk.features.danmu.state.total,
        talk.features.polls.open_poll,
    ) == (
        0,
        0,
        None,
    )
    assert talk.texts() == ["之前"]


# --- The same log always makes the same room ---

USERS = [ANNA, BERT, HOST, HELPER, *(Actor(f"guest-{number}", ANNA.role) for number in range(5))]


def any_gift(dice: random.Random, session_id: str) -> SendGift:
    key, gift_id = f"key-{dice.randint(0, 60):04}", dice.choice(["rose", "beer", "rocket", "gone"])
    return SendGift(session_id, key, gift_id, dice.randint(0, 9), dice.choice(["", "谢谢", "微信"]))


def any_command(dice: random.Random, session_id: str) -> ChatCommand:
    danmu_id, user_id = dice.randint(0, 30), dice.choice(USERS).user_id
    texts = [
        "怎么洗?",
        "主播怎么洗",
        "好",
        "L码有吗",
        "www.a.com",
        "\u202e",
        "微信",
        "x" * dice.randint(1, 120),
    ]
    commands: list[ChatCommand] = [
        SendDanmu(dice.choice(texts), dice.choice([None, danmu_id])),
        SendDanmu(dice.choice(texts)),
        SendLikes(dice.randint(-1, 99)),
        Follow(),
        Unfollow(),
        CheckIn(),
        SetNickname(dice.choice(texts)),
        RequestProduct(dice.choice(["tea", "cup", "pot", "gone"])),
        OpenPoll("哪个好?", ["红", "绿"], dice.choice([0, 5])),
        Vote(dice.randint(0, 9), dice.randint(-1, 2)),
        ClosePoll(dice.randint(0, 9)),
        ReopenPoll(dice.randint(0, 9)),
        StartCountdown("距开奖", dice.choice([5, 600])),
        StopCountdown(dice.randint(0, 9)),
        ResumeCountdown(dice.randint(0, 9)),
        OpenGuestRequests(dice.random() < 0.8),
        RequestSeat(dice.choice(list(GuestMedia))),
        AnswerInvitation(dice.random() < 0.8),
        InviteGuest(user_id),
        AcceptGuest(user_id),
        StartDeviceTest(),
        TakeSeat(),
        LeaveSeat(),
        SetGuest(user_id, dice.random() < 0.5, dice.random() < 0.5),
        MoveGuest(user_id, dice.randint(-1, 8)),
        RemoveGuest(user_id, dice.random() < 0.5),
        DeleteDanmu(danmu_id),
        RestoreDanmu(danmu_id),
        MuteUser(user_id, dice.choice([0, 1, 60]), "r"),
        UnmuteUser(user_id),
        BlockUser(user_id),
        UnblockUser(user_id),
        SetRoomRules(
            RoomRules(dice.choice([0, 9]), followers_only=False, links_off=True, is_chat_paused=False)
        ),
        SetBlockedWords(dice.choice([[], ["微信"]])),
        PinDanmu(danmu_id, dice.choice([5, 60])),
        UnpinDanmu(),
        AnswerQuestion(dice.randint(0, 5), dice.choice(["", "手洗"])),
        EditProduct(dice.choice(["tea", "gone"]), dice.randint(1, 4), stock=dice.randint(-1, 3)),
        InviteAssistant(f"{dice.randint(0, 3):064x}", dice.sample(list(AssistantRight), 2), 1, 1),
        SetAssistantRights(dice.randint(0, 9), dice.sample(list(AssistantRight), 3)),
        RevokeAssistant(dice.randint(0, 9), "r"),
        ClaimDemoCoins(),
        any_gift(dice, session_id),
        any_gift(dice, session_id),
    ]
    return dice.choice(commands)


def act(talk: Talk, dice: random.Random) -> None:
    talk.passes(dice.choice([0, 0.2, 1, 30]))
    actor = dice.choice(USERS)
    match dice.randint(0, 13):
        case 0:
            talk.happens(Joined(actor.user_id, dice.choice(["", "qr", "share"])))
        case 1:
            talk.happens(Left(actor.user_id))
        case 2:
            talk.happens(CardPutUp(dice.choice(["tea", "cup"])))
        case 3 if dice.random() < 0.2:
            talk.happens(SessionBegan(f"s{talk.now_ms}"))
        case 4 if dice.random() < 0.3:
            talk.happens(StreamBegan() if dice.random() < 0.5 else StreamEnded())
        case 4 if dice.random() < 0.1:
            talk.happens(BackendStarted())
        case 5:
            code, name = f"{dice.randint(0, 3):064x}", dice.choice(["小王", ""])
            talk.do(RedeemInvitation(code, name), Actor(f"assistant-{dice.randint(0, 9)}", Role.ASSISTANT))
        case 6 if dice.random() < 0.1:
            talk.happens(SessionEnded("host"))
        case _:
            talk.do(any_command(dice, talk.features.session_id), dice.choice([actor, HOST]))


def replayed(records: list[Record], encoded: bytes | None = None) -> FeatureSet:
    features = make_features(encoded=encoded)
    for record in records:
        if record.number > features.number:
            features.apply(record)
    return features


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(10, 400))
def test_the_log_rebuilds_the_room_byte_for_byte(seed: int, steps: int) -> None:
    talk, dice = Talk(), random.Random(seed)
    checkpoint = b""
    for step in range(steps):
        if step == steps // 2:
            checkpoint = talk.features.encode()
        act(talk, dice)

    wire = msgspec.json.encode(talk.records)
    records = msgspec.json.decode(wire, type=list[Record])
    live = talk.features.encode()
    assert replayed(records).encode() == live
    assert replayed(records, checkpoint).encode() == live


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_undoing_the_last_act_makes_the_room_as_it_was(seed: int) -> None:
    talk, dice = Talk(), random.Random(seed)
    for _ in range(60):
        act(talk, dice)
    while talk.features.moderation.state.last_action_id == 0:
        act(talk, dice)

    def in_force() -> tuple[object, ...]:
        features = talk.features
        muted, blocked = set(features.sanctions.state.mutes), set(features.sanctions.state.blocks)
        return (muted, blocked, features.rules.state.rules, features.rules.state.words)

    before = in_force()
    last = talk.features.moderation.state.last_action_id
    for command in (BlockUser("guest-1"), UnblockUser("guest-1"), SetBlockedWords(["z"]), UnmuteUser("anna")):
        talk.do(command, HOST)
    for action in reversed([a for a in talk.features.moderation.state.actions if a.action_id > last]):
        assert action.undo is not None
        talk.do(action.undo, HOST)

    assert in_force() == before


def test_records_say_how_far_the_stream_was() -> None:
    talk = Talk()
    talk.say("before the stream")
    talk.happens(SessionBegan("s1"))
    talk.happens(StreamBegan())
    talk.now_ms += 1500
    talk.happens(CardPutUp("tea"))
    talk.now_ms += 500
    talk.happens(StreamEnded())
    talk.happens(CardPutUp("cup"))
    talk.happens(StreamBegan())
    talk.happens(BackendStarted())
    talk.happens(CardPutUp("pot"))

    assert [record.media_ms for record in talk.records] == [None, None, 0, 1500, 2000, None, 0, None, None]
