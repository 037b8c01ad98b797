"""Works out what a product becomes by a wish of its staff; nothing is read or written."""

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from backend.contract.base import RejectReason
from backend.contract.products import (
    ChangeProduct,
    ChangeSku,
    NewProduct,
    NewSku,
    StaffProduct,
    StaffSku,
)
from backend.contract.shop import MAX_TITLE
from backend.plain_text import clean
from backend.shop.catalog.checking import check_product
from backend.shop.catalog.pictures.names import picture_of
from backend.shop.catalog.results import NotFit
from backend.shop.ids import new_id

_BAD_TITLE = f"A title has 1 to {MAX_TITLE} characters that can be seen."


def plan_new(wish: NewProduct, now_ms: int) -> StaffProduct | NotFit:
    """Return the product that is wanted, with new ids."""
    title = clean(wish.title, MAX_TITLE)
    if isinstance(title, RejectReason):
        return NotFit("/title", _BAD_TITLE)
    skus = [_new_sku(sku, now_ms) for sku in wish.skus]
    product = StaffProduct(
        spu_id=new_id(now_ms),
        title=title,
        description=wish.description,
        category=wish.category,
        tags=_distinct(wish.tags),
        pictures=[picture_of(name) for name in _distinct(wish.pictures)],
        is_on_shelf=wish.is_on_shelf,
        rooms=[],
        version=1,
        created_at_ms=now_ms,
        updated_at_ms=now_ms,
        skus=skus,
    )
    places = {sku.sku_id: f"/skus/{place}" for place, sku in enumerate(skus)}
    return check_product(None, product, places.__getitem__) or product


def plan_change(before: StaffProduct, wish: ChangeProduct, now_ms: int) -> StaffProduct | NotFit:
    """Return what a product becomes; the same where all is so already. Its version is the next one."""
    title: str | RejectReason = before.title
    if wish.title is not UNSET:
        title = clean(wish.title, MAX_TITLE)
    if isinstance(title, RejectReason):
        return NotFit("/title", _BAD_TITLE)
    skus = _changed_skus(before, wish.skus)
    if isinstance(skus, NotFit):
        return skus
    new = [_new_sku(sku, now_ms) for sku in wish.new_skus]
    after = replace(before, title=title, skus=[*skus, *new], **dict(_fields(wish)))
    if after == before:
        return before
    places = {
        **{sku.sku_id: f"/skus/{place}" for place, sku in enumerate(wish.skus)},
        **{sku.sku_id: f"/new_skus/{place}" for place, sku in enumerate(new)},
    }
    fault = check_product(before, after, lambda sku_id: places.get(sku_id, "/skus"))
    return fault or replace(after, version=before.version + 1, updated_at_ms=now_ms)


def _fields(wish: ChangeProduct) -> Iterator[tuple[str, object]]:
    for name in ("description", "category", "is_on_shelf"):
        value = getattr(wish, name)
        if value is not UNSET:
            yield name, value
    if wish.tags is not UNSET:
        yield "tags", _distinct(wish.tags)
    if wish.pictures is not UNSET:
        yield "pictures", [picture_of(name) for name in _distinct(wish.pictures)]


def _changed_skus(before: StaffProduct, changes: Sequence[ChangeSku]) -> list[StaffSku] | NotFit:
    known = {sku.sku_id: sku for sku in before.skus}
    changed: dict[str, StaffSku] = {}
    for place, change in enumerate(changes):
        sku = known.get(change.sku_id)
        if sku is None or change.sku_id in changed:
            why = "The product has no such SKU." if sku is None else "The SKU stands here twice."
            return NotFit(f"/skus/{place}/sku_id", why)
        changed[change.sku_id] = _changed_sku(sku, change)
    return [changed.get(sku.sku_id, sku) for sku in before.skus]


def _changed_sku(sku: StaffSku, change: ChangeSku) -> StaffSku:
    fields = {
        name: value
        for name, value in msgspec.structs.asdict(change).items()
        if name != "sku_id" and value is not UNSET
    }
    if fields.get("code") == "":
        fields["code"] = None
    return replace(sku, **fields)


def _new_sku(sku: NewSku, now_ms: int) -> StaffSku:
    return StaffSku(
        sku_id=new_id(now_ms),
        code=sku.code or None,
        specs=sku.specs,
        price_minor=sku.price_minor,
        reference_minor=sku.reference_minor,
        floor_minor=sku.floor_minor,
        limit_per_buyer=sku.limit_per_buyer,
        weight_g=sku.weight_g,
        tax_rate_bp=sku.tax_rate_bp,
        on_hand=sku.stock,
        reserved=0,
        sold=0,
        left=sku.stock,
        components={},
        is_active=True,
    )


def _distinct(texts: Sequence[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]
