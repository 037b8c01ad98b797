"""Counting down to a moment."""
