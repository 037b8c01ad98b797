"""Widgets for products."""
