"""What the studio asks the shop about its coupons over HTTP."""

from backend.contract.catalog import ShopProducts
from backend.contract.coupons import Coupon, CouponCheck, CouponsPage, NewCoupon
from studio.connection.shop_http import NoBody, ShopHttp


class CouponsHttp(ShopHttp):
    """HTTP to the coupons, for the time of an `async with` block; it raises as `ShopHttp` does."""

    async def page(self) -> CouponsPage:
        """Read them, the newest first."""
        return await self.get("/api/v1/coupons", CouponsPage)

    async def products(self) -> ShopProducts:
        """Read what the room sells, which a coupon may be for."""
        return await self.get(f"/api/v1/rooms/{self.place.room}/products", ShopProducts)

    async def check(self, wish: NewCoupon) -> CouponCheck:
        """Ask whether a coupon could ever take something off."""
        return await self.post("/api/v1/coupons/check", wish, CouponCheck)

    async def make(self, wish: NewCoupon) -> Coupon:
        """Make one."""
        return await self.post("/api/v1/coupons", wish, Coupon)

    async def stop(self, coupon_id: str) -> Coupon:
        """Give no more of one out."""
        return await self.post(f"/api/v1/coupons/{coupon_id}/stop", NoBody(), Coupon)
