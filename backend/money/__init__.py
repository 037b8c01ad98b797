"""Coins of viewers, kept beside the log in the same transaction."""
