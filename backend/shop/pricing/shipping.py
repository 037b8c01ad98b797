"""What shipping costs: by the first and each further unit of pieces or weight, free from a sum on."""

from collections.abc import Sequence
from typing import Final

import msgspec

from backend.contract.shipping import RegionRule, ShippingRule, ShippingTemplate, ShippingUnit


class Weighed(msgspec.Struct, frozen=True):
    """What a line weighs in shipping."""

    quantity: int
    weight_g: int


class SentAlong(msgspec.Struct, frozen=True):
    """What was bought before and goes in the same parcel.

    Attributes:
        numbers: of its orders.
        net_minor: what its goods cost.
        shipping_minor: what was paid to send it, and not given back.
    """

    numbers: list[str] = msgspec.field(default_factory=list)
    lines: list[Weighed] = msgspec.field(default_factory=list)
    net_minor: int = 0
    shipping_minor: int = 0


ALONE: Final = SentAlong()


def rule_for(template: ShippingTemplate, country: str, province: str) -> ShippingRule | None:
    """Return the rule of a place; None where nothing is sent to."""
    for region in template.regions:
        if region.country == country and _holds(region, province):
            return region.rule
    return template.default


def _holds(region: RegionRule, province: str) -> bool:
    if not region.provinces:
        return True
    return province.casefold().startswith(tuple(one.casefold() for one in region.provinces))


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


def further_shipping_of(
    rule: ShippingRule, along: SentAlong, lines: Sequence[Weighed], net_minor: int
) -> int:
    """Return what the lines cost beside what was bought before: the difference, never more than alone."""
    together = shipping_of(rule, [*along.lines, *lines], along.net_minor + net_minor)
    return min(shipping_of(rule, lines, net_minor), max(together - along.shipping_minor, 0))
