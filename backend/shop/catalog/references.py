"""Holds crossed-out prices to the rule of the shop's profile. Inside the caller's transaction."""

from collections.abc import Callable, Mapping

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from backend.contract.products import ChangeProduct, StaffProduct, StaffSku
from backend.contract.sale_settings import Profile
from backend.shop.catalog.price_history import read_offers, read_sales
from backend.shop.catalog.reference_rules import Offer, lowest_offered, lowest_sold
from backend.shop.catalog.results import BadReference
from backend.shop.currency import read_currency
from backend.shop.settings import read_profile


class _Priced(msgspec.Struct, frozen=True):
    """A SKU whose price or crossed-out price changes.

    Attributes:
        before: None of a new one.
    """

    before: StaffSku | None
    after: StaffSku

    @property
    def is_named(self) -> bool:
        """Whether the crossed-out price is what somebody wants, and not what stood there already."""
        return self.before is None or self.before.reference_minor != self.after.reference_minor


def fit_references(
    connection: Connection,
    before: StaffProduct | None,
    after: StaffProduct,
    now_ms: int,
    pointers: Mapping[str, str] | None = None,
) -> StaffProduct | BadReference:
    """Return a product whose crossed-out prices are what the shop may show, or the first that is not.

    One that nobody named goes with its price: it becomes what it may be now, or none. The pointers lead to
    the SKUs in the request.
    """
    profile = read_profile(connection)
    changed = _changed(before, after)
    if profile is Profile.OTHER or not changed:
        return after
    allowed = _rule(connection, profile, changed, now_ms)
    fitted: dict[str, StaffSku] = {}
    for one in changed:
        sku = one.after
        lowest = allowed(one)
        right = lowest if lowest is not None and lowest > sku.price_minor else None
        if sku.reference_minor == right:
            continue
        if one.is_named:
            at = (pointers or {}).get(sku.sku_id, "/skus")
            return BadReference(f"{at}/reference_minor", profile, right, read_currency(connection))
        fitted[sku.sku_id] = replace(sku, reference_minor=right)
    return replace(after, skus=[fitted.get(sku.sku_id, sku) for sku in after.skus])


def pointers_of(
    before: StaffProduct | None, after: StaffProduct, wish: ChangeProduct | None
) -> dict[str, str]:
    """Return where the SKUs stand in the request that makes a product."""
    known = set() if before is None else {sku.sku_id for sku in before.skus}
    new = [sku.sku_id for sku in after.skus if sku.sku_id not in known]
    kind = "/skus" if wish is None else "/new_skus"
    changed = {} if wish is None else {sku.sku_id: f"/skus/{n}" for n, sku in enumerate(wish.skus)}
    return {**changed, **{sku_id: f"{kind}/{n}" for n, sku_id in enumerate(new)}}


def _changed(before: StaffProduct | None, after: StaffProduct) -> list[_Priced]:
    known = {} if before is None else {sku.sku_id: sku for sku in before.skus}
    pairs = [_Priced(known.get(sku.sku_id), sku) for sku in after.skus if sku.reference_minor is not None]
    return [
        one
        for one in pairs
        if one.is_named or (one.before is not None and one.before.price_minor != one.after.price_minor)
    ]


def _rule(
    connection: Connection, profile: Profile, changed: list[_Priced], now_ms: int
) -> Callable[[_Priced], int | None]:
    offers = read_offers(connection, {one.after.sku_id for one in changed})

    def allowed(one: _Priced) -> int | None:
        history = offers.get(one.after.sku_id, [])
        begun_ms = _begun(one, history, now_ms)
        if profile is Profile.EU:
            return lowest_offered(history, begun_ms)
        return lowest_sold(read_sales(connection, one.after.sku_id, begun_ms), begun_ms)

    return allowed


def _begun(one: _Priced, history: list[Offer], now_ms: int) -> int:
    """Return since when the price is asked for: the reduction began then."""
    is_same = bool(history) and history[-1].price_minor == one.after.price_minor
    return history[-1].at_ms if is_same else now_ms
