"""Guests on air."""
