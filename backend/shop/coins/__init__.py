"""Coins: gifts that are bought with them, and how rooms learn of it."""
