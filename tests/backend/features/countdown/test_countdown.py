import time

import pytest

from backend.contract.base import AssistantRight, RejectReason, Role
from backend.contract.countdown import (
    MAX_TITLE,
    SECONDS,
    Countdown,
    CountdownChanged,
    ResumeCountdown,
    StartCountdown,
    StopCountdown,
)
from backend.contract.live import EndLive, GoLive
from backend.contract.protocol import Accepted, Snapshot
from backend.features.actor import Actor
from tests.backend.kinds import as_type
from tests.backend.room.talk import ANNA, HELPER, HOST, Talk, make_features
from tests.backend.running import RunningBackend


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    assert talk.do(StartCountdown(" 距开奖 ", 30), HOST) is None
    return talk


def shown(talk: Talk) -> Countdown | None:
    """What a newcomer sees."""
    return talk.features.show().countdown


def test_a_countdown_is_shown_to_everyone_and_to_newcomers(talk: Talk) -> None:
    countdown = Countdown(1, "距开奖", talk.now_ms + 30_000)

    assert talk.heard(CountdownChanged) == CountdownChanged(countdown)
    assert shown(talk) == countdown


def test_a_countdown_ends_at_its_time_and_not_before(talk: Talk) -> None:
    talk.passes(29.999)
    assert not talk.all_heard(CountdownChanged)
    assert shown(talk) is not None

    talk.passes(0.001)
    assert talk.all_heard(CountdownChanged) == [CountdownChanged(None)]
    assert shown(talk) is None

    talk.passes(60)
    assert not talk.all_heard(CountdownChanged)


def test_a_stopped_countdown_is_gone_and_stopping_it_again_changes_nothing(talk: Talk) -> None:
    assert talk.do(StopCountdown(1), HELPER) is None
    assert talk.all_heard(CountdownChanged) == [CountdownChanged(None)]
    assert shown(talk) is None

    assert talk.do(StopCountdown(1), HOST) is None
    assert not talk.all_heard(CountdownChanged)


def test_a_new_countdown_takes_the_place_of_the_running_one(talk: Talk) -> None:
    talk.do(StartCountdown("最后一轮", 600), HOST)

    assert talk.heard(CountdownChanged).countdown == shown(talk)
    assert talk.do(StopCountdown(1), HOST) is None  # meant the first one
    talk.passes(31)
    assert shown(talk) == Countdown(2, "最后一轮", talk.now_ms - 31_000 + 600_000)


def test_a_stopped_countdown_goes_on_to_its_own_end(talk: Talk) -> None:
    countdown = shown(talk)
    talk.do(StopCountdown(1), HOST)
    talk.passes(10)
    talk.told = []
    assert talk.do(ResumeCountdown(1), HELPER) is None
    assert talk.all_heard(CountdownChanged) == [CountdownChanged(countdown)]
    assert shown(talk) == countdown

    assert talk.do(ResumeCountdown(1), HOST) is None
    assert not talk.all_heard(CountdownChanged)
    talk.passes(20)
    assert shown(talk) is None


def test_a_countdown_whose_end_has_come_does_not_go_on(talk: Talk) -> None:
    talk.do(StopCountdown(1), HOST)
    talk.passes(30)
    assert talk.do(ResumeCountdown(1), HOST) is RejectReason.EXPIRED
    assert shown(talk) is None


def test_a_countdown_that_ran_out_does_not_go_on(talk: Talk) -> None:
    talk.passes(30)
    assert talk.do(ResumeCountdown(1), HOST) is RejectReason.EXPIRED


def test_a_stopped_countdown_does_not_take_the_place_of_a_newer_one(talk: Talk) -> None:
    talk.do(StopCountdown(1), HOST)
    talk.do(StartCountdown("最后一轮", 600), HOST)
    assert talk.do(ResumeCountdown(1), HOST) is RejectReason.EXPIRED
    talk.do(StopCountdown(2), HOST)
    assert talk.do(ResumeCountdown(1), HOST) is RejectReason.EXPIRED
    assert talk.do(ResumeCountdown(2), HOST) is None


def test_a_stopped_countdown_does_not_outlive_its_session(talk: Talk) -> None:
    talk.do(GoLive(), HOST)
    talk.do(StopCountdown(1), HOST)
    talk.do(EndLive(), HOST)
    assert talk.do(ResumeCountdown(1), HOST) is RejectReason.EXPIRED


def test_a_checkpoint_keeps_a_stopped_countdown(talk: Talk) -> None:
    talk.do(StopCountdown(1), HOST)
    again = Talk(make_features(encoded=talk.features.encode()))
    assert again.do(ResumeCountdown(1), HOST) is None
    assert shown(again) is not None


def test_a_countdown_to_the_start_goes_on_when_the_host_goes_live_and_ends_with_the_session(
    talk: Talk,
) -> None:
    talk.do(GoLive(), HOST)
    assert shown(talk) is not None

    talk.do(EndLive(), HOST)
    assert talk.all_heard(CountdownChanged) == [CountdownChanged(None)]
    assert shown(talk) is None


def test_a_checkpoint_keeps_a_running_countdown(talk: Talk) -> None:
    again = Talk(make_features(encoded=talk.features.encode()))
    assert shown(again) == shown(talk)

    again.passes(30)
    assert shown(again) is None


def test_only_staff_with_the_right_to_chat_count_down(talk: Talk) -> None:
    seller = Actor("seller", Role.ASSISTANT, frozenset({AssistantRight.PRODUCTS}))
    for command in (StartCountdown("?", 60), StopCountdown(2), ResumeCountdown(2)):
        assert talk.do(command, ANNA) is RejectReason.FORBIDDEN
        assert talk.do(command, seller) is RejectReason.FORBIDDEN
        assert talk.do(command, HELPER) is None


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (StartCountdown(" \u200b ", 30), RejectReason.EMPTY),
        (StartCountdown("x" * (MAX_TITLE + 1), 30), RejectReason.TOO_LONG),
        (StartCountdown("?", SECONDS[0] - 1), RejectReason.MALFORMED),
        (StartCountdown("?", SECONDS[-1] + 1), RejectReason.MALFORMED),
        (StartCountdown("?", -30), RejectReason.MALFORMED),
    ],
)
def test_a_countdown_that_cannot_be_shown_is_refused_and_the_running_one_stays(
    talk: Talk, command: StartCountdown, why: RejectReason
) -> None:
    before = shown(talk)
    assert talk.do(command, HOST) is why
    assert shown(talk) == before


async def test_who_joins_late_finds_the_countdown_in_the_snapshot_and_hears_of_its_stop(
    backend: RunningBackend,
) -> None:
    async with backend.host() as host:
        before = time.time_ns() // 1_000_000
        as_type(Accepted, await host.act(StartCountdown("距开奖", 300)))
        async with backend.client() as late:
            countdown = as_type(Snapshot, await late.join()).countdown
            assert countdown is not None
            assert countdown.title == "距开奖"
            assert countdown.ends_at_ms >= before + 300_000

            as_type(Accepted, await host.act(StopCountdown(countdown.countdown_id)))
            assert await late.hears(CountdownChanged) == CountdownChanged(None)
        async with backend.client() as later:
            assert as_type(Snapshot, await later.join()).countdown is None
