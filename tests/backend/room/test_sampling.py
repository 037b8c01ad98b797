from backend.contract.audience import CheckInsChanged, FollowersChanged, JoinsShown, LikesChanged
from backend.contract.base import Author, Role
from backend.contract.chat import Danmu, DanmuDeleted, DanmuSent
from backend.features.chat.danmu import DANMU_A_TICK
from backend.room.sampling import Sampler
from tests.backend.room.talk import make_features

ANNA = Author("anna", "Anna", Role.VIEWER, is_follower=False)
BERT = Author("bert", "Bert", Role.VIEWER, is_follower=False)


def new_sampler() -> Sampler:
    return Sampler(make_features().merges)


def say(sampler: Sampler, danmu_id: int) -> None:
    sampler.offer(DanmuSent([Danmu(danmu_id, ANNA, "x", 0, None)], danmu_id))


def shown(sampler: Sampler) -> tuple[list[int], int]:
    [event] = sampler.take()
    assert isinstance(event, DanmuSent)
    return [danmu.danmu_id for danmu in event.danmu], event.total


def test_a_quiet_room_shows_all() -> None:
    sampler = new_sampler()
    for danmu_id in range(1, DANMU_A_TICK + 1):
        say(sampler, danmu_id)

    assert shown(sampler) == ([1, 2, 3, 4, 5], 5)
    assert sampler.take() == []


def test_a_flood_is_sampled_evenly_with_the_newest_and_the_true_count() -> None:
    sampler = new_sampler()
    for danmu_id in range(1, 1001):
        say(sampler, danmu_id)

    assert shown(sampler) == ([200, 400, 600, 800, 1000], 1000)


def test_the_count_grows_by_what_did_not_come_through_here() -> None:
    sampler = new_sampler()
    say(sampler, 7)
    sampler.offer(DanmuSent([], 9))

    assert shown(sampler) == ([7], 9)
    sampler.offer(DanmuSent([], 10))
    assert shown(sampler) == ([], 10)


def test_likes_of_a_tick_add_up_to_the_exact_total() -> None:
    sampler = new_sampler()
    sampler.offer(LikesChanged(10, 10))
    sampler.offer(LikesChanged(13, 3))

    assert sampler.take() == [LikesChanged(13, 13)]
    sampler.offer(LikesChanged(14, 1))
    assert sampler.take() == [LikesChanged(14, 1)]


def test_the_latest_total_and_the_last_join_of_a_tick_are_shown() -> None:
    sampler = new_sampler()
    sampler.offer(FollowersChanged(1))
    sampler.offer(JoinsShown([ANNA]))
    sampler.offer(CheckInsChanged(4))
    sampler.offer(FollowersChanged(2))
    sampler.offer(JoinsShown([BERT]))

    assert sampler.take() == [FollowersChanged(2), JoinsShown([BERT]), CheckInsChanged(4)]


def test_what_was_deleted_before_its_tick_is_not_shown() -> None:
    sampler = new_sampler()
    say(sampler, 1)
    say(sampler, 2)
    sampler.retract(DanmuDeleted([1]))

    assert shown(sampler) == ([2], 2)
