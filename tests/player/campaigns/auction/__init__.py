"""Auctions in the player."""
