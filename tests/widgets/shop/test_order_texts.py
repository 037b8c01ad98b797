import msgspec
import pytest

from backend.contract.orders import (
    OrderState,
    ParcelState,
    PaymentMethod,
    PaymentState,
)
from tests.widgets.orders import ADDRESS, NOON_MS, line, order, paid, shipped
from widgets.common.money import amount_text
from widgets.shop import order_texts
from widgets.shop.order_states import Stage


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (31600, "CNY", "¥316.00"),
        (1234567, "USD", "$12,345.67"),
        (-3000, "CNY", "−¥30.00"),
        (1500, "JPY", "¥1,500"),
        (1500, "KWD", "KWD 1.500"),
        (5, "CHF", "CHF 0.05"),
    ],
)
def test_a_sum_has_the_decimals_of_its_currency(minor: int, currency: str, text: str) -> None:
    assert amount_text(minor, currency) == text


def test_an_orders_number_has_its_day_apart() -> None:
    assert order_texts.number_text("261130482119040") == "261130 482119040"


@pytest.mark.parametrize(
    ("sku_id", "text"),
    [
        ("TEA-250", "TEA-250"),
        ("main:demo-tea", "main:demo-tea"),
        ("01M8T7JYZGJMA7H48XFCH7BKVX", ""),
        ("livestall:coins", ""),
    ],
)
def test_a_line_of_an_order_shows_no_name_that_only_the_program_gave(sku_id: str, text: str) -> None:
    assert order_texts.code_text(msgspec.structs.replace(line(1), sku_id=sku_id)) == text


def test_an_order_of_coins_has_no_parcel_to_wait_for() -> None:
    assert order_texts.shipment_text(msgspec.structs.replace(order(), coins=60)) == "nothing to send"
    assert not order_texts.masked("")


def test_a_time_has_its_day_only_when_that_is_another_one() -> None:
    day_ms = 24 * 3600 * 1000
    assert len(order_texts.time_text(NOON_MS, NOON_MS)) == len("20:41")
    assert order_texts.time_text(NOON_MS, NOON_MS + 2 * day_ms).endswith(
        order_texts.time_text(NOON_MS, NOON_MS)
    )


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-5, "00:00"), (492, "08:12"), (3600, "1 h"), (86_400, "24 h"), (3 * 86_400, "3 days")],
)
def test_what_is_left_is_said_as_coarsely_as_it_matters(seconds: int, text: str) -> None:
    assert order_texts.left_text(NOON_MS + seconds * 1000, NOON_MS) == text


def test_a_phone_number_is_masked_once() -> None:
    assert order_texts.masked("13812342107") == "1****2107"
    assert order_texts.masked("1****2107") == "1****2107"
    assert order_texts.masked("12342107") == "****2107"
    assert order_texts.masked("12345") == "****"


def test_every_state_has_a_word_of_its_own() -> None:
    words = (
        [order_texts.state_text(state) for state in OrderState],
        [order_texts.payment_text(state) for state in PaymentState],
        [order_texts.method_text(method) for method in PaymentMethod],
        [order_texts.parcel_text(state) for state in ParcelState],
        [order_texts.stage_text(stage) for stage in Stage],
    )
    assert [len(set(each)) for each in words] == [len(each) for each in words]


def test_parcels_say_how_many_units_are_on_their_way() -> None:
    assert order_texts.shipment_text(paid()) == "none yet"
    assert order_texts.shipment_text(shipped(lines=[line(1), line(2, 1, 2)])) == "shipped 1/3"


def test_goods_are_counted_by_kinds_and_pieces() -> None:
    assert order_texts.count_text(order(lines=[line(1, quantity=2)])) == "×2"
    assert order_texts.count_text(order(lines=[line(1), line(2, 1, 2)])) == "2 kinds, 3 pieces"


def test_an_address_stands_as_on_a_parcel() -> None:
    abroad = msgspec.structs.replace(
        ADDRESS, country="DE", province="", city="Berlin", district="", street="Allee 1", postcode="10115"
    )
    assert order_texts.address_text(ADDRESS) == "小雨 13812342107\n浙江省 杭州市 西湖区 文三路 1 号"
    assert order_texts.place_lines(abroad) == ["Allee 1", "10115 Berlin", "DE"]
