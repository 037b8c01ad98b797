import tomllib

import pytest

from benchmarks.run_all import PROMISES, RELATIONS, verdict_on


@pytest.mark.parametrize(
    ("value", "promise", "verdict"),
    [
        (39.9, "< 40", "kept"),
        (40.0, "< 40", "missed"),
        (40.0, "<= 40", "kept"),
        (40.1, "<= 40", "missed"),
        (48.0, ">= 48", "kept"),
        (48.0, "> 48", "missed"),
        (47.9, ">= 48", "missed"),
        (1.0, "", ""),
    ],
)
def test_a_figure_is_held_against_its_promise(value: float, promise: str, verdict: str) -> None:
    assert verdict_on(value, promise) == verdict


def test_a_relation_that_does_not_exist_is_no_promise() -> None:
    with pytest.raises(KeyError):
        verdict_on(1.0, "~ 1")


def test_all_promises_can_be_judged() -> None:
    for promises in tomllib.loads(PROMISES.read_text()).values():
        for promise in promises.values():
            relation, bound = promise.split()
            assert relation in RELATIONS
            float(bound)
