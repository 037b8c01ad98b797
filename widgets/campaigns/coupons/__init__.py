"""Coupons: the list of them, and the form of a new one."""
