"""Widgets for preview, sources, sound and effects."""
