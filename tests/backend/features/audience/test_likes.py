import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.contract.audience import (
    MOST_TAPS,
    TAPS_PER_SECOND,
    LikeMilestoneReached,
    LikesChanged,
    SendLikes,
)
from backend.contract.base import RejectReason
from backend.features.audience.likes import MILESTONES
from backend.log.entries import Liked
from tests.backend.room.talk import BERT, Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()


def total(talk: Talk) -> int:
    return talk.features.likes.state.total


def test_likes_are_counted_exactly(talk: Talk) -> None:
    talk.do(SendLikes(7))
    talk.do(SendLikes(5), BERT)

    assert total(talk) == 12
    assert talk.heard(LikesChanged) == LikesChanged(12, 5)


@given(st.lists(st.tuples(st.integers(1, 10_000), st.integers(0, 5)), min_size=1, max_size=60))
def test_no_finger_counts_for_more_than_it_can_tap(taps: list[tuple[int, int]]) -> None:
    talk = Talk()
    began_ms = talk.now_ms
    for count, seconds in taps:
        talk.now_ms += seconds * 1000
        talk.do(SendLikes(count))

    assert total(talk) <= MOST_TAPS + TAPS_PER_SECOND * (talk.now_ms - began_ms) / 1000


def test_an_honest_finger_is_counted_in_full(talk: Talk) -> None:
    for _ in range(30):
        talk.passes(1)
        assert talk.do(SendLikes(12)) is None

    assert total(talk) == 360


def test_more_than_a_message_a_second_is_refused_with_the_time_to_wait(talk: Talk) -> None:
    talk.do(SendLikes(1))
    talk.do(SendLikes(1))
    rejection = talk.rejection(SendLikes(1))

    assert rejection is not None
    assert (rejection.reason, rejection.retry_ms) == (RejectReason.TOO_FAST, 1000)


@pytest.mark.parametrize("count", [0, -5])
def test_nothing_is_no_like(talk: Talk, count: int) -> None:
    assert talk.do(SendLikes(count)) is RejectReason.MALFORMED


def test_a_milestone_is_told_once_when_it_is_passed(talk: Talk) -> None:
    talk.happens(Liked("anna", 99))
    assert not talk.all_heard(LikeMilestoneReached)
    talk.happens(Liked("bert", 1))
    assert talk.heard(LikeMilestoneReached).likes == 100
    talk.told = []
    talk.happens(Liked("bert", 1))
    assert not talk.all_heard(LikeMilestoneReached)


def test_of_milestones_passed_at_once_the_highest_is_told(talk: Talk) -> None:
    talk.happens(Liked("anna", 2500))

    assert [event.likes for event in talk.all_heard(LikeMilestoneReached)] == [2000]
    assert list(MILESTONES) == sorted(set(MILESTONES))
