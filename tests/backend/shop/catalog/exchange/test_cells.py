import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.plain_text import plain_text
from backend.shop.catalog.exchange.cells import (
    Cells,
    amount,
    guard,
    join_words,
    percent,
    split_words,
    unguard,
)
from backend.shop.catalog.exchange.rows import LineError

TEXTS = st.text(alphabet=st.sampled_from("'=+-@\t\n\r＝＋－＠a1, \"")) | st.text()


@given(TEXTS)
def test_no_text_is_a_formula_and_each_comes_back(text: str) -> None:
    cell = guard(text)
    assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}
    assert unguard(cell) == text


@given(st.lists(TEXTS.map(plain_text).filter(bool), min_size=1))
def test_a_list_in_a_cell_comes_back(words: list[str]) -> None:
    assert split_words(join_words(words)) == words


@given(st.integers(0, 99_999_999), st.sampled_from(["CNY", "JPY", "KWD"]))
def test_an_amount_comes_back_in_each_currency(minor: int, currency: str) -> None:
    assert Cells({"price": amount(minor, currency)}, currency).money("price") == minor


@given(st.integers(0, 10_000))
def test_a_tax_rate_comes_back(bp: int) -> None:
    assert Cells({"tax": percent(bp)}, "CNY").scaled("tax", 100, 10_000) == bp


@pytest.mark.parametrize("text", ["-1", "1,5", "1e3", "٣", "0x1", "1.005", "¥5", "1000000", "NaN", "1."])
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(LineError):
        Cells({"price": text}, "CNY").money("price")


def test_yes_and_no_are_known_in_each_programs_words() -> None:
    words = {"Yes": True, " TRUE ": True, "0": False, "draft": False, "": None}
    assert {word: Cells({"on": word}, "CNY").is_yes("on") for word in words} == words


def test_another_word_is_neither_yes_nor_no() -> None:
    with pytest.raises(LineError, match="yes or no"):
        Cells({"on": "maybe"}, "CNY").is_yes("on")


def test_a_count_below_the_least_or_with_a_fraction_is_refused() -> None:
    for text in ("0", "1.5", "10"):
        with pytest.raises(LineError, match="from 1 to 9"):
            Cells({"limit": text}, "CNY").count("limit", 9, 1)


def test_what_another_shop_sold_beyond_its_stock_is_no_stock() -> None:
    assert Cells({"stock": "-3"}, "CNY").units("stock", 9) == 0
