"""Whether a product can be as somebody wants it: what no column and no type says."""

from collections.abc import Callable, Iterator, Sequence

from backend.contract.products import MOST_SKUS, StaffProduct, StaffSku
from backend.shop.catalog.results import NotFit

Pointer = Callable[[str], str]
"""Where a SKU stands in the request, by its id."""


def check_product(before: StaffProduct | None, after: StaffProduct, pointer: Pointer) -> NotFit | None:
    """Return what is wrong with a product, in what of it changed: what was there before may stay."""
    return next(_faults(before, after, pointer), None)


def _faults(before: StaffProduct | None, after: StaffProduct, pointer: Pointer) -> Iterator[NotFit]:
    known = {} if before is None else {sku.sku_id: sku for sku in before.skus}
    for sku in after.skus:
        if sku != known.get(sku.sku_id):
            yield from _faults_of_sku(sku, pointer(sku.sku_id))
    active = [sku for sku in after.skus if sku.is_active]
    if before is None or _choices(active) != _choices([sku for sku in before.skus if sku.is_active]):
        yield from _faults_of_choices(active, pointer)
    codes = [(sku.code, sku.sku_id) for sku in after.skus if sku.code is not None]
    for place, (code, sku_id) in enumerate(codes):
        if code in {other for other, _ in codes[:place]}:
            yield NotFit(f"{pointer(sku_id)}/code", f"Two SKUs have the code {code}. Give each its own.")


def _faults_of_sku(sku: StaffSku, at: str) -> Iterator[NotFit]:
    if sku.floor_minor > sku.price_minor:
        yield NotFit(
            f"{at}/floor_minor",
            f"The floor price {sku.floor_minor} is above the price {sku.price_minor}. Lower the floor.",
        )
    for spec in sku.specs:
        if len(spec) != 2 or not all(spec):
            yield NotFit(f"{at}/specs", 'A specification is a name and a value, such as ["size", "M"].')
    names = [spec[0] for spec in sku.specs if spec]
    if len(set(names)) != len(names):
        yield NotFit(f"{at}/specs", "A specification stands twice. Give each name once.")


def _faults_of_choices(active: Sequence[StaffSku], pointer: Pointer) -> Iterator[NotFit]:
    if not active:
        yield NotFit("/skus", "A product needs a SKU that can be bought. Take it off the shelf instead.")
        return
    if len(active) > MOST_SKUS:
        yield NotFit("/new_skus", f"A product has at most {MOST_SKUS} SKUs. Make two products of it.")
    names = [name for name, _ in _pairs(active[0])]
    seen: set[tuple[str, ...]] = set()
    for sku in active:
        at = f"{pointer(sku.sku_id)}/specs"
        if [name for name, _ in _pairs(sku)] != names or (len(active) > 1 and not names):
            told = ", ".join(names) or "one at least"
            yield NotFit(
                at,
                f"All SKUs have the same specifications in the same order, here {told}. Give each a value.",
            )
        values = tuple(value for _, value in _pairs(sku))
        if values in seen:
            yield NotFit(at, f"Two SKUs are {' · '.join(values)}. Change one, or leave it out.")
        seen.add(values)


def _choices(active: Sequence[StaffSku]) -> list[tuple[str, list[list[str]]]]:
    return [(sku.sku_id, sku.specs) for sku in active]


def _pairs(sku: StaffSku) -> list[tuple[str, str]]:
    return [(spec[0], spec[-1]) for spec in sku.specs if spec]
