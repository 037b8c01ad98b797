import pytest

from backend.contract.live import EndLive, GoLive, Live, LivePhase, PauseLive, ResumeLive
from backend.contract.protocol import Command
from studio.engine.messages.commands import EngineCommand, HideSlate, Publish, ShowSlate, StopPublishing
from studio.live.broadcast import Broadcast, BroadcastNote, DesiredState, Ingest
from widgets.common.stage import Stage

INGEST = Ingest("http://127.0.0.1:1/whip/main", "token")
PUBLISH = Publish(INGEST.whip_url, INGEST.token, "a1")
PREVIEW = Live(LivePhase.PREVIEW)
STARTED = Live(LivePhase.LIVE, "s1", 1000, is_publishing=False, reason="host")
LIVE = Live(LivePhase.LIVE, "s1", 1000, is_publishing=True, reason="publisher")
PAUSED = Live(LivePhase.PAUSED, "s1", 1000, is_publishing=True, reason="host")
ENDED = Live(LivePhase.ENDED, "s1", 1000, is_publishing=True, reason="host")
TIMED_OUT = Live(LivePhase.ENDED, "s1", 1000, is_publishing=False, reason="publisher_lost_timeout")


class Desk:
    """A broadcast and everything it said."""

    def __init__(self, studio: str = "a1") -> None:
        self.broadcast = Broadcast(studio=studio)
        self.to_room: list[Command] = []
        self.to_engine: list[EngineCommand] = []
        self.stages: list[Stage] = []
        self.notes: list[BroadcastNote] = []
        self.broadcast.room_command.connect(self.to_room.append)
        self.broadcast.engine_command.connect(self.to_engine.append)
        self.broadcast.stage_changed.connect(self.stages.append)
        self.broadcast.noted.connect(self.notes.append)

    def open(self, live: Live = PREVIEW) -> None:
        """The backend is there and says how the room is."""
        self.broadcast.on_ingest(INGEST)
        self.sync(live)

    def sync(self, live: Live) -> None:
        self.broadcast.on_live(live)
        self.broadcast.on_synced()

    def go_live(self) -> None:
        self.broadcast.command(GoLive())
        self.broadcast.on_live(STARTED)
        self.broadcast.on_live(LIVE)
        self.clear()

    # Methods, because mypy takes an attribute to stay what an assertion before said of it.
    def stage(self) -> Stage:
        return self.broadcast.stage

    def desired(self) -> DesiredState:
        return self.broadcast.desired

    def clear(self) -> None:
        for said in (self.to_room, self.to_engine, self.stages, self.notes):
            said.clear()


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.open()
    made.clear()
    return made


@pytest.fixture
def live_desk(desk: Desk) -> Desk:
    desk.go_live()
    return desk


def test_going_live_tells_room_and_engine_and_waits_for_the_room(desk: Desk) -> None:
    desk.broadcast.command(GoLive())
    assert desk.to_room == [GoLive()]
    assert desk.to_engine == [HideSlate(), PUBLISH]

    desk.broadcast.on_live(STARTED)
    desk.broadcast.on_live(LIVE)
    assert desk.stages == [Stage.STARTING, Stage.LIVE]


def test_pausing_shows_the_slate_and_resuming_hides_it(live_desk: Desk) -> None:
    live_desk.broadcast.command(PauseLive())
    assert live_desk.stages == []
    live_desk.broadcast.on_live(PAUSED)
    live_desk.broadcast.command(ResumeLive())
    live_desk.broadcast.on_live(LIVE)

    assert live_desk.to_room == [PauseLive(), ResumeLive()]
    assert live_desk.to_engine == [ShowSlate(), HideSlate()]
    assert live_desk.stages == [Stage.PAUSED, Stage.LIVE]


def test_ending_tells_the_room_first_so_that_no_viewer_sees_a_lost_stream(live_desk: Desk) -> None:
    order: list[object] = []
    live_desk.broadcast.room_command.connect(order.append)
    live_desk.broadcast.engine_command.connect(order.append)
    live_desk.broadcast.command(EndLive())
    live_desk.broadcast.on_live(ENDED)

    assert order == [EndLive(), StopPublishing(), HideSlate()]
    assert live_desk.stages == [Stage.READY]


