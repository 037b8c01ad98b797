"""Gifts, coins and the ranking of who gave most."""
