import itertools
from collections.abc import Sequence

import pytest

from backend.contract.base import AssistantRight, RejectReason, Role
from backend.contract.cards import Card, CardHidden, CardShown, HideCard, ShowCard
from backend.contract.live import EndLive, GoLive, Live, LiveChanged, LivePhase, PauseLive, ResumeLive
from backend.contract.protocol import Command, ReliableEvent
from backend.contract.shop import Product
from backend.contract.stream import StreamCondition
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delegated, Delivery, Rejection, ToAll
from backend.features.live.live import PUBLISHER_LOST_TIMEOUT_MS, RecordConditions, RecordPublisher
from backend.log.entries import BackendStarted, CardPutUp, Entry
from backend.shop.room_products import Catalog
from tests.backend.kinds import as_type
from tests.backend.room.talk import make_features

TEA = Product("tea", 1, "茶", 16800, None, 5, "")
CUP = Product("cup", 2, "杯", 8900, None, 5, "")
HOST = Actor("host", Role.HOST)
VIEWER = Actor("guest-1", Role.VIEWER)
SELLER = Actor("assistant-1", Role.ASSISTANT, frozenset({AssistantRight.PRODUCTS}))
HELPLESS = Actor("assistant-2", Role.ASSISTANT, frozenset(AssistantRight) - {AssistantRight.PRODUCTS})
MINUTE_MS = 60_000


