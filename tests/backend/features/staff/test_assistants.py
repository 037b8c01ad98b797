import pytest

from backend.contract.base import AssistantRight, RejectReason, Role
from backend.contract.chat import SendDanmu
from backend.contract.protocol import ChatCommand
from backend.contract.staff import (
    MOST_ASSISTANTS,
    Assistant,
    InviteAssistant,
    RevokeAssistant,
    SetAssistantRights,
    YouWereDismissed,
)
from backend.features.actor import Actor
from backend.features.deliveries import PutOut, ShowStaff, ToHost, You
from backend.features.staff.assistants import DISMISSED, RedeemInvitation
from tests.backend.room.talk import ANNA, HELPER, HOST, Talk

CODE = "ab" * 32
WANG = Actor("assistant-wang", Role.ASSISTANT)
CHAT, PRICES = AssistantRight.CHAT, AssistantRight.PRICES
HOUR_S = 3600


@pytest.fixture
def talk() -> Talk:
    return Talk()


def invite(talk: Talk, digest: str = CODE, *rights: AssistantRight) -> RejectReason | None:
    return talk.do(InviteAssistant(digest, list(rights or (CHAT,)), code_hours=1, grant_hours=24), HOST)


def shown(talk: Talk) -> Assistant:
    return talk.features.assistants.shown(lambda user_id: user_id == WANG.user_id)[-1]


def rights(talk: Talk) -> frozenset[AssistantRight]:
    return talk.features.assistants.known(WANG, talk.now_ms).rights


def test_who_has_a_code_becomes_an_assistant_with_the_rights_that_were_given(talk: Talk) -> None:
    assert invite(talk, CODE, PRICES, CHAT, CHAT) is None
    assert (shown(talk).name, shown(talk).code_until_ms) == ("", talk.now_ms + HOUR_S * 1000)
    assert talk.do(RedeemInvitation(CODE, "  小\u202e王 "), WANG) is None

    assert any(isinstance(item, ToHost) for item in talk.told)
    joined = shown(talk)
    assert (joined.user_id, joined.name, joined.is_online) == (WANG.user_id, "小王", True)
    assert (joined.rights, joined.code_until_ms) == ([PRICES, CHAT], None)
    assert rights(talk) == {PRICES, CHAT}
    you = talk.features.you(WANG, talk.now_ms)
    assert (you.name, you.rights, you.rights_until_ms) == ("小王", [PRICES, CHAT], joined.until_ms)


def test_a_code_works_once(talk: Talk) -> None:
    invite(talk)
    assert talk.do(RedeemInvitation(CODE, "one"), WANG) is None
    assert talk.do(RedeemInvitation(CODE, "two"), Actor("assistant-2", Role.ASSISTANT)) is (
        RejectReason.WRONG_CODE
    )


def test_neither_a_wrong_code_nor_one_out_of_date_nor_a_used_ones_empty_rest_lets_anybody_in(
    talk: Talk,
) -> None:
    assert talk.do(RedeemInvitation("", "x"), WANG) is RejectReason.WRONG_CODE
    invite(talk)
    assert talk.do(RedeemInvitation("cd" * 32, "x"), WANG) is RejectReason.WRONG_CODE
    talk.do(RedeemInvitation(CODE, "x"), WANG)
    assert talk.do(RedeemInvitation("", "x"), Actor("assistant-2", Role.ASSISTANT)) is RejectReason.WRONG_CODE
    invite(talk, "cd" * 32)
    talk.passes(HOUR_S)
    assert talk.do(RedeemInvitation("cd" * 32, "x"), Actor("assistant-2", Role.ASSISTANT)) is (
        RejectReason.WRONG_CODE
    )
    assert [assistant.user_id for assistant in talk.features.assistants.shown(lambda _user_id: False)] == [
        WANG.user_id
    ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", RejectReason.EMPTY), ("\u202e", RejectReason.EMPTY), ("x" * 21, RejectReason.TOO_LONG)],
)
def test_a_name_that_cannot_be_read_uses_no_code_up(talk: Talk, name: str, reason: RejectReason) -> None:
    invite(talk)
    assert talk.do(RedeemInvitation(CODE, name), WANG) is reason
    assert talk.do(RedeemInvitation(CODE, "小王"), WANG) is None


def test_a_viewer_cannot_use_a_code(talk: Talk) -> None:
    invite(talk)
    assert talk.do(RedeemInvitation(CODE, "x"), ANNA) is RejectReason.WRONG_CODE


@pytest.mark.parametrize("actor", [ANNA, HELPER, WANG])
@pytest.mark.parametrize(
    "command",
    [InviteAssistant(CODE, [CHAT], 1, 1), SetAssistantRights(1, list(AssistantRight)), RevokeAssistant(1)],
)
def test_only_the_host_gives_and_takes_rights(talk: Talk, command: ChatCommand, actor: Actor) -> None:
    invite(talk)
    assert talk.do(command, actor) is RejectReason.FORBIDDEN


