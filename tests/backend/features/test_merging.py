from backend.contract.audience import FollowersChanged
from backend.contract.chat import DanmuDeleted
from backend.features.merging import Merge


def test_of_a_total_the_latest_is_enough() -> None:
    assert Merge[FollowersChanged]().merge([FollowersChanged(1), FollowersChanged(2)]) == FollowersChanged(2)


def test_a_total_stays_whatever_is_deleted() -> None:
    waiting = [FollowersChanged(1)]

    assert Merge[FollowersChanged]().retract(waiting, DanmuDeleted([1])) == waiting
