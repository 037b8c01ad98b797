"""Says whether a coupon could ever take something off. Inside the caller's transaction."""

from sqlalchemy import Connection, select

from backend.contract.coupons import CouponWarning, NewCoupon
from backend.storage.catalog_tables import SKUS, SPUS


def warnings_of(connection: Connection, wish: NewCoupon) -> list[CouponWarning]:
    """Return why it would take nothing off as prices are now; empty where it can."""
    query = (
        select(SKUS.c.price_minor, SKUS.c.floor_minor)
        .join(SPUS, SPUS.c.spu_id == SKUS.c.spu_id)
        .where(SKUS.c.is_active, SPUS.c.status == "on_shelf")
    )
    if wish.spu_ids:
        query = query.where(SKUS.c.spu_id.in_(wish.spu_ids))
    prices = connection.execute(query).all()
    if not prices:
        return [CouponWarning.NO_PRODUCTS]
    found = []
    if all(floor_minor >= price_minor for price_minor, floor_minor in prices):
        found.append(CouponWarning.NOTHING_ABOVE_FLOORS)
    if wish.minimum_minor > max(price_minor for price_minor, _floor_minor in prices):
        found.append(CouponWarning.MINIMUM_ABOVE_PRICES)
    return found
