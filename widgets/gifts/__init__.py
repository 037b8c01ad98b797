"""Widgets for gifts and coins."""
