"""The protocol read as a conversation: `session << message` speaks, `session >> Kind` hears the answer."""

from collections import deque
from collections.abc import Sequence
from typing import TypeVar

import msgspec
import pytest

from backend.contract.audience import SetNickname
from backend.contract.base import RejectReason, Role
from backend.contract.cards import CardHidden, HideCard, ShowCard
from backend.contract.chat import SendDanmu
from backend.contract.live import GoLive, Live, LivePhase, Presence
from backend.contract.protocol import (
    MAX_CLIENT_MESSAGE_BYTES,
    PROTOCOL_VERSION,
    Accepted,
    Act,
    ClientMessage,
    Hello,
    Join,
    Ping,
    Pong,
    Rejected,
    Reliable,
    Resumed,
    Snapshot,
    decode_server_message,
    encode,
)
from backend.features.actor import Actor
from backend.features.deliveries import Rejection
from backend.room.frames import Prepared, prepare
from backend.room.history import History
from backend.room.session import (
    BREACHES_AT_ONCE,
    Action,
    Close,
    Execute,
    Heard,
    Refresh,
    Send,
    Session,
    Subscribe,
)

Kind = TypeVar("Kind")
HOST = Actor("host", Role.HOST)


class StillRoom:
    """A room in which nothing happens but what a test puts into its history."""

    def __init__(self) -> None:
        self.history = History("epoch-1", ring_size=5)
        self.later: list[Prepared] = []

    def snapshot(self) -> Snapshot:
        return Snapshot(
            self.history.epoch, self.history.seq, "直播间", Live(LivePhase.PREVIEW), None, Presence(1, 1)
        )

    def missed(self, epoch: str, seq: int) -> Sequence[Prepared] | None:
        return self.history.missed(epoch, seq)

    def since_snapshot(self) -> Sequence[Prepared]:
        return self.later


class Conversation:
    def __init__(self, actor: Actor = HOST) -> None:
        self.room = StillRoom()
        self.session = Session(actor, self.room)
        self.now_ms = 50_000
        self.heard: deque[Action] = deque(self.session.open(self.now_ms))

    def __lshift__(self, message: ClientMessage | bytes) -> "Conversation":
        data = message if isinstance(message, bytes) else encode(message)
        self.heard.extend(self.session.receive(data, self.now_ms))
        return self

    def __rshift__(self, kind: type[Kind]) -> Kind:
        action: object = self.heard.popleft()
        if isinstance(action, Send):
            action = decode_server_message(action.prepared.payload)
        assert isinstance(action, kind), f"expected {kind.__name__}, heard {action!r}"
        return action

    def is_silent(self) -> bool:
        return not self.heard


@pytest.fixture
def session() -> Conversation:
    return Conversation()


@pytest.fixture
def joined(session: Conversation) -> Conversation:
    session << Join()
    session.heard.clear()
    return session


def test_the_server_speaks_first_and_says_who_you_are(session: Conversation) -> None:
    assert session >> Hello == Hello(PROTOCOL_VERSION, 50_000, Role.HOST, "host")
    assert session.is_silent()


def test_a_newcomer_gets_a_snapshot_and_then_what_happens(session: Conversation) -> None:
    session >> Hello
    session << Join()
    assert (session >> Snapshot).epoch == "epoch-1"
    session >> Subscribe
    assert session.is_silent()


def test_a_snapshot_that_was_taken_a_while_ago_is_followed_by_what_was_told_since(
    session: Conversation,
) -> None:
    session.room.later = [prepare(Reliable(1, CardHidden()))]
    session >> Hello
    session << Join()
    assert (session >> Snapshot).seq == 0
    assert (session >> Reliable).seq == 1
    session >> Subscribe


def test_who_was_away_gets_exactly_what_was_missed(session: Conversation) -> None:
    for _ in range(4):
        session.room.history.append(*session.room.history.number([CardHidden()]))
    session >> Hello
    session << Join("epoch-1", 2)
    assert session >> Resumed == Resumed("epoch-1", 4)
    assert [(session >> Reliable).seq for _ in range(2)] == [3, 4]
    session >> Subscribe
    session >> Refresh


def test_who_missed_nothing_is_told_so(session: Conversation) -> None:
    session.room.history.append(*session.room.history.number([CardHidden()]))
    session >> Hello
    session << Join("epoch-1", 1)
    session >> Resumed
    session >> Subscribe


@pytest.mark.parametrize(
    ("epoch", "seq", "why"),
    [
        ("epoch-0", 3, "the backend was started again"),
        ("epoch-1", 1, "too much happened since"),
        ("epoch-1", 9, "a number that was never given"),
        ("epoch-1", -1, "not a number of ours"),
    ],
)
def test_who_cannot_be_told_what_was_missed_gets_a_snapshot(
    session: Conversation, epoch: str, seq: int, why: str
) -> None:
    for _ in range(7):
        session.room.history.append(*session.room.history.number([CardHidden()]))
    session >> Hello
    session << Join(epoch, seq)
    assert (session >> Snapshot).seq == 7, why


def test_a_command_is_handed_on_and_its_outcome_told_to_its_sender(joined: Conversation) -> None:
    joined << Act(7, ShowCard("tea"))
    assert joined >> Execute == Execute(7, ShowCard("tea"))
    joined.heard.extend(joined.session.executed(7, None, joined.now_ms))
    assert joined >> Accepted == Accepted(7)
    joined.heard.extend(joined.session.executed(8, Rejection(RejectReason.UNKNOWN_PRODUCT), joined.now_ms))
    assert joined >> Rejected == Rejected(8, RejectReason.UNKNOWN_PRODUCT)


