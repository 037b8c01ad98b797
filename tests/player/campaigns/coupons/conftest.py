"""A shop that gives coupons out, and viewers in real browsers."""

from tests.player.shop.conftest import Stall, stall

__all__ = ["Stall", "stall"]
