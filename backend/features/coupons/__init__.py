"""Coupons that a room shows to claim."""
