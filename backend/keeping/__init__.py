"""Keeping what a shop has: backups, restoring them, and checks of the books."""
