"""Coupons: made by staff, claimed by buyers, held by orders."""
