import pytest

from backend.contract.base import RejectReason
from backend.contract.cards import CardHidden, HideCard
from backend.contract.chat import BlockedWordsChanged
from backend.contract.live import GoLive, Presence, PresenceChanged
from backend.contract.protocol import Accepted, Act, Join, Pong, Private, Rejected, Reliable, Resumed, Sampled
from backend.contract.shop import ProductsChanged
from studio.connection.room_protocol import (
    ClockRead,
    CommandRejected,
    Done,
    ProtocolError,
    RoomProtocol,
    Synced,
)
from tests.studio.fakes import hello, snapshot


@pytest.fixture
def protocol() -> RoomProtocol:
    """A protocol that took a snapshot up to event 4 of epoch e1."""
    made = RoomProtocol()
    made.receive(snapshot(seq=4), 0)
    return made


def test_who_has_seen_nothing_says_so() -> None:
    assert RoomProtocol().join() == Join("", 0)


def test_a_snapshot_brings_everything_up_to_now() -> None:
    protocol = RoomProtocol()
    taken = snapshot(seq=7)

    assert protocol.receive(taken, 0) == [taken, Synced()]
    assert protocol.join() == Join("e1", 7)


def test_events_follow_in_order(protocol: RoomProtocol) -> None:
    assert protocol.receive(Reliable(5, CardHidden()), 0) == [CardHidden()]
    assert protocol.join() == Join("e1", 5)


def test_an_event_that_was_seen_before_means_nothing(protocol: RoomProtocol) -> None:
    assert protocol.receive(Reliable(4, CardHidden()), 0) == []


def test_a_gap_begins_anew_instead_of_guessing(protocol: RoomProtocol) -> None:
    with pytest.raises(ProtocolError, match="expected event 5, got 6"):
        protocol.receive(Reliable(6, CardHidden()), 0)
    assert protocol.join() == Join("", 0)


def test_resuming_ends_with_the_last_missed_event(protocol: RoomProtocol) -> None:
    protocol.join()

    assert protocol.receive(Resumed("e1", 6), 0) == []
    assert protocol.receive(Reliable(5, CardHidden()), 0) == [CardHidden()]
    assert protocol.receive(Reliable(6, ProductsChanged()), 0) == [ProductsChanged(), Synced()]
    assert protocol.receive(Reliable(7, CardHidden()), 0) == [CardHidden()]


def test_resuming_with_nothing_missed_is_up_to_date_at_once(protocol: RoomProtocol) -> None:
    assert protocol.receive(Resumed("e1", 4), 0) == [Synced()]


def test_sampled_events_pass_through(protocol: RoomProtocol) -> None:
    event = PresenceChanged(Presence(1, 1))
    assert protocol.receive(Sampled([event, event]), 0) == [event, event]


def test_an_answer_names_its_command(protocol: RoomProtocol) -> None:
    first, second = protocol.act(GoLive()), protocol.act(HideCard())
    answer = Rejected(second.request_id, RejectReason.TOO_FAST)

    assert (first, second) == (Act(1, GoLive()), Act(2, HideCard()))
    assert protocol.receive(answer, 0) == [CommandRejected(HideCard(), answer)]
    assert protocol.receive(Accepted(1), 0) == [Done(GoLive())]
    assert protocol.take_unanswered() == []


def test_what_is_for_us_alone_is_told_like_the_rest(protocol: RoomProtocol) -> None:
    event = BlockedWordsChanged(["spam"], 0)

    assert protocol.receive(Private(event), 0) == [event]


def test_an_answer_to_nothing_means_nothing(protocol: RoomProtocol) -> None:
    assert protocol.receive(Rejected(99, RejectReason.TOO_FAST), 0) == []


def test_unanswered_commands_are_known_once_the_line_is_gone(protocol: RoomProtocol) -> None:
    protocol.act(GoLive())
    protocol.act(HideCard())

    assert protocol.take_unanswered() == [GoLive(), HideCard()]
    assert protocol.take_unanswered() == []


def test_the_servers_clock_is_read_in_the_middle_of_a_round_trip(protocol: RoomProtocol) -> None:
    assert protocol.receive(Pong(sent_at_ms=1000, server_time_ms=5050), 1100) == [ClockRead(4000, 100)]


def test_a_backend_of_another_version_is_named() -> None:
    with pytest.raises(ProtocolError, match=r"expected protocol \d, the backend speaks 9"):
        RoomProtocol().receive(hello(protocol=9), 0)


def test_another_room_begins_from_nothing(protocol: RoomProtocol) -> None:
    protocol.forget()

    assert protocol.join() == Join("", 0)
