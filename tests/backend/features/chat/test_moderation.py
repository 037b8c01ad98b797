import msgspec
import pytest

from backend.contract.audience import CheckIn, Follow, SendLikes
from backend.contract.base import RejectReason
from backend.contract.chat import (
    BlockUser,
    DanmuDeleted,
    DanmuPinned,
    DanmuRestored,
    DanmuUnpinned,
    DeleteDanmu,
    Moderated,
    ModerationAction,
    ModerationCommand,
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
    YouWereBlocked,
)
from backend.contract.polls import OpenPoll, Vote
from backend.contract.protocol import ChatCommand
from backend.features.chat.chat_rules import WORDS_AT_ONCE
from backend.features.chat.moderation import ACTIONS
from backend.features.chat.sanctions import BLOCKED
from backend.features.deliveries import PutOut
from tests.backend.room.talk import ANNA, BERT, HELPER, HOST, Talk

OPEN = RoomRules(0, followers_only=False, links_off=False, is_chat_paused=False)


@pytest.fixture
def talk() -> Talk:
    return Talk()


def last_act(talk: Talk) -> ModerationAction:
    return talk.heard(Moderated).action


# --- Deleting ---


def test_a_deleted_danmu_is_gone_for_newcomers_too_and_undo_brings_it_back(talk: Talk) -> None:
    first, second = talk.say("一"), talk.say("二")
    assert talk.do(DeleteDanmu(first, "rude"), HELPER) is None
    assert talk.heard(DanmuDeleted).danmu_ids == [first]
    assert talk.texts() == ["二"]

    undo = last_act(talk).undo
    assert undo == RestoreDanmu(first)
    assert talk.do(undo, HOST) is None
    assert talk.heard(DanmuRestored).danmu[0].text == "一"
    assert talk.texts() == ["一", "二"]
    assert second == first + 1


def test_what_is_not_there_cannot_be_deleted(talk: Talk) -> None:
    assert talk.do(DeleteDanmu(7), HOST) is RejectReason.UNKNOWN_DANMU


def test_saying_again_what_holds_is_accepted_and_kept_once(talk: Talk) -> None:
    danmu_id = talk.say("一")
    for command in (DeleteDanmu(danmu_id), BlockUser("bert"), SetBlockedWords(["x"])):
        assert talk.do(command, HOST) is None
        kept = len(talk.records)
        assert talk.do(command, HOST) is None
        assert len(talk.records) == kept


# --- Muting and blocking ---


def test_a_mute_takes_earlier_messages_and_ends_by_time(talk: Talk) -> None:
    mine, theirs = talk.say("广告", ANNA), talk.say("正常", BERT)
    assert talk.do(MuteUser("anna", 60, "ads"), HOST) is None
    assert talk.heard(DanmuDeleted).danmu_ids == [mine]
    assert talk.texts() == ["正常"]

    rejection = talk.rejection(SendDanmu("again"))
    assert rejection is not None
    assert (rejection.reason, rejection.retry_ms) == (RejectReason.MUTED, 60_000)
    talk.passes(60)
    assert talk.do(SendDanmu("好的")) is None
    assert talk.texts() == ["正常", "好的"]
    assert theirs == mine + 1


def test_a_mute_for_this_live_has_no_end_of_its_own(talk: Talk) -> None:
    talk.do(MuteUser("anna", 0, "rude"), HOST)
    talk.passes(100_000)

    rejection = talk.rejection(SendDanmu("again"))
    assert rejection is not None
    assert (rejection.reason, rejection.retry_ms) == (RejectReason.MUTED, 0)


def test_unmuting_brings_back_what_the_mute_took_but_not_what_was_deleted(talk: Talk) -> None:
    rude, fine = talk.say("脏话"), talk.say("你好")
    talk.do(DeleteDanmu(rude), HOST)
    talk.do(MuteUser("anna", 600), HOST)
    assert talk.do(UnmuteUser("anna"), HELPER) is None

    assert [danmu.danmu_id for danmu in talk.heard(DanmuRestored).danmu] == [fine]
    assert talk.texts() == ["你好"]
    assert last_act(talk).undo == MuteUser("anna", 600)


def test_a_block_puts_the_user_out_and_tells_them_why(talk: Talk) -> None:
    talk.say("x")
    assert talk.do(BlockUser("anna", "spam"), HOST) is None

    assert talk.heard(YouWereBlocked).reason == "spam"
    assert PutOut("anna", "blocked", BLOCKED) in talk.told
    assert talk.texts() == []
    assert talk.do(UnblockUser("anna"), HOST) is None
    assert talk.texts() == ["x"]


