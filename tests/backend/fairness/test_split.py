"""The split of red packets: exact, at least a coin each, and as likely the largest at each place."""

import hashlib
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.fairness.split import draws_of, sealed, shares_of, split, terms_of

SECRET = bytes(range(32))
# Of a chi-square with 49 degrees of freedom, 1 in 1,000 is larger (NIST handbook, table 1.3.6.7.4).
CHI_SQUARE_49 = 85.35


@given(st.data())
def test_a_split_gives_all_coins_away_and_at_least_one_to_each(data: st.DataObject) -> None:
    shares = data.draw(st.integers(1, 300))
    coins = data.draw(st.integers(shares, 2**53 - 1))
    parts = split(coins, shares, random.Random(data.draw(st.integers(0, 2**32))).randrange)
    assert len(parts) == shares
    assert sum(parts) == coins
    assert min(parts) >= 1


def test_a_split_of_one_coin_each_is_one_coin_each() -> None:
    assert split(2000, 2000, draws_of("c", SECRET)) == [1] * 2000


@pytest.mark.parametrize(("coins", "shares"), [(9, 10), (0, 1), (5, 0)])
def test_a_split_without_a_coin_for_each_is_refused(coins: int, shares: int) -> None:
    with pytest.raises(ValueError, match="a coin for each share"):
        split(coins, shares, random.Random(1).randrange)


def test_the_largest_share_is_as_likely_at_each_place() -> None:
    # Unshuffled, the last of 50 is the largest 8.4 % of the time: chi-square is in the hundreds then.
    trials, shares = 6000, 50
    draw = random.Random(7).randrange
    best: Counter[int] = Counter()
    for _ in range(trials):
        parts = split(10_000, shares, draw)
        best[parts.index(max(parts))] += 1
    expected = trials / shares
    chi_square = sum((best[place] - expected) ** 2 / expected for place in range(shares))
    assert chi_square < CHI_SQUARE_49


def test_shares_have_the_same_mean_and_spread_first_and_last() -> None:
    draw, trials = random.Random(11).randrange, 6000
    splits = [split(1000, 10, draw) for _ in range(trials)]
    for place in (0, 9):
        taken = [parts[place] for parts in splits]
        mean = sum(taken) / trials
        deviation = (sum((coins - mean) ** 2 for coins in taken) / trials) ** 0.5
        assert mean == pytest.approx(100, rel=0.03)
        assert deviation == pytest.approx(65, rel=0.05)


def test_numbers_that_follow_from_secrets_are_even() -> None:
    drawn: Counter[int] = Counter()
    for number in range(200):
        below = draws_of("c", hashlib.sha256(number.to_bytes(4, "big")).digest())
        drawn.update(below(50) for _ in range(50))
    expected = 200
    assert sum((drawn[n] - expected) ** 2 / expected for n in range(50)) < CHI_SQUARE_49


def test_the_same_secret_gives_the_same_shares_and_another_packet_others() -> None:
    shares = shares_of("c1", 1000, 20, SECRET)
    assert shares == shares_of("c1", 1000, 20, SECRET)
    assert shares != shares_of("c2", 1000, 20, SECRET)
    assert shares != shares_of("c1", 1000, 20, SECRET[::-1])


def test_the_shares_of_a_known_secret_stay_what_they_are() -> None:
    # What was published once must be checkable for ever, and by the player too.
    assert terms_of(100, 5) == '{"coins":100,"shares":5}'
    assert shares_of("01J", 100, 5, SECRET) == [2, 29, 11, 38, 20]
    assert sealed("01J", 100, 5, SECRET) == "ce83942d6996dafd4579394c71165bb303f44358010c82a5c8c18a290ee667ba"


def test_the_seal_of_a_packet_binds_all_that_decides_the_split() -> None:
    seals = {
        sealed("c1", 1000, 20, SECRET),
        sealed("c2", 1000, 20, SECRET),
        sealed("c1", 1001, 20, SECRET),
        sealed("c1", 1000, 21, SECRET),
        sealed("c1", 1000, 20, SECRET[::-1]),
    }
    assert len(seals) == 5
