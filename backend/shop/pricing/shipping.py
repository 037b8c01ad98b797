"""What shipping costs: by the first and each further unit of pieces or weight, free from a sum on."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import msgspec


class ShippingUnit(StrEnum):
    """What shipping is counted by."""

    PIECE = "piece"
    WEIGHT = "weight"  # in grams


class ShippingRule(msgspec.Struct, frozen=True):
    """How shipping is counted.

    Attributes:
        first, further: how much the first and each further step hold, in pieces or grams; above 0.
        first_minor, further_minor: what a step costs.
        free_from_minor: goods of this sum are sent for nothing; None for never.
    """

    unit: ShippingUnit = ShippingUnit.PIECE
    first: int = 1
    first_minor: int = 0
    further: int = 1
    further_minor: int = 0
    free_from_minor: int | None = None


class RegionRule(msgspec.Struct, frozen=True):
    """A rule for some provinces of a country.

    Attributes:
        provinces: empty for all of the country.
        rule: None where nothing is sent to.
    """

    country: str
    provinces: list[str]
    rule: ShippingRule | None


class ShippingTemplate(msgspec.Struct, frozen=True):
    """How the shop counts shipping: by the first region that fits, else by the default.

    Attributes:
        default: None where nothing is sent to.
    """

    default: ShippingRule | None = ShippingRule()
    regions: list[RegionRule] = msgspec.field(default_factory=list)


FREE: Final = ShippingTemplate()


class Weighed(msgspec.Struct, frozen=True):
    """What a line weighs in shipping."""

    quantity: int
    weight_g: int


def rule_for(template: ShippingTemplate, country: str, province: str) -> ShippingRule | None:
    """Return the rule of a place; None where nothing is sent to."""
    for region in template.regions:
        if region.country == country and (not region.provinces or province in region.provinces):
            return region.rule
    return template.default


def shipping_of(rule: ShippingRule, lines: Sequence[Weighed], net_minor: int) -> int:
    """Return what it costs to send the lines, whose goods cost `net_minor`."""
    if not lines or (rule.free_from_minor is not None and net_minor >= rule.free_from_minor):
        return 0
    if rule.unit is ShippingUnit.PIECE:
        amount = sum(line.quantity for line in lines)
    else:
        amount = sum(line.quantity * line.weight_g for line in lines)
    steps = -(-max(amount - rule.first, 0) // rule.further)
    return rule.first_minor + steps * rule.further_minor