def test_the_clocks_ping_comes_back_with_the_servers_time(session: Conversation) -> None:
    session >> Hello
    session << Ping(12.5)
    assert session >> Pong == Pong(12.5, 50_000)


def test_a_flood_of_pings_is_left_unanswered(joined: Conversation) -> None:
    for _ in range(50):
        joined << Ping(1.0)
    assert sum(one != Heard() for one in joined.heard) == 10
    joined.now_ms += 1000
    joined.heard.clear()
    joined << Ping(2.0)
    joined >> Pong


def test_a_ping_says_that_a_client_is_there_once_it_came_in(session: Conversation) -> None:
    session << Ping(1.0)
    assert Heard() not in session.heard
    session << Join()
    session << Ping(2.0)
    assert Heard() in session.heard


def test_twenty_commands_a_second_and_no_more(joined: Conversation) -> None:
    for number in range(21):
        joined << Act(number, HideCard())
    for _ in range(20):
        joined >> Execute
    refused = joined >> Rejected
    assert (refused.request_id, refused.reason) == (20, RejectReason.TOO_FAST)
    assert 0 < refused.retry_ms <= 50
    joined.now_ms += refused.retry_ms
    joined << Act(21, HideCard())
    joined >> Execute


def test_a_command_before_the_join_is_refused(session: Conversation) -> None:
    session >> Hello
    session << Act(1, GoLive())
    assert session >> Rejected == Rejected(1, RejectReason.MALFORMED)


def test_an_unknown_command_is_refused_under_its_number(joined: Conversation) -> None:
    joined << b'{"type":"act","request_id":3,"command":{"type":"give_money"}}'
    assert joined >> Rejected == Rejected(3, RejectReason.MALFORMED)


@pytest.mark.parametrize(
    "nonsense",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"type":"boo"}',
        b'{"type":"join","seq":"x"}',
        b'{"type":1e999}',
        b'{"x":' * 3000,
        b'{"type":"act","request_id":1,"command":' + b"[" * 3000,
        b'{"type":"act","request_id":%d,"command":{"type":"hide_card"}}' % 2**64,
    ],
)
def test_one_bad_message_is_forgiven_and_five_are_not(joined: Conversation, nonsense: bytes) -> None:
    for _ in range(4):
        joined << nonsense
    assert joined.is_silent()
    joined << nonsense
    assert (joined >> Close).code == 1008


def test_a_text_beyond_its_bound_is_refused_before_the_room_sees_it(joined: Conversation) -> None:
    joined << Act(1, SetNickname("\ufdfa" * 5_000))
    assert joined >> Rejected == Rejected(1, RejectReason.TOO_LONG)
    joined << Act(2, SendDanmu("\ufdfa" * 2_000))
    assert joined >> Rejected == Rejected(2, RejectReason.TOO_LONG)
    assert joined.is_silent()


def test_a_number_that_no_client_can_write_exactly_is_a_bad_message(joined: Conversation) -> None:
    joined << b'{"type":"act","request_id":1,"command":{"type":"vote","poll_id":1,"option":%d}}' % 2**64
    assert joined >> Rejected == Rejected(1, RejectReason.MALFORMED)


def test_refused_tries_count_against_the_pace(joined: Conversation) -> None:
    for number in range(20):
        joined << Act(number, SetNickname("x" * 1000))
        assert (joined >> Rejected).reason is RejectReason.TOO_LONG
    joined << Act(20, HideCard())
    assert (joined >> Rejected).reason is RejectReason.TOO_FAST


def test_a_connection_that_keeps_breaking_limits_is_closed(joined: Conversation) -> None:
    for number in range(BREACHES_AT_ONCE + 1):
        joined << Act(number, SetNickname("x" * 1000))
    for _ in range(BREACHES_AT_ONCE + 1):
        joined >> Rejected
    assert (joined >> Close).code == 1008


def test_refusals_of_the_room_count_as_broken_limits_too(joined: Conversation) -> None:
    too_fast = Rejection(RejectReason.TOO_FAST, 2000)
    for number in range(BREACHES_AT_ONCE):
        assert len(joined.session.executed(number, too_fast, joined.now_ms)) == 1
    assert joined.session.executed(99, too_fast, joined.now_ms)[1:] == [
        Close(1008, "limits were broken again and again; wait a moment")
    ]


def test_who_breaks_a_limit_now_and_then_stays(joined: Conversation) -> None:
    for number in range(10 * BREACHES_AT_ONCE):
        joined << Act(number, SetNickname("x" * 1000))
        assert (joined >> Rejected).reason is RejectReason.TOO_LONG
        joined.now_ms += 1000
    assert joined.is_silent()


def test_joining_twice_is_a_bad_message(joined: Conversation) -> None:
    for _ in range(5):
        joined << Join()
    assert (joined >> Close).code == 1008


def test_a_message_above_16_kb_ends_the_conversation(joined: Conversation) -> None:
    joined << msgspec.json.encode({"type": "ping", "sent_at_ms": 1.0, "x": "a" * MAX_CLIENT_MESSAGE_BYTES})
    assert (joined >> Close).code == 1009


def test_fields_of_a_newer_client_are_passed_over(joined: Conversation) -> None:
    joined << b'{"type":"ping","sent_at_ms":1.5,"battery":0.3}'
    assert joined >> Pong == Pong(1.5, 50_000)
