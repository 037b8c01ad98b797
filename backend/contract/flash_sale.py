"""Flash sales: some units of a product for less, for some minutes."""

from typing import Annotated, Final

import msgspec

from backend.contract.bounds import MAX_INTEGER, Id, UpTo

MOST_SKUS: Final = 50
MOST_UNITS: Final = 100_000
COUNTDOWN_S: Final = range(10, 300 + 1)
DURATION_S: Final = range(30, 20 * 60 + 1)


class FlashPrice(msgspec.Struct, frozen=True):
    """What a SKU costs in the sale, and how many units are sold so.

    Attributes:
        sku_id: empty for each SKU of the product that is on sale.
        price_minor: in the currency's minor unit.
    """

    sku_id: Id
    price_minor: Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)]
    quota: Annotated[int, msgspec.Meta(ge=1, le=MOST_UNITS)]


class FlashSaleTerms(msgspec.Struct, frozen=True, tag_field="kind", tag="flash_sale"):
    """What staff choose of a flash sale; it is not changed once it was armed.

    Attributes:
        per_buyer: how many units of the sale a buyer gets, reserved and paid; None for no limit.
        countdown_s: from the announcement to the start; one of `COUNTDOWN_S`.
        duration_s: from the start to the end; one of `DURATION_S`.
    """

    spu_id: Id
    prices: Annotated[list[FlashPrice], UpTo(160, items=MOST_SKUS)]
    per_buyer: Annotated[int, msgspec.Meta(ge=1, le=MOST_UNITS)] | None = 1
    countdown_s: Annotated[int, msgspec.Meta(ge=COUNTDOWN_S.start, lt=COUNTDOWN_S.stop)] = 10
    duration_s: Annotated[int, msgspec.Meta(ge=DURATION_S.start, lt=DURATION_S.stop)] = 300


class FlashOffer(msgspec.Struct, frozen=True):
    """A SKU in the sale, as everybody sees it.

    Attributes:
        left: units that can be had now; coarse where many are, as stock is.
        reference_minor: what may be crossed out beside the price; None for nothing.
        quota: units that it began with.
    """

    sku_id: str
    price_minor: int
    left: int
    reference_minor: int | None = None
    quota: int = 0


class FlashSaleShown(msgspec.Struct, frozen=True, tag_field="kind", tag="flash_sale"):
    """A flash sale as everybody sees it.

    Attributes:
        reserved: units of orders that are not paid yet: they may come back.
        sold: units that are paid.
    """

    spu_id: str
    offers: list[FlashOffer]
    per_buyer: int | None
    reserved: int = 0
    sold: int = 0
