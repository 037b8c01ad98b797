"""Products with whatever texts people and programs write."""

from hypothesis import strategies as st

from backend.contract.products import StaffProduct, StaffSku
from backend.plain_text import clean, plain_text
from backend.shop.catalog.pictures.names import picture_of

_LETTERS = st.sampled_from("aZ9 '=+-@\t\n,;\"|\\茶é＝🍵") | st.characters(exclude_categories=["Cs"])


def texts(most: int) -> st.SearchStrategy[str]:
    """Texts as the API takes them, which are never cut in the middle of anything."""
    return st.text(_LETTERS, max_size=most).map(plain_text)


def some(most: int) -> st.SearchStrategy[str]:
    """Texts that say something."""
    return texts(most).filter(bool)


def titles() -> st.SearchStrategy[str]:
    """Titles."""
    cleaned = st.text(_LETTERS, min_size=1, max_size=30).map(lambda text: clean(text, 100))
    return cleaned.filter(lambda text: text.__class__ is str and plain_text(text) == text)


@st.composite
def skus(draw: st.DrawFn, names: list[str], place: int) -> StaffSku:
    """A SKU with values of these specifications."""
    price = draw(st.integers(0, 99_999_999))
    stock = draw(st.integers(0, 9_999_999))
    values = [draw(some(10)) if number else f"{place}{draw(texts(8))}" for number in range(len(names))]
    return StaffSku(
        sku_id=f"sku-{draw(st.uuids())}",
        code=draw(st.none() | st.uuids().map(lambda code: f"{place}{code}")),
        specs=[[name, plain_text(value)] for name, value in zip(names, values, strict=True)],
        price_minor=price,
        reference_minor=draw(st.none() | st.integers(0, 99_999_999)),
        floor_minor=draw(st.integers(0, price)),
        limit_per_buyer=draw(st.none() | st.integers(1, 9_999)),
        weight_g=draw(st.integers(0, 10_000_000)),
        tax_rate_bp=draw(st.integers(0, 10_000)),
        on_hand=stock,
        reserved=0,
        sold=0,
        left=stock,
        components={},
        is_active=place == 0 or draw(st.booleans()),
    )


@st.composite
def products(draw: st.DrawFn) -> StaffProduct:
    """A product that the shop could hold."""
    count = draw(st.integers(1, 4))
    names = draw(st.lists(some(10), min_size=int(count > 1), max_size=3, unique=True))
    pictures = draw(
        st.lists(
            st.sampled_from([f"{n:040x}.webp" for n in range(20)] + ["tea.svg"]), max_size=12, unique=True
        )
    )
    return StaffProduct(
        spu_id=f"spu-{draw(st.uuids())}",
        title=draw(titles()),
        description=draw(texts(60)),
        category=draw(texts(20)),
        tags=draw(st.lists(some(10), max_size=5, unique=True)),
        pictures=[picture_of(name) for name in pictures],
        is_on_shelf=draw(st.booleans()),
        rooms=[],
        version=draw(st.integers(1, 99)),
        created_at_ms=0,
        updated_at_ms=0,
        skus=[draw(skus(names, place)) for place in range(count)],
    )
