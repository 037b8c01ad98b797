import random

from typing_extensions import override

from studio.engine.publish.backoff import Backoff


class Most(random.Random):
    @override
    def uniform(self, a: float, b: float) -> float:
        return b


def test_waits_double_up_to_eight_seconds() -> None:
    backoff = Backoff(Most())
    assert [backoff.next() for _ in range(6)] == [0.5, 1, 2, 4, 8, 8]


def test_the_backoff_starts_over_after_a_success() -> None:
    backoff = Backoff(Most())
    backoff.next()
    backoff.next()
    backoff.reset()
    assert backoff.next() == 0.5


def test_studios_do_not_come_back_all_at_the_same_moment() -> None:
    waits = {Backoff(random.Random(seed)).next() for seed in range(50)}
    assert len(waits) > 40
    assert all(0.25 <= wait <= 0.5 for wait in waits)
