"""What sending to one place costs while it is typed: texts as they stand in the fields; without Qt."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from backend.contract.shipping import (
    MOST_FEE_MINOR,
    MOST_PROVINCE_LETTERS,
    MOST_PROVINCES,
    RegionRule,
    ShippingRule,
    ShippingUnit,
)
from widgets.common.money import read_amount, typed_amount

_BETWEEN: Final = re.compile(r"[,，、;；\n]+")
_COUNTRY: Final = re.compile("[A-Z]{2}")


class ShippingFault(Enum):
    """What is wrong with what was typed."""

    COUNTRY = auto()
    PROVINCES = auto()
    FEE = auto()
    FREE_FROM = auto()


@dataclass(frozen=True)
class RegionDraft:
    """What the fields hold for a place; all other places have no country.

    Attributes:
        first_fee, further_fee, free_from: amounts as they were typed; an empty `free_from` means never.
    """

    country: str = "CN"
    provinces: str = ""
    is_sent: bool = True
    unit: ShippingUnit = ShippingUnit.PIECE
    first: int = 1
    first_fee: str = "0"
    further: int = 1
    further_fee: str = "0"
    free_from: str = ""


def draft_of(region: RegionRule, currency: str) -> RegionDraft:
    """The fields for a region."""
    rule = region.rule or ShippingRule()
    free = rule.free_from_minor
    return RegionDraft(
        region.country,
        ", ".join(region.provinces),
        region.rule is not None,
        rule.unit,
        rule.first,
        typed_amount(rule.first_minor, currency),
        rule.further,
        typed_amount(rule.further_minor, currency),
        "" if free is None else typed_amount(free, currency),
    )


def read_region(draft: RegionDraft, currency: str) -> RegionRule | ShippingFault:
    """The region that the fields say."""
    country = draft.country.strip().upper()
    if not _COUNTRY.fullmatch(country):
        return ShippingFault.COUNTRY
    parts = (part.strip() for part in _BETWEEN.split(draft.provinces))
    provinces = list(dict.fromkeys(filter(None, parts)))
    if len(provinces) > MOST_PROVINCES or any(len(one) > MOST_PROVINCE_LETTERS for one in provinces):
        return ShippingFault.PROVINCES
    rule = read_rule(draft, currency)
    return rule if isinstance(rule, ShippingFault) else RegionRule(country, provinces, rule)


def read_rule(draft: RegionDraft, currency: str) -> ShippingRule | ShippingFault | None:
    """The rule that the fields say; None where nothing is sent to."""
    if not draft.is_sent:
        return None
    fees = [read_amount(text, currency) for text in (draft.first_fee, draft.further_fee)]
    first, further = fees
    if first is None or further is None or max(first, further) > MOST_FEE_MINOR:
        return ShippingFault.FEE
    free = read_amount(draft.free_from, currency) if draft.free_from.strip() else None
    if free is None and draft.free_from.strip():
        return ShippingFault.FREE_FROM
    return ShippingRule(draft.unit, draft.first, first, draft.further, further, free)