@pytest.mark.parametrize(
    "command",
    [
        InviteAssistant("short", [CHAT], 1, 1),
        InviteAssistant("z" * 64, [CHAT], 1, 1),
        InviteAssistant(CODE, [CHAT], 0, 1),
        InviteAssistant(CODE, [CHAT], 169, 200),
        InviteAssistant(CODE, [CHAT], 2, 1),
        InviteAssistant(CODE, [CHAT], 1, 4321),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused(talk: Talk, command: InviteAssistant) -> None:
    assert talk.do(command, HOST) is RejectReason.MALFORMED
    assert talk.features.assistants.shown(lambda _user_id: False) == []


def test_the_same_code_twice_and_more_than_twenty_invitations_are_refused(talk: Talk) -> None:
    assert invite(talk) is None
    assert invite(talk) is RejectReason.ALREADY
    for number in range(MOST_ASSISTANTS - 1):
        assert invite(talk, f"{number:064x}") is None
    assert invite(talk, "cd" * 32) is RejectReason.TOO_MANY


def test_other_rights_count_at_once(talk: Talk) -> None:
    invite(talk)
    talk.do(RedeemInvitation(CODE, "小王"), WANG)
    assert talk.do(SetAssistantRights(1, [PRICES]), HOST) is None
    assert {You(WANG.user_id), ShowStaff(WANG.user_id)} <= set(talk.told[:2])
    assert rights(talk) == {PRICES}
    assert talk.do(SetAssistantRights(1, [PRICES]), HOST) is None
    assert not talk.told
    assert talk.do(SetAssistantRights(7, [PRICES]), HOST) is RejectReason.UNKNOWN_ASSISTANT


def test_who_is_revoked_may_nothing_from_then_on(talk: Talk) -> None:
    invite(talk)
    talk.do(RedeemInvitation(CODE, "小王"), WANG)
    assert talk.features.assistants.admits(WANG, talk.now_ms)
    assert talk.do(RevokeAssistant(1, "bye"), HOST) is None

    assert talk.heard(YouWereDismissed) == YouWereDismissed("revoked", "bye")
    assert PutOut(WANG.user_id, "revoked", DISMISSED, Role.ASSISTANT) in talk.told
    assert rights(talk) == frozenset()
    assert not talk.features.assistants.admits(WANG, talk.now_ms)
    assert talk.do(RevokeAssistant(1), HOST) is RejectReason.UNKNOWN_ASSISTANT


def test_rights_end_when_their_time_is_over(talk: Talk) -> None:
    invite(talk)
    talk.do(RedeemInvitation(CODE, "小王"), WANG)
    talk.passes(24 * HOUR_S - 1)
    assert rights(talk) == {CHAT}
    talk.passes(1)
    assert talk.heard(YouWereDismissed).cause == "expired"
    assert talk.features.assistants.shown(lambda _user_id: False) == []


def test_rights_end_even_before_the_log_says_so(talk: Talk) -> None:
    invite(talk)
    talk.do(RedeemInvitation(CODE, "小王"), WANG)
    assert talk.features.assistants.known(WANG, talk.now_ms + 24 * HOUR_S * 1000).rights == frozenset()


def test_an_invitation_taken_back_is_worth_nothing(talk: Talk) -> None:
    invite(talk)
    talk.do(RevokeAssistant(1), HOST)
    assert not talk.all_heard(YouWereDismissed)
    assert talk.do(RedeemInvitation(CODE, "x"), WANG) is RejectReason.WRONG_CODE


@pytest.mark.parametrize("given", list(AssistantRight))
def test_only_the_right_to_the_chat_lets_an_assistant_write_and_moderate(
    talk: Talk, given: AssistantRight
) -> None:
    helper = Actor("helper", Role.ASSISTANT, frozenset({given}))
    assert (talk.do(SendDanmu("hi"), helper) is RejectReason.FORBIDDEN) == (given is not CHAT)


@pytest.mark.parametrize("given", list(AssistantRight))
def test_staff_see_what_their_rights_show(talk: Talk, given: AssistantRight) -> None:
    talk.say("怎么洗?")
    seen = talk.features.staff_snapshot(Actor("helper", Role.ASSISTANT, frozenset({given})), talk.now_ms)
    assert (seen.stats is not None) == (given is AssistantRight.NUMBERS)
    assert bool(seen.minutes) == (given is AssistantRight.NUMBERS)
    assert bool(seen.questions) == (given is CHAT)
    everything = talk.features.staff_snapshot(HOST, talk.now_ms)
    assert everything.stats is not None
    assert everything.questions
