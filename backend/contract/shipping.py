"""What sending costs: by the first and each further step of pieces or weight, and by region."""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.addresses import Country
from backend.contract.bounds import MAX_INTEGER, UpTo

MOST_STEP: Final = 1_000_000
MOST_FEE_MINOR: Final = 1_000_000_000
MOST_REGIONS: Final = 60
MOST_PROVINCES: Final = 60
MOST_PROVINCE_LETTERS: Final = 64
MOST_RETURN_LETTERS: Final = 300

Step = Annotated[int, msgspec.Meta(ge=1, le=MOST_STEP)]
Fee = Annotated[int, msgspec.Meta(ge=0, le=MOST_FEE_MINOR)]
FreeFrom = Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)]
Province = Annotated[str, msgspec.Meta(min_length=1)]


class ShippingUnit(StrEnum):
    """What shipping is counted by."""

    PIECE = "piece"
    WEIGHT = "weight"  # in grams


class ShippingRule(msgspec.Struct, frozen=True):
    """How shipping is counted.

    Attributes:
        first, further: how much the first and each further step hold, in pieces or grams.
        first_minor, further_minor: what a step costs.
        free_from_minor: goods of this sum are sent for nothing; None for never.
    """

    unit: ShippingUnit = ShippingUnit.PIECE
    first: Step = 1
    first_minor: Fee = 0
    further: Step = 1
    further_minor: Fee = 0
    free_from_minor: FreeFrom | None = None


class RegionRule(msgspec.Struct, frozen=True):
    """A rule for some provinces of a country.

    Attributes:
        provinces: how their names begin, so that 新疆 means 新疆维吾尔自治区; empty for all of the country.
        rule: None where nothing is sent to.
    """

    country: Country
    provinces: Annotated[list[Province], UpTo(MOST_PROVINCE_LETTERS, items=MOST_PROVINCES)]
    rule: ShippingRule | None


class ShippingTemplate(msgspec.Struct, frozen=True):
    """What `GET /api/v1/settings/shipping` gives and `PUT` takes, as a whole.

    Shipping is counted by the first region that fits, else by the default.

    Attributes:
        default: None where nothing is sent to.
        return_to: where buyers send goods back to, with name and phone; empty where the shop says it by case.
    """

    default: ShippingRule | None = ShippingRule()
    regions: Annotated[list[RegionRule], UpTo(0, items=MOST_REGIONS)] = msgspec.field(default_factory=list)
    return_to: Annotated[str, UpTo(MOST_RETURN_LETTERS)] = ""


FREE: Final = ShippingTemplate()
