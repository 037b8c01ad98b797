"""Rows of the products window for tests."""

from collections.abc import Iterable
from typing import get_args

from widgets.shop.products_acts import ProductAct
from widgets.shop.products_entry import ProductEntry, SkuEntry

EVERY_ACT: tuple[type[ProductAct], ...] = get_args(ProductAct)


def sku(number: int, left: int = 20, price_minor: int = 8900, **given: object) -> SkuEntry:
    """A SKU without a choice."""
    return SkuEntry(f"s{number}", (), price_minor, None, left, code=f"LS-{number}", **given)  # type: ignore[arg-type]


def entry(number: int, title: str = "", skus: Iterable[SkuEntry] = (), **given: object) -> ProductEntry:
    """A product of the room under this number; its id is `p<number>`."""
    default: dict[str, object] = {"number": number, "is_on_shelf": True, "image": f"/media/{number}.png"}
    values = default | given
    values.setdefault("place", values["number"])
    title = title or f"Tea {number}"
    kept = tuple(skus) or (sku(number),)
    return ProductEntry(spu_id=f"p{number}", title=title, currency="CNY", skus=kept, **values)  # type: ignore[arg-type]


def room(count: int) -> list[ProductEntry]:
    """So many products, numbered from 1."""
    return [entry(number) for number in range(1, count + 1)]
