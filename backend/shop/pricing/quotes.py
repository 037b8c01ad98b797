"""Makes quotes: the exact sum of what is wanted, and a hash that names it."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from backend.contract.coupons import HeldCoupon
from backend.contract.orders import PaymentMethod, Quote, QuotedLine, UsedCoupon, WantedLine
from backend.contract.shipping import ShippingRule
from backend.shop.catalog.skus import IMAGE_PATH, CatalogSku
from backend.shop.flash_sale.sales import FlashPrice
from backend.shop.pricing.coupons import Goods, Taken, best_of
from backend.shop.pricing.shipping import ALONE, SentAlong, Weighed, further_shipping_of, shipping_of

_ENCODER = msgspec.json.Encoder()
NO_FLASH: Final[Mapping[str, FlashPrice]] = {}


def merged(lines: Sequence[WantedLine]) -> dict[str, int]:
    """Return the units wanted of each SKU, in the order they were first named."""
    units: Counter[str] = Counter()
    for line in lines:
        units[line.sku_id] += line.quantity
    return dict(units)


def make_quote(
    units: Mapping[str, int],
    skus: Mapping[str, CatalogSku],
    left: Mapping[str, int],
    *,
    currency: str,
    shipping: ShippingRule,
    methods: Sequence[PaymentMethod],
    coupons: Sequence[HeldCoupon] = (),
    along: SentAlong = ALONE,
    names_duty: bool = False,
    flash: Mapping[str, FlashPrice] = NO_FLASH,
) -> Quote:
    """Return the quote of units of SKUs, all of which are in `skus`.

    What is left of each, and the methods, are shown, but no part of the sum; the best of `coupons`
    counts; `along` is what goes in the same parcel; `flash` are the prices of a flash sale, by SKU.
    """
    wanted = [(_in_sale(skus[sku_id], flash.get(sku_id)), quantity) for sku_id, quantity in units.items()]
    goods = [sku.price_minor * quantity for sku, quantity in wanted]
    taken = _taken(coupons, wanted) if coupons else None
    discounts = [0] * len(wanted) if taken is None else taken.parts
    lines = [
        _line(sku, quantity, discount, left.get(sku.sku_id, 0), flash.get(sku.sku_id))
        for (sku, quantity), discount in zip(wanted, discounts, strict=True)
    ]
    net = sum(goods) - sum(discounts)
    weighed = [Weighed(n, sku.weight_g) for sku, n in wanted]
    shipping_minor = further_shipping_of(shipping, along, weighed, net)
    is_shared = shipping_minor < shipping_of(shipping, weighed, net)
    tax = sum(
        contained_tax(line.net_minor, sku.tax_rate_bp) for line, (sku, _) in zip(lines, wanted, strict=True)
    )
    used = None if taken is None else _used(taken)
    return Quote(
        hash=_hash(currency, lines, shipping_minor, tax, used),
        currency=currency,
        lines=lines,
        goods_minor=sum(goods),
        discount_minor=sum(discounts),
        shipping_minor=shipping_minor,
        tax_minor=tax,
        total_minor=net + shipping_minor,
        methods=list(methods),
        sent_along=list(along.numbers) if is_shared else [],
        names_duty=names_duty,
        coupon=used,
    )


def contained_tax(net_minor: int, rate_bp: int) -> int:
    """Return the tax that a price contains, rounded half up."""
    whole = 10_000 + rate_bp
    return (2 * net_minor * rate_bp + whole) // (2 * whole)


def _in_sale(sku: CatalogSku, flash: FlashPrice | None) -> CatalogSku:
    if flash is None:
        return sku
    return replace(sku, price_minor=flash.price_minor, reference_minor=flash.reference_minor)


def _taken(coupons: Sequence[HeldCoupon], wanted: Sequence[tuple[CatalogSku, int]]) -> Taken | None:
    goods = [
        Goods(sku.spu_id, sku.price_minor * quantity, sku.floor_minor * quantity) for sku, quantity in wanted
    ]
    return best_of(coupons, goods)


def _used(taken: Taken) -> UsedCoupon:
    coupon = taken.coupon
    return UsedCoupon(coupon.grant_id, coupon.coupon_id, coupon.title, taken.sum_minor)


def _line(
    sku: CatalogSku, quantity: int, discount_minor: int, left: int, flash: FlashPrice | None
) -> QuotedLine:
    return QuotedLine(
        sku_id=sku.sku_id,
        title=sku.title,
        specs=sku.specs,
        image_url=f"{IMAGE_PATH}{sku.image}" if sku.image else "",
        quantity=quantity,
        unit_minor=sku.price_minor,
        reference_minor=sku.reference_minor,
        discount_minor=discount_minor,
        net_minor=sku.price_minor * quantity - discount_minor,
        left=left if flash is None else flash.left,
        campaign_id="" if flash is None else flash.campaign_id,
    )


def _hash(
    currency: str, lines: Sequence[QuotedLine], shipping_minor: int, tax_minor: int, used: UsedCoupon | None
) -> str:
    # What the buyer agrees to pay for what, and with which coupon; neither the stock left nor the texts.
    sums = [
        (line.sku_id, line.quantity, line.unit_minor, line.discount_minor)
        + ((line.campaign_id,) if line.campaign_id else ())
        for line in lines
    ]
    named = [currency, sums, shipping_minor, tax_minor, *([used.grant_id] if used else [])]
    return hashlib.sha256(_ENCODER.encode(named)).hexdigest()
