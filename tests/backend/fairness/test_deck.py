"""The slots of wheels: exact, sealed, and each as likely at each place."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.fairness.deck import BLANK, deck_of, sealed

SECRET = bytes(range(32))
TERMS = {"blanks": 2, "prizes": [{"name": "杯", "stock": 1}]}
# Of a chi-square with 19 degrees of freedom, 1 in 1,000 is larger (NIST handbook, table 1.3.6.7.4).
CHI_SQUARE_19 = 43.82


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.integers(0, 40))
def test_a_deck_holds_each_prize_as_often_as_its_stock(stocks: list[int], blanks: int) -> None:
    held = Counter(deck_of("c", stocks, blanks, SECRET))
    assert held == Counter(dict(enumerate(stocks))) + Counter({BLANK: blanks})


def test_a_prize_is_as_likely_at_each_place() -> None:
    trials, slots = 4000, 20
    at: Counter[int] = Counter()
    for number in range(trials):
        secret = hashlib.sha256(number.to_bytes(4, "big")).digest()
        at[deck_of("c", [1], slots - 1, secret).index(0)] += 1
    expected = trials / slots
    assert sum((at[place] - expected) ** 2 / expected for place in range(slots)) < CHI_SQUARE_19


def test_the_deck_of_a_known_secret_stays_what_it_is() -> None:
    # What was published once must be checkable for ever, and by the player too.
    assert deck_of("01J", [1, 2], 3, SECRET) == [BLANK, BLANK, 1, BLANK, 0, 1]
    assert sealed("01J", TERMS, SECRET) == "cc17f4ba11f41a70518fa113f6b91d0c6ec761332c375fc5ef0241885f48768c"


@pytest.mark.parametrize(
    "other",
    [
        sealed("c2", TERMS, SECRET),
        sealed("c1", {**TERMS, "blanks": 3}, SECRET),
        sealed("c1", TERMS, SECRET[::-1]),
    ],
)
def test_the_seal_of_a_wheel_binds_all_that_decides_its_slots(other: str) -> None:
    assert sealed("c1", TERMS, SECRET) != other
