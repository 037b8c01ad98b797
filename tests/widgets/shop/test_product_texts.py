import pytest

from backend.contract.base import AssistantRight
from widgets.shop import product_texts
from widgets.shop.product_draft import ProductField, Value, Wrong


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (ProductField.TITLE, "<b>", "<b>"),
        (ProductField.PRICE, 1230, "¥12.30"),
        (ProductField.STOCK, 1230, "1,230"),
        (ProductField.STOCK, None, ""),
    ],
)
def test_values_are_shown_as_people_read_them(field: ProductField, value: Value | None, text: str) -> None:
    assert product_texts.value(field, value, "CNY") == text


def test_everything_has_words_of_its_own_without_places_left_open() -> None:
    texts = [product_texts.wrong(found, "x", "CNY") for found in Wrong]
    texts += [product_texts.name(field, "CNY") for field in ProductField]
    texts += [product_texts.hint(field, "x", "CNY") for field in ProductField]
    texts += [product_texts.missing(right) for right in (AssistantRight.PRICES, AssistantRight.PRODUCTS)]

    assert len(set(texts)) == len(texts)
    assert not any("{" in text for text in texts)
