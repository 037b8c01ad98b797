"""The way of a guest, from the wish to the end, on a clock of its own."""

import pytest

from backend.contract.audience import SetNickname
from backend.contract.base import AssistantRight, RejectReason, Role
from backend.contract.chat import BlockUser
from backend.contract.guests import (
    ANSWER_S,
    COUNTDOWN_S,
    HOLD_S,
    MAX_QUEUE,
    SEATS,
    AcceptGuest,
    AnswerInvitation,
    Guest,
    GuestEnd,
    GuestEnded,
    GuestMedia,
    GuestPhase,
    GuestQueueChanged,
    GuestsChanged,
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
from backend.contract.live import EndLive, GoLive
from backend.features.actor import Actor
from backend.features.guests.guests import REQUESTS_AT_ONCE, AskSeat, RecordGuestStream
from backend.features.guests.seats import AWAY_S
from backend.log.entries import BackendStarted, Joined, Left
from backend.log.guest_entries import GuestGone
from tests.backend.room.talk import ANNA, BERT, HELPER, HOST, Talk

VIDEO = RequestSeat(GuestMedia.VIDEO)
BLIND = Actor("blind", Role.ASSISTANT, frozenset({AssistantRight.CHAT}))


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    for actor in (ANNA, BERT):
        talk.happens(Joined(actor.user_id))
    assert talk.do(GoLive(), HOST) is None
    assert talk.do(OpenGuestRequests(is_open=True), HELPER) is None
    return talk


def guest(talk: Talk, actor: Actor = ANNA) -> Guest | None:
    """What a viewer hears of their own way."""
    return talk.features.you(actor, talk.now_ms).guest


def phase(talk: Talk, actor: Actor = ANNA) -> GuestPhase | None:
    found = guest(talk, actor)
    return found.phase if found else None


def brought_to_test(talk: Talk, actor: Actor = ANNA) -> Talk:
    """Bring a viewer as far as the device test, with a stream."""
    assert talk.do(VIDEO, actor) is None
    assert talk.do(AcceptGuest(actor.user_id), HELPER) is None
    assert talk.do(StartDeviceTest(), actor) is None
    assert talk.do(RecordGuestStream(actor.user_id, is_streaming=True), HOST) is None
    return talk


def brought_on_air(talk: Talk, actor: Actor = ANNA) -> Talk:
    """Bring a viewer on air."""
    assert brought_to_test(talk, actor).do(TakeSeat(), actor) is None
    talk.passes(COUNTDOWN_S)
    assert phase(talk, actor) is GuestPhase.ON_AIR
    return talk


def test_a_viewer_comes_on_air_after_a_device_test_and_a_countdown(talk: Talk) -> None:
    brought_to_test(talk)
    assert talk.features.show().guests == []
    talk.do(TakeSeat())
    talk.passes(COUNTDOWN_S - 0.001)
    assert phase(talk) is GuestPhase.COUNTDOWN
    talk.passes(0.001)

    on_air = talk.heard(GuestsChanged).guests
    assert [(one.user_id, one.phase, one.seat) for one in on_air] == [("anna", GuestPhase.ON_AIR, 0)]
    assert on_air[0].name
    assert talk.features.show().guests == on_air == [guest(talk)]


def test_an_invited_viewer_chooses_what_they_send(talk: Talk) -> None:
    assert talk.do(InviteGuest("anna"), HELPER) is None
    assert phase(talk) is GuestPhase.INVITED
    assert talk.do(AnswerInvitation(is_accepted=True, media=GuestMedia.AUDIO)) is None

    taken = guest(talk)
    assert taken is not None
    assert (taken.phase, taken.media, taken.seat) == (GuestPhase.ACCEPTED, GuestMedia.AUDIO, 0)


def test_an_invitation_can_be_declined_and_taken_back(talk: Talk) -> None:
    talk.do(InviteGuest("anna"), HOST)
    assert talk.do(AnswerInvitation(is_accepted=False)) is None
    assert talk.heard(GuestEnded) == GuestEnded(GuestEnd.DECLINED)
    talk.do(InviteGuest("anna"), HOST)
    assert talk.do(RemoveGuest("anna"), HOST) is None
    assert talk.do(AnswerInvitation(is_accepted=True)) is RejectReason.EXPIRED
    assert guest(talk) is None


@pytest.mark.parametrize("steps", [0, 1, 2], ids=["invited", "accepted", "testing"])
def test_who_does_not_answer_is_a_guest_no_more(talk: Talk, steps: int) -> None:
    talk.do(InviteGuest("anna"), HOST)
    for command in (AnswerInvitation(is_accepted=True), StartDeviceTest())[:steps]:
        assert talk.do(command) is None
    talk.passes(ANSWER_S - 0.001)
    assert guest(talk) is not None
    talk.passes(0.001)
    assert talk.heard(GuestEnded) == GuestEnded(GuestEnd.TIMED_OUT)
    assert guest(talk) is None


def test_a_device_test_is_given_more_time_for_the_asking(talk: Talk) -> None:
    brought_to_test(talk)
    talk.passes(ANSWER_S - 1)
    assert talk.do(StartDeviceTest()) is None
    talk.passes(ANSWER_S - 1)
    assert phase(talk) is GuestPhase.TESTING


def test_a_lost_line_holds_the_seat_until_the_guest_is_back(talk: Talk) -> None:
    brought_on_air(talk)
    talk.do(RecordGuestStream("anna", is_streaming=False), HOST)
    assert [one.phase for one in talk.heard(GuestsChanged).guests] == [GuestPhase.DROPPED]
    talk.passes(HOLD_S - 1)
    talk.do(RecordGuestStream("anna", is_streaming=True), HOST)
    assert phase(talk) is GuestPhase.ON_AIR
    talk.do(RecordGuestStream("anna", is_streaming=False), HOST)
    talk.passes(HOLD_S)
    assert talk.heard(GuestEnded) == GuestEnded(GuestEnd.LOST)
    assert talk.heard(GuestsChanged).guests == []


def test_a_countdown_without_a_stream_ends_in_a_held_seat(talk: Talk) -> None:
    brought_to_test(talk)
    talk.do(RecordGuestStream("anna", is_streaming=False), HOST)
    assert phase(talk) is GuestPhase.TESTING
    talk.do(TakeSeat())
    talk.passes(COUNTDOWN_S)
    assert phase(talk) is GuestPhase.DROPPED


def test_a_guest_leaves_in_any_phase_and_leaving_twice_changes_nothing(talk: Talk) -> None:
    brought_on_air(talk)
    assert talk.do(LeaveSeat()) is None
    assert talk.heard(GuestEnded) == GuestEnded(GuestEnd.LEFT)
    assert talk.do(LeaveSeat()) is None
    assert talk.told == []


def test_kicked_guests_may_ask_again_and_barred_ones_not(talk: Talk) -> None:
    brought_on_air(talk)
    talk.do(RemoveGuest("anna"), HELPER)
    assert talk.heard(GuestEnded) == GuestEnded(GuestEnd.KICKED)
    assert talk.do(VIDEO) is None
    talk.do(RemoveGuest("anna", is_barred=True), HELPER)
    assert talk.heard(GuestEnded) == GuestEnded(GuestEnd.DECLINED, is_barred=True)
    assert talk.do(VIDEO) is RejectReason.GUEST_BARRED
    assert talk.do(InviteGuest("anna"), HOST) is None
    talk.do(LeaveSeat())
    talk.passes(60)
    assert talk.do(VIDEO) is None


def test_who_is_blocked_is_a_guest_no_more(talk: Talk) -> None:
    brought_on_air(talk)
    talk.do(BlockUser("anna"), HOST)
    derived = talk.features.derive(talk.records[-1].entry)
    assert derived == [GuestGone("anna", GuestEnd.BLOCKED)]
    assert talk.do(TakeSeat()) is RejectReason.BLOCKED


def test_staff_mute_hide_and_move_guests(talk: Talk) -> None:
    brought_on_air(talk)
    brought_on_air(talk, BERT)
    assert talk.do(SetGuest("anna", is_muted=True, is_hidden=True), HELPER) is None
    assert talk.do(MoveGuest("anna", 1), HELPER) is None
    shown = [(one.user_id, one.seat, one.is_muted, one.is_hidden) for one in talk.features.show().guests]
    assert shown == [("bert", 0, False, False), ("anna", 1, True, True)]
    assert talk.do(MoveGuest("bert", 5), HOST) is None
    assert [one.seat for one in talk.features.show().guests] == [1, 5]
    assert talk.do(MoveGuest("bert", 8), HOST) is RejectReason.MALFORMED


def test_requests_are_refused_with_the_reason(talk: Talk) -> None:
    assert talk.do(VIDEO, HELPER) is RejectReason.IS_STAFF
    assert talk.do(VIDEO) is None
    assert talk.do(VIDEO) is RejectReason.ALREADY
    talk.do(OpenGuestRequests(is_open=False), HOST)
    assert talk.heard(GuestsChanged).are_requests_open is False
    assert talk.features.show().are_guest_requests_open is False
    assert talk.do(VIDEO, BERT) is RejectReason.GUESTS_CLOSED
    assert phase(talk) is GuestPhase.QUEUED  # who waits still waits
    talk.do(EndLive(), HOST)
    assert talk.do(VIDEO, BERT) is RejectReason.NOT_LIVE


def test_requests_over_and_over_are_too_fast(talk: Talk) -> None:
    for _ in range(REQUESTS_AT_ONCE):
        assert talk.do(VIDEO) is None
        talk.do(LeaveSeat())
    rejection = talk.rejection(VIDEO)
    assert rejection is not None
    assert rejection.reason is RejectReason.TOO_FAST
    assert rejection.retry_ms > 0


def test_seats_and_the_queue_have_their_limits(talk: Talk) -> None:
    viewers = [Actor(f"viewer-{number}", Role.VIEWER) for number in range(MAX_QUEUE)]
    for viewer in viewers:
        assert talk.do(VIDEO, viewer) is None
    assert talk.do(VIDEO) is RejectReason.TOO_MANY
    for viewer in viewers[: len(SEATS)]:
        assert talk.do(AcceptGuest(viewer.user_id), HOST) is None
    assert talk.do(AcceptGuest(viewers[-1].user_id), HOST) is RejectReason.SEATS_FULL
    assert talk.do(InviteGuest("bert"), HOST) is None
    assert talk.do(AnswerInvitation(is_accepted=True), BERT) is RejectReason.SEATS_FULL
    assert phase(talk, BERT) is GuestPhase.INVITED  # a seat may become free in time


def test_only_who_may_decides_of_guests_and_sees_the_queue(talk: Talk) -> None:
    talk.do(VIDEO)
    assert talk.heard(GuestQueueChanged).guests == talk.features.staff_snapshot(HELPER, 0).guests
    assert talk.features.staff_snapshot(BLIND, 0).guests == []
    for actor in (BERT, BLIND):
        assert talk.do(AcceptGuest("anna"), actor) is RejectReason.FORBIDDEN
    assert talk.do(RecordGuestStream("anna", is_streaming=True), BERT) is RejectReason.FORBIDDEN


def test_staff_are_told_of_who_is_no_guest_any_more(talk: Talk) -> None:
    assert talk.do(InviteGuest("nobody"), HOST) is RejectReason.UNKNOWN_USER
    assert talk.do(AcceptGuest("anna"), HOST) is RejectReason.UNKNOWN_USER
    talk.do(VIDEO)
    assert talk.do(SetGuest("anna", is_muted=True, is_hidden=False), HOST) is RejectReason.EXPIRED
    talk.do(AcceptGuest("anna"), HOST)
    assert talk.do(AcceptGuest("anna"), HOST) is RejectReason.EXPIRED


def test_who_waits_and_stays_away_waits_no_more(talk: Talk) -> None:
    talk.do(VIDEO)
    talk.happens(Left("anna"))
    talk.passes(AWAY_S - 1)
    talk.happens(Joined("anna"))
    talk.passes(5 * AWAY_S)
    assert phase(talk) is GuestPhase.QUEUED
    talk.happens(Left("anna"))
    talk.passes(AWAY_S)
    assert guest(talk) is None


def test_a_restart_holds_all_seats_and_gives_answers_their_time(talk: Talk) -> None:
    brought_on_air(talk)
    brought_to_test(talk, BERT)
    talk.now_ms += 5 * 60 * 1000
    talk.happens(BackendStarted())
    talk.passes(ANSWER_S - 1)
    assert (phase(talk), phase(talk, BERT)) == (GuestPhase.DROPPED, GuestPhase.TESTING)
    talk.do(RecordGuestStream("anna", is_streaming=True), HOST)
    talk.passes(1)
    assert (phase(talk), phase(talk, BERT)) == (GuestPhase.ON_AIR, None)


def test_the_end_of_the_session_ends_all_visits(talk: Talk) -> None:
    brought_on_air(talk)
    talk.do(RemoveGuest("bert", is_barred=True), HOST)
    talk.do(EndLive(), HOST)
    assert talk.heard(GuestEnded) == GuestEnded(GuestEnd.LIVE_ENDED)
    assert talk.heard(GuestsChanged).guests == []
    assert talk.do(AskSeat()) is RejectReason.FORBIDDEN


def test_a_guest_who_takes_another_name_is_called_by_it(talk: Talk) -> None:
    brought_on_air(talk)
    assert talk.do(SetNickname("小茶")) is None
    assert [one.name for one in talk.heard(GuestsChanged).guests] == ["小茶"]
    assert [one.name for one in talk.heard(GuestQueueChanged).guests] == ["小茶"]


def test_a_stream_is_taken_of_who_has_a_seat_alone(talk: Talk) -> None:
    talk.do(VIDEO)
    assert talk.do(AskSeat()) is RejectReason.FORBIDDEN
    assert talk.do(RecordGuestStream("anna", is_streaming=True), HOST) is RejectReason.FORBIDDEN
    talk.do(AcceptGuest("anna"), HOST)
    assert talk.do(AskSeat()) is None
    talk.do(LeaveSeat())
    assert talk.do(AskSeat()) is RejectReason.FORBIDDEN
    assert talk.do(RecordGuestStream("anna", is_streaming=False), HOST) is None
