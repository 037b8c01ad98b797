"""Which SKUs a product has for its specifications: the shop's keep their places, others come or retire."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from backend.contract.products import MAX_LABEL, MOST_SKUS
from widgets.shop.sku_rows import SkuField, SkuRow, Specs

_SHARED = (SkuField.PRICE, SkuField.REFERENCE, SkuField.FLOOR)


@dataclass(frozen=True)
class WantedSpec:
    """A specification as it is typed.

    Attributes:
        origin: what the shop calls it so far; empty where it is new.
    """

    name: str
    values: Sequence[str]
    origin: str = ""


def combinations(specs: Sequence[WantedSpec]) -> list[Specs]:
    """Each choice of one value a specification, one more than the shop takes at most."""
    pairs = [[(spec.name, value) for value in spec.values] for spec in _complete(specs)]
    return list(islice(product(*pairs), MOST_SKUS + 1))


def rows_for(specs: Sequence[WantedSpec], known: Sequence[SkuRow]) -> list[SkuRow]:
    """One row a choice, then those of the shop that have no place any more: they retire.

    A SKU of the shop keeps its place where a specification is renamed, and takes the first value of one that
    is new. What was typed stays; a new row begins with the prices of the one that is most like it.
    """
    complete = _complete(specs)
    choices = combinations(complete)
    of_shop = [row for row in known if row.sku is not None]
    placed = _placed(complete, choices, of_shop)
    typed = {row.specs: row for row in known if row.sku is None}
    likes = [(specs, row) for specs, row in placed.items()] or [(row.specs, row) for row in known]
    rows = []
    for choice in choices:
        at_place = placed.get(choice)
        if at_place is not None:
            rows.append(replace(at_place, specs=choice, has_place=True))
        else:
            rows.append(
                typed.get(choice) or _new_row(choice, likes, _is_asked_for(choice, complete, of_shop))
            )
    kept = {id(row) for row in placed.values()}
    return rows + [replace(row, has_place=False) for row in of_shop if id(row) not in kept]


def _complete(specs: Sequence[WantedSpec]) -> list[WantedSpec]:
    named = [replace(spec, name=spec.name.strip()[:MAX_LABEL]) for spec in specs]
    return [spec for spec in named if spec.name and spec.values]


def _placed(
    specs: Sequence[WantedSpec], choices: Sequence[Specs], of_shop: Sequence[SkuRow]
) -> dict[Specs, SkuRow]:
    """The row of the shop at each choice; where two would have one, those that are on sale come first."""
    wanted = set(choices)
    found: dict[Specs, SkuRow] = {}
    for row in sorted(of_shop, key=lambda one: not _is_sold(one)):
        place = _place_of(row, specs)
        if place in wanted and place is not None:
            found.setdefault(place, row)
    return found


def _place_of(row: SkuRow, specs: Sequence[WantedSpec]) -> Specs | None:
    """Where a SKU of the shop stands among these specifications; None where it lacks one."""
    had = row.shop_specs
    values = [had.get(spec.origin) if spec.origin else spec.values[0] for spec in specs]
    pairs = [(spec.name, value) for spec, value in zip(specs, values, strict=True) if value is not None]
    return tuple(pairs) if len(pairs) == len(specs) else None


def _is_asked_for(choice: Specs, specs: Sequence[WantedSpec], of_shop: Sequence[SkuRow]) -> bool:
    """Whether a choice has something new: one of old values alone that the shop does not sell stays so."""
    old = [(spec.origin, value) for spec, (_, value) in zip(specs, choice, strict=True) if spec.origin]
    sold = [row.shop_specs for row in of_shop if _is_sold(row)]
    has_new_value = any(all(one.get(name) != value for one in sold) for name, value in old)
    return has_new_value or not sold or any(all(one.get(n) == v for n, v in old) for one in sold)


def _is_sold(row: SkuRow) -> bool:
    return row.sku is not None and row.sku.is_active


def _new_row(choice: Specs, likes: Sequence[tuple[Specs, SkuRow]], is_wanted: bool) -> SkuRow:  # noqa: FBT001
    alike = max(_likeness(choice, likes), default=None)
    texts = {} if alike is None else {which: likes[-alike[1]][1].text(which) for which in _SHARED}
    return SkuRow(choice, texts, is_wanted=is_wanted)


def _likeness(choice: Specs, likes: Sequence[tuple[Specs, SkuRow]]) -> Iterator[tuple[int, int]]:
    for place, (specs, _) in enumerate(likes):
        yield len(set(choice) & set(specs)), -place
