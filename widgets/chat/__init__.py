"""Widgets for chat and moderation."""