def test_a_session_can_follow_another(live_desk: Desk) -> None:
    live_desk.broadcast.command(EndLive())
    live_desk.broadcast.on_live(ENDED)
    live_desk.clear()
    live_desk.broadcast.command(GoLive())

    assert live_desk.to_room == [GoLive()]
    assert live_desk.stage() is Stage.STARTING


def test_wanting_to_be_live_before_there_is_a_backend_is_not_forgotten() -> None:
    desk = Desk()
    desk.broadcast.command(GoLive())
    assert desk.to_room == []
    assert desk.stage() is Stage.STARTING
    desk.open()

    assert desk.to_room == [GoLive()]
    assert PUBLISH in desk.to_engine


def test_back_in_contact_nothing_is_said_when_the_room_is_as_wished(live_desk: Desk) -> None:
    live_desk.broadcast.on_line_lost()
    live_desk.broadcast.on_ingest(INGEST)
    live_desk.sync(LIVE)

    assert live_desk.to_room == []
    assert live_desk.to_engine == []
    assert live_desk.stages == [Stage.RECONNECTING, Stage.LIVE]


def test_a_room_that_forgot_its_session_is_told_again(live_desk: Desk) -> None:
    live_desk.broadcast.on_line_lost()
    live_desk.sync(PREVIEW)

    assert live_desk.to_room == [GoLive()]


def test_a_paused_room_that_forgot_is_paused_again(live_desk: Desk) -> None:
    live_desk.broadcast.command(PauseLive())
    live_desk.broadcast.on_live(PAUSED)
    live_desk.broadcast.on_line_lost()
    live_desk.clear()
    live_desk.sync(PREVIEW)

    assert live_desk.to_room == [GoLive(), PauseLive()]
    assert live_desk.to_engine == []


def test_a_pause_wished_while_out_of_contact_is_said_on_return(live_desk: Desk) -> None:
    live_desk.broadcast.on_line_lost()
    live_desk.broadcast.command(PauseLive())
    assert live_desk.to_room == []
    live_desk.sync(LIVE)

    assert live_desk.to_room == [PauseLive()]
    assert live_desk.to_engine == [ShowSlate()]


def test_an_end_wished_while_out_of_contact_is_said_on_return(live_desk: Desk) -> None:
    live_desk.broadcast.on_line_lost()
    live_desk.broadcast.command(EndLive())
    live_desk.sync(LIVE)

    assert live_desk.to_room == [EndLive()]
    assert live_desk.stage() is Stage.READY


def test_a_backend_at_another_address_gets_the_stream_too(live_desk: Desk) -> None:
    live_desk.broadcast.on_ingest(Ingest("http://127.0.0.1:2/whip/main", "other"))

    assert live_desk.to_engine == [Publish("http://127.0.0.1:2/whip/main", "other", "a1")]


def test_a_lost_stream_is_told_as_reconnecting(live_desk: Desk) -> None:
    live_desk.broadcast.on_live(STARTED)
    assert live_desk.stage() is Stage.RECONNECTING
    live_desk.broadcast.on_live(LIVE)

    assert live_desk.stage() is Stage.LIVE
    assert live_desk.to_room == []


def test_another_host_may_end_it(live_desk: Desk) -> None:
    live_desk.broadcast.on_live(ENDED)

    assert live_desk.to_room == []
    assert live_desk.to_engine == [StopPublishing(), HideSlate()]
    assert live_desk.notes == [BroadcastNote.ENDED_ELSEWHERE]
    assert live_desk.desired() is DesiredState.OFF


def test_an_end_by_another_host_while_away_is_respected(live_desk: Desk) -> None:
    live_desk.broadcast.on_line_lost()
    live_desk.sync(ENDED)

    assert live_desk.to_room == []
    assert live_desk.desired() is DesiredState.OFF


def test_an_end_by_timeout_is_not_what_the_host_wanted(live_desk: Desk) -> None:
    live_desk.broadcast.on_live(TIMED_OUT)

    assert live_desk.to_room == [GoLive()]
    assert live_desk.desired() is DesiredState.LIVE


