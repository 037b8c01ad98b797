"""Auctions in the studio."""
