import msgspec

from tests.widgets.shop.books.entries import DAY
from widgets.shop.books.settlements_table import nets_text, settlements_csv


def test_sums_of_days_become_a_table_with_decimals_of_their_currency() -> None:
    yen = msgspec.structs.replace(DAY, way="=cmd", currency="JPY", net_minor=-16_790)
    lines = settlements_csv([DAY, yen]).decode("utf-8-sig").split("\r\n")
    assert lines == [
        "day,way,currency,paid,matched_nothing,refunded,net,movements",
        "2026-12-01,wechat,CNY,168.00,9.90,10.00,167.90,3",
        "2026-12-01,'=cmd,JPY,16800,990,1000,-16790,3",
        "",
    ]


def test_what_is_left_of_days_is_added_up_by_currency() -> None:
    assert nets_text([DAY, DAY]) == "¥335.80"
    assert nets_text([]) == ""
