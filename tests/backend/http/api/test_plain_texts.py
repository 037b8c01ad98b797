import msgspec
import pytest

from backend.contract.addresses import Address, SaveAddress
from backend.contract.orders import PaymentMethod, PlaceOrder, WantedLine
from backend.http.api.plain_texts import plain_texts
from backend.plain_text import plain_text

HOME = Address("CN", "浙江省", "杭州市", "西湖区", "文三路 1 号", "陈小美", "13800001111")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\x00b", "ab"),
        ("\u202a\u202d13800001111\u202c", "13800001111"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u2066x\u2069\u200f", "x"),
        ("\ufeff \u200b name\u2028", "name"),
        ("first line\nsecond\tline", "first line\nsecond\tline"),
        ("👩\u200d🌾 e\u0301 陈", "👩\u200d🌾 e\u0301 陈"),
    ],
)
def test_what_nobody_sees_is_taken_from_a_text(text: str, left: str) -> None:
    assert plain_text(text) == left


def test_all_texts_of_a_body_are_plain_at_any_depth() -> None:
    address = msgspec.structs.replace(HOME, name="\u202e陈小美\x00")
    body = PlaceOrder([WantedLine("te\x00a", 2)], "hash", PaymentMethod.ONLINE, address, note=" hi\x07 ")
    plain = PlaceOrder([WantedLine("tea", 2)], "hash", PaymentMethod.ONLINE, HOME, note="hi")
    assert plain_texts(body) == plain
    assert plain_texts(plain) is plain


@pytest.mark.parametrize("name", ["\u200b", "   ", "\x00", "\u202d\u202c"], ids=ascii)
def test_a_name_that_nobody_sees_is_none(name: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        plain_texts(SaveAddress(msgspec.structs.replace(HOME, name=name)))
