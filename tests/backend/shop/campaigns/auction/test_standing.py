"""How bids stand: prices step by step, ties, the reserve, and any sequence of bids whatsoever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.contract.auctions import STEPS, step_of
from backend.shop.campaigns.auction.standing import Maximum, Standing, standing_of


def stand(*maxima: tuple[str, int], start: int = 1000, reserve: int | None = None) -> Standing:
    """Return how maxima stand that came one after the other."""
    return standing_of(
        start, reserve, [Maximum(user_id, most, n, n) for n, (user_id, most) in enumerate(maxima)]
    )


@pytest.mark.parametrize(
    ("price", "step"),
    [(0, 100), (2_999, 100), (3_000, 200), (5_000, 300), (10_000, 500), (30_000, 1_000), (99_999, 1_000)],
)
def test_a_step_is_that_of_the_prices_band(price: int, step: int) -> None:
    assert step_of(price) == step


def test_the_dearest_prices_have_the_widest_step() -> None:
    assert [step_of(100_000), step_of(200_000), step_of(10**9)] == [2_000, 5_000, 5_000]
    assert [band.from_minor for band in STEPS] == sorted(band.from_minor for band in STEPS)


def test_without_a_bid_the_start_price_is_what_counts() -> None:
    assert (stand().price_minor, stand().next_minor, stand().is_reserve_met) == (1000, 1000, False)


def test_the_first_bid_costs_the_start_price_whatever_its_maximum() -> None:
    standing = stand(("anna", 9000))
    assert (standing.price_minor, standing.next_minor) == (1000, 1100)


def test_a_second_bid_below_the_maximum_lifts_the_price_a_step_beyond_itself() -> None:
    standing = stand(("anna", 9000), ("bert", 4000))
    assert standing.leader is not None
    assert (standing.leader.user_id, standing.price_minor, standing.next_minor) == ("anna", 4200, 4400)


def test_nobody_pays_more_than_their_maximum_for_a_step() -> None:
    assert stand(("anna", 4100), ("bert", 4000)).price_minor == 4100


def test_of_equal_maxima_the_one_that_was_received_first_leads_and_pays_all_of_it() -> None:
    standing = stand(("anna", 4000), ("bert", 4000))
    assert standing.leader is not None
    assert (standing.leader.user_id, standing.price_minor) == ("anna", 4000)


def test_a_raise_of_the_leader_changes_no_price() -> None:
    standing = stand(("anna", 4000), ("bert", 3000)).with_maximum(Maximum("anna", 9000, 9, 9))
    assert standing.price_minor == stand(("anna", 4000), ("bert", 3000)).price_minor


def test_a_met_reserve_is_the_least_price_at_once() -> None:
    assert stand(("anna", 4000), reserve=5000).price_minor == 1000
    standing = stand(("anna", 6000), ("bert", 3000), reserve=5000)
    assert (standing.price_minor, standing.is_reserve_met) == (5000, True)


PEOPLE = st.sampled_from("abcdef")
BIDS = st.lists(st.tuples(PEOPLE, st.integers(1, 400_000), st.integers(0, 20)), max_size=40)


@given(BIDS, st.integers(1, 20_000), st.none() | st.integers(1, 300_000))
def test_the_highest_proxy_wins_at_what_the_steps_say_whatever_is_bid(
    bids: list[tuple[str, int, int]], start: int, more: int | None
) -> None:
    reserve = None if more is None else start + more
    standing = standing_of(start, reserve, [])
    best: dict[str, Maximum] = {}
    for number, (user_id, most, at_ms) in enumerate(bids):
        is_leader = standing.leader is not None and standing.leader.user_id == user_id
        least = best[user_id].max_minor + 1 if is_leader else standing.next_minor
        if most < least:
            continue
        before = standing.price_minor
        best[user_id] = Maximum(user_id, most, at_ms, number)
        standing = standing.with_maximum(best[user_id])
        assert standing.price_minor >= before
    ranked = sorted(best.values(), key=lambda one: (-one.max_minor, one.at_ms, one.number))
    assert standing == standing_of(start, reserve, best.values())
    if not ranked:
        assert standing.leader is None
        return
    assert standing.leader == ranked[0]
    assert start <= standing.price_minor <= ranked[0].max_minor
    beyond = start
    if len(ranked) > 1:
        beyond = min(ranked[0].max_minor, ranked[1].max_minor + step_of(ranked[1].max_minor))
    least = start if reserve is None else reserve
    assert standing.is_reserve_met is (ranked[0].max_minor >= least)
    assert standing.price_minor == (max(beyond, least) if standing.is_reserve_met else beyond)
    assert not standing.is_reserve_met or standing.price_minor >= least