def test_staff_are_neither_muted_nor_blocked(talk: Talk) -> None:
    talk.say("大家好", HOST)
    talk.say("我在", HELPER)

    assert talk.do(MuteUser("host", 60), HELPER) is RejectReason.IS_STAFF
    assert talk.do(BlockUser("helper"), HOST) is RejectReason.IS_STAFF


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (MuteUser("anna", -1), RejectReason.MALFORMED),
        (MuteUser("anna", 86_401), RejectReason.MALFORMED),
        (MuteUser("", 60), RejectReason.UNKNOWN_USER),
        (BlockUser("x" * 65), RejectReason.UNKNOWN_USER),
        (BlockUser("anna", "x" * 201), RejectReason.TOO_LONG),
        (PinDanmu(1, 4), RejectReason.MALFORMED),
        (PinDanmu(1, 3601), RejectReason.MALFORMED),
        (PinDanmu(9, 60), RejectReason.UNKNOWN_DANMU),
        (SetBlockedWords([""]), RejectReason.MALFORMED),
        (SetBlockedWords(["x" * 51]), RejectReason.MALFORMED),
        (
            SetRoomRules(RoomRules(-1, followers_only=False, links_off=False, is_chat_paused=False)),
            RejectReason.MALFORMED,
        ),
    ],
)
def test_moderation_refuses_nonsense(talk: Talk, command: ChatCommand, why: RejectReason) -> None:
    talk.say("一")
    assert talk.do(command, HOST) is why


# --- Pinning ---


def test_a_pin_expires_and_goes_with_its_danmu(talk: Talk) -> None:
    danmu_id = talk.say("质量好")
    talk.do(PinDanmu(danmu_id, 30), HOST)
    assert talk.heard(DanmuPinned).pinned.until_ms == talk.now_ms + 30_000
    talk.passes(30)
    assert talk.all_heard(DanmuUnpinned)

    talk.do(PinDanmu(danmu_id, 30), HOST)
    talk.do(MuteUser("anna", 60), HOST)
    assert talk.all_heard(DanmuUnpinned)
    assert talk.do(PinDanmu(danmu_id, 30), HOST) is RejectReason.UNKNOWN_DANMU


def test_undoing_a_pin_puts_the_one_before_back_for_the_rest_of_its_time(talk: Talk) -> None:
    first, second = talk.say("一"), talk.say("二")
    talk.do(PinDanmu(first, 60), HOST)
    assert last_act(talk).undo == UnpinDanmu()
    talk.passes(20)
    talk.do(PinDanmu(second, 60), HOST)

    assert last_act(talk).undo == PinDanmu(first, 40)


# --- Rules and words ---


@pytest.mark.parametrize("text", ["加微信", "加 微 信", "ＷＸ123", "w.x"])
def test_blocked_words_bind_viewers_and_not_staff(talk: Talk, text: str) -> None:
    talk.do(SetBlockedWords(["微信", "wx"]), HOST)

    assert talk.do(SendDanmu(text), ANNA) is RejectReason.BLOCKED_WORD
    assert talk.do(SendDanmu(text), HELPER) is None


def test_slow_mode_says_when_the_next_may_come(talk: Talk) -> None:
    talk.do(SetRoomRules(RoomRules(30, followers_only=False, links_off=False, is_chat_paused=False)), HOST)
    talk.say("一")
    talk.passes(12)

    rejection = talk.rejection(SendDanmu("二"))
    assert rejection is not None
    assert (rejection.reason, rejection.retry_ms) == (RejectReason.SLOW_MODE, 18_000)
    assert talk.do(SendDanmu("我"), BERT) is None
    assert all(talk.do(SendDanmu("快"), HOST) is None for _ in range(20))
    talk.passes(18)
    assert talk.do(SendDanmu("二")) is None


def test_a_paused_chat_is_silent_but_for_staff(talk: Talk) -> None:
    talk.do(SetRoomRules(RoomRules(0, followers_only=False, links_off=False, is_chat_paused=True)), HOST)

    assert talk.do(SendDanmu("一")) is RejectReason.CHAT_PAUSED
    assert talk.do(SendDanmu("马上回来"), HOST) is None
    assert last_act_undo(talk) == SetRoomRules(msgspec.structs.replace(OPEN, version=2))


