import pytest

from backend.contract.live import EndLive, GoLive, PauseLive, ResumeLive
from backend.log.entries import BackendStarted, Joined, Left, ShowAlive
from tests.backend.room.talk import ANNA, HOST, Talk, make_features


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    assert talk.do(GoLive(), HOST) is None
    return talk


def watched(talk: Talk, user_id: str = "anna") -> int:
    return talk.features.watch_time.watched_s(user_id, talk.now_ms)


def test_watch_time_rests_while_a_viewer_is_away(talk: Talk) -> None:
    talk.happens(Joined("anna"))
    talk.passes(40)
    assert talk.features.watch_time.is_present("anna")
    talk.happens(Left("anna"))
    talk.passes(100)
    assert (watched(talk), talk.features.watch_time.is_present("anna")) == (40, False)
    talk.happens(Joined("anna"))
    talk.passes(5)

    assert watched(talk) == 45
    assert talk.features.you(ANNA, talk.now_ms).watching_from_ms == talk.now_ms - 45_000
    assert watched(talk, "bert") == 0


def test_watch_time_begins_with_the_session_and_goes_on_through_a_pause() -> None:
    talk = Talk()
    talk.happens(Joined("anna"))
    talk.passes(600)
    assert watched(talk) == 0
    talk.do(GoLive(), HOST)
    talk.passes(10)
    talk.do(PauseLive(), HOST)
    talk.passes(10)
    talk.do(ResumeLive(), HOST)
    talk.passes(10)
    assert watched(talk) == 30


def test_watch_time_stays_known_after_the_session_and_begins_at_zero_with_the_next(talk: Talk) -> None:
    talk.happens(Joined("anna"))
    talk.passes(20)
    talk.do(EndLive(), HOST)
    talk.passes(60)
    assert watched(talk) == 20
    talk.do(GoLive(), HOST)
    talk.passes(7)
    assert watched(talk) == 7


def test_a_restart_takes_no_more_watch_time_than_since_the_last_sign_of_life(talk: Talk) -> None:
    talk.happens(Joined("anna"))
    talk.passes(90)
    talk.happens(ShowAlive())
    talk.passes(25)
    talk = Talk(make_features(encoded=talk.features.encode()))
    talk.now_ms += 200_000
    talk.happens(BackendStarted())
    assert not talk.features.watch_time.is_present("anna")
    talk.happens(Joined("anna"))
    talk.passes(10)
    assert watched(talk) == 100


def test_watch_time_counts_in_a_session_that_was_on_air_before_it_was_counted() -> None:
    talk = Talk()
    talk.happens(ShowAlive())
    talk.happens(Joined("anna"))
    talk.passes(3)
    assert watched(talk) == 3