class Rules:
    """The features of a room that sells tea and cups, and what all hear of each command."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        numbers = itertools.count(1)
        self.features = make_features(Catalog([TEA, CUP]), new_session_id=lambda: f"session-{next(numbers)}")
        self.now_ms = 1000
        self.happens(*entries)

    def do(self, command: Command, actor: Actor = HOST) -> tuple[ReliableEvent, ...] | RejectReason:
        return self._decided(self.features.decide(command, actor, self.now_ms))

    def publisher(self, *, comes: bool) -> tuple[ReliableEvent, ...] | RejectReason:
        return self._decided(self.features.decide(RecordPublisher(comes), HOST, self.now_ms))

    def notice(self, *conditions: StreamCondition) -> tuple[ReliableEvent, ...] | RejectReason:
        return self._decided(self.features.decide(RecordConditions(list(conditions)), HOST, self.now_ms))

    def after(self, passed_ms: int) -> tuple[ReliableEvent, ...] | RejectReason:
        self.now_ms += passed_ms
        return self.happens(*self.features.due(self.now_ms))

    def happens(self, *entries: Entry) -> tuple[ReliableEvent, ...]:
        heard: list[Delivery] = []
        for entry in entries:
            heard += self.features.apply(self.features.record(entry, self.now_ms))
        ours = CardShown | CardHidden | LiveChanged
        return tuple(item.event for item in heard if isinstance(item, ToAll) and isinstance(item.event, ours))

    @property
    def live(self) -> Live:
        return self.features.show().live

    @property
    def card(self) -> Card | None:
        return self.features.show().card

    def _decided(self, decision: Decision) -> tuple[ReliableEvent, ...] | RejectReason:
        assert not isinstance(decision, Delegated)
        return decision.reason if isinstance(decision, Rejection) else self.happens(*decision)


@pytest.fixture
def room() -> Rules:
    return Rules()


def test_a_shown_card_carries_the_product_and_the_time(room: Rules) -> None:
    assert room.do(ShowCard("tea")) == (CardShown(Card(TEA, 1000)),)
    assert room.card == Card(TEA, 1000)


def test_a_second_card_takes_the_place_of_the_first(room: Rules) -> None:
    room.do(ShowCard("tea"))
    assert room.do(ShowCard("cup")) == (CardShown(Card(CUP, 1000)),)


def test_showing_the_card_that_is_there_is_accepted_and_silent(room: Rules) -> None:
    room.do(ShowCard("tea"))
    room.now_ms += 5
    assert room.do(ShowCard("tea")) == ()
    assert room.card == Card(TEA, 1000)


def test_an_unknown_product_is_refused_and_the_card_stays(room: Rules) -> None:
    room.do(ShowCard("tea"))
    assert room.do(ShowCard("nope")) is RejectReason.UNKNOWN_PRODUCT
    assert room.card == Card(TEA, 1000)


def test_a_hidden_card_is_gone_and_hiding_none_is_silent(room: Rules) -> None:
    room.do(ShowCard("tea"))
    assert room.do(HideCard()) == (CardHidden(),)
    assert room.do(HideCard()) == ()
    assert room.card is None


@pytest.mark.parametrize(
    "command", [ShowCard("tea"), HideCard(), GoLive(), PauseLive(), ResumeLive(), EndLive()]
)
def test_a_viewer_may_command_nothing(room: Rules, command: Command) -> None:
    before = room.features.encode()
    assert room.do(command, VIEWER) is RejectReason.FORBIDDEN
    assert room.features.encode() == before


def test_what_a_command_would_do_is_not_done_before_it_is_applied(room: Rules) -> None:
    room.features.decide(ShowCard("tea"), HOST, 1000)
    assert room.card is None


def test_a_show_goes_live_pauses_resumes_and_ends(room: Rules) -> None:
    started = room.do(GoLive())
    assert started == (
        LiveChanged(Live(LivePhase.LIVE, "session-1", 1000, is_publishing=False, reason="host")),
    )
    phases = []
    for command in (PauseLive(), ResumeLive(), EndLive()):
        room.do(command)
        phases.append(room.live.phase)
    assert phases == [LivePhase.PAUSED, LivePhase.LIVE, LivePhase.ENDED]
    assert room.live.session_id == "session-1"


def test_going_live_again_after_the_end_is_a_new_session(room: Rules) -> None:
    room.do(GoLive())
    room.do(EndLive())
    room.now_ms = 9000
    room.do(GoLive())
    assert (room.live.session_id, room.live.started_at_ms) == ("session-2", 9000)


def test_going_live_while_paused_goes_on_with_the_same_session(room: Rules) -> None:
    room.do(GoLive())
    room.do(PauseLive())
    room.do(GoLive())
    assert (room.live.phase, room.live.session_id) == (LivePhase.LIVE, "session-1")


@pytest.mark.parametrize("command", [PauseLive(), ResumeLive(), EndLive()])
def test_before_the_first_show_there_is_nothing_to_pause_or_end(room: Rules, command: Command) -> None:
    assert room.do(command) is RejectReason.NOT_LIVE


@pytest.mark.parametrize("command", [PauseLive(), ResumeLive()])
def test_after_the_end_there_is_nothing_to_pause(room: Rules, command: Command) -> None:
    room.do(GoLive())
    room.do(EndLive())
    assert room.do(command) is RejectReason.NOT_LIVE


@pytest.mark.parametrize("commands", [[GoLive()], [GoLive(), PauseLive()], [GoLive(), EndLive()]])
def test_saying_the_last_command_again_is_accepted_and_silent(room: Rules, commands: list[Command]) -> None:
    for command in commands:
        room.do(command)
    assert room.do(commands[-1]) == ()


def test_the_end_takes_the_card_off_first(room: Rules) -> None:
    room.do(GoLive())
    room.do(ShowCard("tea"))
    hidden, ended = as_type(tuple, room.do(EndLive()))
    assert hidden == CardHidden()
    assert as_type(LiveChanged, ended).live.phase is LivePhase.ENDED


def test_any_sender_that_publishes_goes_live_by_itself(room: Rules) -> None:
    assert room.publisher(comes=True) == (
        LiveChanged(Live(LivePhase.LIVE, "session-1", 1000, is_publishing=True, reason="publisher")),
    )
    assert room.do(GoLive()) == ()


def test_a_lost_publisher_leaves_the_show_live_without_a_picture(room: Rules) -> None:
    room.publisher(comes=True)
    room.publisher(comes=False)
    assert (room.live.phase, room.live.is_publishing) == (LivePhase.LIVE, False)
    room.publisher(comes=True)
    assert (room.live.session_id, room.live.is_publishing) == ("session-1", True)


def test_the_same_news_of_the_publisher_twice_is_silent(room: Rules) -> None:
    room.publisher(comes=True)
    assert room.publisher(comes=True) == ()


def test_what_is_noticed_of_a_stream_is_told_and_goes_with_it(room: Rules) -> None:
    assert room.notice(StreamCondition.NO_VIDEO) == (), "without a stream there is nothing to notice"
    room.publisher(comes=True)
    (changed,) = as_type(tuple, room.notice(StreamCondition.NO_VIDEO))
    assert as_type(LiveChanged, changed).live.conditions == [StreamCondition.NO_VIDEO]
    assert room.notice(StreamCondition.NO_VIDEO) == ()
    assert room.live.phase is LivePhase.LIVE
    room.publisher(comes=False)
    assert room.live.conditions == []


def test_what_was_noticed_of_a_stream_before_the_show_is_still_true_in_it(room: Rules) -> None:
    room.publisher(comes=True)
    room.do(EndLive())
    room.notice(StreamCondition.NO_KEYFRAMES)
    room.do(GoLive())
    assert room.live.conditions == [StreamCondition.NO_KEYFRAMES]


def test_a_publisher_that_outlives_the_show_does_not_begin_another(room: Rules) -> None:
    room.publisher(comes=True)
    room.do(EndLive())
    assert (room.live.phase, room.live.is_publishing) == (LivePhase.ENDED, True)
    room.publisher(comes=False)
    assert (room.live.phase, room.live.is_publishing) == (LivePhase.ENDED, False)
    assert room.after(PUBLISHER_LOST_TIMEOUT_MS) == ()


def test_ten_minutes_without_a_publisher_end_the_show(room: Rules) -> None:
    room.publisher(comes=True)
    room.do(ShowCard("tea"))
    room.publisher(comes=False)
    assert room.after(PUBLISHER_LOST_TIMEOUT_MS - 1) == ()
    hidden, ended = as_type(tuple, room.after(1))
    assert hidden == CardHidden()
    assert as_type(LiveChanged, ended).live.reason == "publisher_lost_timeout"
    assert room.after(PUBLISHER_LOST_TIMEOUT_MS) == ()


def test_a_publisher_that_comes_back_in_time_stops_the_clock(room: Rules) -> None:
    room.publisher(comes=True)
    room.publisher(comes=False)
    room.after(9 * MINUTE_MS)
    room.publisher(comes=True)
    assert room.after(9 * MINUTE_MS) == ()
    assert room.live.phase is LivePhase.LIVE


def test_going_live_and_never_publishing_ends_too_and_pausing_does_not_hide_it(room: Rules) -> None:
    room.do(GoLive())
    room.after(5 * MINUTE_MS)
    room.do(PauseLive())
    room.after(5 * MINUTE_MS)
    assert room.live.phase is LivePhase.ENDED


def test_after_a_restart_the_show_is_live_and_waits_for_its_publisher(room: Rules) -> None:
    room.publisher(comes=True)
    room.do(ShowCard("tea"))
    assert room.happens(BackendStarted()) == ()
    assert (room.live.phase, room.live.session_id, room.live.is_publishing) == (
        LivePhase.LIVE,
        "session-1",
        False,
    )
    assert room.card == Card(TEA, 1000)
    room.after(9 * MINUTE_MS)
    assert room.live.phase is LivePhase.LIVE
    assert room.publisher(comes=True) != ()
    assert room.live.session_id == "session-1"


def test_a_restart_on_the_next_day_ends_yesterdays_show(room: Rules) -> None:
    room.publisher(comes=True)
    room.now_ms += 24 * 60 * MINUTE_MS
    room.happens(BackendStarted())
    room.after(0)
    assert (room.live.phase, room.live.reason) == (LivePhase.ENDED, "publisher_lost_timeout")


def test_a_card_whose_product_is_gone_is_not_shown_after_a_restart() -> None:
    assert Rules([CardPutUp("sold-off")]).card is None


def test_an_assistant_with_the_right_to_products_shows_and_hides_cards_and_no_more() -> None:
    rules = Rules()
    assert rules.do(ShowCard("tea"), SELLER) == (CardShown(Card(TEA, rules.now_ms)),)
    assert rules.do(HideCard(), SELLER) == (CardHidden(),)
    for command in (GoLive(), PauseLive(), ResumeLive(), EndLive()):
        assert rules.do(command, SELLER) is RejectReason.FORBIDDEN
    assert rules.do(ShowCard("tea"), HELPLESS) is RejectReason.FORBIDDEN
    assert rules.do(HideCard(), HELPLESS) is RejectReason.FORBIDDEN