def last_act_undo(talk: Talk) -> ModerationCommand | None:
    return talk.features.moderation.state.actions[-1].undo


def test_each_act_is_kept_with_who_and_why_and_about_whom(talk: Talk) -> None:
    talk.say("买假货")
    talk.do(MuteUser("anna", 60, "lies"), HELPER)

    action = last_act(talk)
    assert (action.by.name, action.reason, action.at_ms) == ("助理", "lies", talk.now_ms)
    assert action.about == talk.features.people.name_of(ANNA)


def test_only_the_last_hundred_acts_are_shown(talk: Talk) -> None:
    for number in range(ACTIONS + 5):
        talk.do(MuteUser(f"guest-{number}", 60), HOST)

    actions = talk.features.moderation.state.actions
    assert [action.action_id for action in actions] == list(range(6, ACTIONS + 6))


def test_who_changes_rules_that_another_changed_meanwhile_is_told_by_whom(talk: Talk) -> None:
    seen = talk.features.rules.state.rules
    talk.do(SetRoomRules(msgspec.structs.replace(seen, links_off=True)), HELPER)
    rejection = talk.rejection(SetRoomRules(msgspec.structs.replace(seen, slow_mode_s=9)), HOST)

    assert rejection is not None
    assert rejection.reason is RejectReason.CONFLICT
    assert rejection.conflict is not None
    assert rejection.conflict.by is not None
    assert rejection.conflict.by.user_id == "helper"
    assert rejection.conflict.rules == talk.features.rules.state.rules
    now = talk.features.rules.state.rules
    assert (now.links_off, now.slow_mode_s, now.version) == (True, 0, seen.version + 1)
    assert talk.do(SetRoomRules(msgspec.structs.replace(now, slow_mode_s=9)), HOST) is None


def test_ones_own_last_change_of_the_rules_is_no_conflict(talk: Talk) -> None:
    seen = talk.features.rules.state.rules
    assert talk.do(SetRoomRules(msgspec.structs.replace(seen, links_off=True)), HOST) is None
    assert talk.do(SetRoomRules(msgspec.structs.replace(seen, slow_mode_s=9)), HOST) is None


def test_an_undo_does_not_wipe_out_what_another_set_since(talk: Talk) -> None:
    rules = talk.features.rules.state.rules
    talk.do(SetRoomRules(msgspec.structs.replace(rules, links_off=True)), HOST)
    undo = last_act_undo(talk)
    rules = talk.features.rules.state.rules
    talk.do(SetRoomRules(msgspec.structs.replace(rules, slow_mode_s=9)), HELPER)
    assert undo is not None
    assert talk.do(undo, HOST) is RejectReason.CONFLICT


def test_blocked_words_are_not_set_at_the_pace_of_a_flood(talk: Talk) -> None:
    answers = [talk.do(SetBlockedWords([f"w{number}"]), HOST) for number in range(WORDS_AT_ONCE + 1)]
    assert answers == [None] * WORDS_AT_ONCE + [RejectReason.TOO_FAST]


def test_blocked_words_are_not_overwritten_unseen(talk: Talk) -> None:
    talk.do(SetBlockedWords(["a"], version=1), HELPER)
    rejection = talk.rejection(SetBlockedWords(["b"], version=1), HOST)
    assert rejection is not None
    assert rejection.conflict is not None
    assert (rejection.conflict.words, rejection.conflict.version) == (["a"], 2)
    assert talk.do(SetBlockedWords(["a", "b"], version=2), HOST) is None


@pytest.mark.parametrize(
    ("field", "command"),
    [
        ("votes_for_accounts", Vote(1, 0)),
        ("likes_for_accounts", SendLikes(3)),
        ("follows_for_accounts", Follow()),
    ],
)
def test_what_stuffing_can_move_is_for_accounts_alone_where_the_host_says_so(
    talk: Talk, field: str, command: ChatCommand
) -> None:
    talk.do(OpenPoll("红还是绿", ["红", "绿"]), HOST)
    talk.do(SetRoomRules(msgspec.structs.replace(OPEN, **{field: True})), HOST)

    assert talk.do(command, ANNA) is RejectReason.ACCOUNTS_ONLY
    assert talk.do(command, msgspec.structs.replace(ANNA, version=1)) is None
    assert talk.do(CheckIn(), ANNA) is None
    talk.do(SetRoomRules(OPEN), HOST)
    assert talk.do(command, BERT) is None