def test_yesterdays_end_does_not_stop_todays_beginning() -> None:
    desk = Desk()
    desk.broadcast.command(GoLive())
    desk.open(ENDED)

    assert desk.to_room == [GoLive()]


def test_another_host_may_pause_and_resume(live_desk: Desk) -> None:
    live_desk.broadcast.on_live(PAUSED)
    live_desk.broadcast.on_live(LIVE)

    assert live_desk.to_engine == [ShowSlate(), HideSlate()]
    assert live_desk.notes == [BroadcastNote.PAUSED_ELSEWHERE, BroadcastNote.RESUMED_ELSEWHERE]
    assert live_desk.to_room == []


def test_a_room_left_open_by_a_crash_can_be_continued_or_ended(desk: Desk) -> None:
    desk.broadcast.on_live(STARTED)
    assert desk.stage() is Stage.LEFT_OPEN
    desk.broadcast.command(GoLive())
    desk.broadcast.on_live(LIVE)

    assert desk.to_room == [GoLive()]
    assert desk.stage() is Stage.LIVE


def test_a_room_left_open_can_be_ended(desk: Desk) -> None:
    desk.broadcast.on_live(STARTED)
    desk.broadcast.command(EndLive())

    assert desk.to_room == [EndLive()]
    assert desk.stage() is Stage.READY


def test_a_refused_beginning_is_given_up(desk: Desk) -> None:
    desk.broadcast.command(GoLive())
    desk.broadcast.on_refused(GoLive())

    assert desk.to_engine[-2:] == [StopPublishing(), HideSlate()]
    assert desk.stage() is Stage.READY


def test_a_refused_pause_shows_the_picture_again(live_desk: Desk) -> None:
    live_desk.broadcast.command(PauseLive())
    live_desk.broadcast.on_refused(PauseLive())

    assert live_desk.to_engine == [ShowSlate(), HideSlate()]
    assert live_desk.desired() is DesiredState.LIVE


def test_a_refused_stream_can_be_tried_again(live_desk: Desk) -> None:
    live_desk.broadcast.publish_again()
    assert live_desk.to_engine == [PUBLISH]

    live_desk.broadcast.command(EndLive())
    live_desk.clear()
    live_desk.broadcast.publish_again()
    assert live_desk.to_engine == []


@pytest.mark.parametrize("command", [PauseLive(), ResumeLive()])
def test_what_makes_no_sense_now_does_nothing(desk: Desk, command: PauseLive | ResumeLive) -> None:
    desk.broadcast.command(command)

    assert (desk.to_room, desk.to_engine, desk.stages) == ([], [], [])


def test_a_room_that_another_took_over_can_be_taken_back(live_desk: Desk) -> None:
    live_desk.broadcast.take_back()
    (publish,) = live_desk.to_engine
    assert isinstance(publish, Publish)
    assert publish.takes_over
    assert live_desk.desired() is DesiredState.LIVE


def test_a_room_left_to_another_stays_live_and_can_be_continued(live_desk: Desk) -> None:
    live_desk.broadcast.leave_to_other()
    assert live_desk.to_engine[0] == StopPublishing()
    assert live_desk.to_room == []
    assert live_desk.stage() is Stage.LEFT_OPEN
    live_desk.broadcast.take_back()
    assert not any(isinstance(one, Publish) for one in live_desk.to_engine), "nothing is wanted any more"


def test_a_studio_comes_back_under_the_same_name_and_another_has_another() -> None:
    def names(desk: Desk) -> set[str]:
        desk.broadcast.command(GoLive())
        desk.broadcast.publish_again()
        return {one.studio for one in desk.to_engine if isinstance(one, Publish)}

    desk, other = Desk(""), Desk("")
    for one in (desk, other):
        one.open()
    ours, theirs = names(desk), names(other)
    assert len(ours) == len(theirs) == 1
    assert ours.isdisjoint(theirs)


def test_without_a_backend_it_is_offline() -> None:
    assert Broadcast().stage is Stage.OFFLINE
