import msgspec
import pytest

from backend.contract.shop import EditProduct
from tests.widgets.products import product
from widgets.shop.product_draft import Draft, ProductField, Value, Wrong, read

TITLE, PRICE, STOCK = ProductField

TEA = product(1)


def changed(version: int, **fields: Value) -> EditProduct:
    return msgspec.structs.replace(EditProduct("p1", version), **fields)


@pytest.mark.parametrize(
    ("text", "price_minor"),
    [
        ("12.30", 1230),
        ("0.1", 10),
        ("0", 0),
        ("12.", 1200),
        ("1.15", 115),
        ("999999.99", 99_999_999),
        ("1,234.50", 123_450),
        ("１２．３０", 1230),
        ("１２。３", 1230),
        ("￥ 59.9", 5990),
        (" 12元 ", 1200),
        ("12.345", Wrong.NO_PRICE),
        ("12,30", Wrong.NO_PRICE),
        ("-1", Wrong.NO_PRICE),
        ("1e3", Wrong.NO_PRICE),
        ("NaN", Wrong.NO_PRICE),
        ("٣", Wrong.NO_PRICE),
        ("", Wrong.NO_PRICE),
        ("1000000", Wrong.TOO_DEAR),
        ("9" * 5000, Wrong.TOO_DEAR),
    ],
)
def test_a_price_is_read_to_the_minor_unit(text: str, price_minor: int | Wrong) -> None:
    assert read(PRICE, text, "CNY") == price_minor


@pytest.mark.parametrize(
    ("text", "stock"),
    [
        ("0", 0),
        ("１２０", 120),
        ("9,999,999", 9_999_999),
        ("10000000", Wrong.TOO_MANY),
        ("9" * 5000, Wrong.TOO_MANY),
        ("1.5", Wrong.NO_COUNT),
        ("-1", Wrong.NO_COUNT),
        ("", Wrong.NO_COUNT),
    ],
)
def test_a_stock_is_a_whole_number(text: str, stock: int | Wrong) -> None:
    assert read(STOCK, text, "CNY") == stock


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (" Tea ", "Tea"),
        ("茶" * 100, "茶" * 100),
        ("茶" * 101, Wrong.TOO_LONG),
        ("㍿" * 101, Wrong.TOO_LONG),
        ("　", Wrong.EMPTY),
    ],
)
def test_a_title_has_1_to_100_characters(text: str, title: str) -> None:
    assert read(TITLE, text, "CNY") == title


def test_only_what_changed_is_sent_with_the_version_that_was_seen() -> None:
    draft = Draft(msgspec.structs.replace(TEA, version=4))
    assert draft.command() is None
    draft.type(PRICE, "99.5")

    assert draft.command() == changed(4, price_minor=9950)


def test_the_same_value_written_otherwise_is_no_change() -> None:
    draft = Draft(TEA)
    draft.type(PRICE, "129.00")
    draft.type(STOCK, "０５")

    assert draft.command() is None


def test_nothing_is_sent_while_something_is_wrong() -> None:
    draft = Draft(TEA)
    draft.type(PRICE, "99")
    draft.type(STOCK, "many")

    assert draft.command() is None


def test_what_was_there_before_the_bounds_may_stay() -> None:
    draft = Draft(msgspec.structs.replace(TEA, title=" two  blanks ", stock=99_999_999))
    draft.type(PRICE, "1")

    assert draft.command() == changed(1, price_minor=100)


def test_what_nobody_touched_follows_and_what_was_typed_stays() -> None:
    draft = Draft(TEA)
    draft.type(PRICE, "99")
    draft.follow(msgspec.structs.replace(TEA, title="Black tea", stock=7, version=2))

    assert draft.texts == {TITLE: "Black tea", PRICE: "99", STOCK: "7"}
    assert not draft.is_contested(PRICE)
    assert draft.command() == changed(2, price_minor=9900)


def test_what_somebody_else_changed_too_goes_out_with_the_version_of_before() -> None:
    draft = Draft(TEA)
    draft.type(PRICE, "99")
    draft.type(STOCK, "8")
    draft.follow(msgspec.structs.replace(TEA, price_minor=8800, version=2))
    draft.follow(msgspec.structs.replace(TEA, price_minor=8800, title="Black tea", version=3))

    assert (draft.is_contested(PRICE), draft.is_contested(STOCK)) == (True, False)
    assert draft.command() == changed(1, price_minor=9900, stock=8, stock_from=TEA.stock)

    draft.take_theirs(PRICE)
    assert draft.texts[PRICE] == "88.00"
    assert draft.command() == changed(3, stock=8, stock_from=TEA.stock)


def test_two_who_want_the_same_agree() -> None:
    draft = Draft(TEA)
    draft.type(PRICE, "88")
    draft.follow(msgspec.structs.replace(TEA, price_minor=8800, version=2))

    assert draft.command() is None


def test_who_types_the_old_value_again_wants_it_back() -> None:
    draft = Draft(TEA)
    draft.type(PRICE, "99")
    draft.follow(msgspec.structs.replace(TEA, price_minor=8800, version=2))
    draft.type(PRICE, "129")

    assert draft.is_contested(PRICE)
    assert draft.command() == changed(1, price_minor=12900)


def test_old_news_changes_nothing() -> None:
    draft = Draft(msgspec.structs.replace(TEA, version=3))
    draft.follow(msgspec.structs.replace(TEA, title="Old", version=2))

    assert draft.texts[TITLE] == "Green tea"


def test_what_sells_while_a_stock_is_typed_stays_sold() -> None:
    draft = Draft(TEA)
    draft.type(STOCK, "70")
    draft.follow(msgspec.structs.replace(TEA, stock=TEA.stock - 1))
    assert draft.command() == changed(1, stock=70, stock_from=TEA.stock)
