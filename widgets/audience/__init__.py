"""Widgets for viewers, polls and product requests."""
