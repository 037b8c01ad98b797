"""Composing the broadcast's picture, and slates where there is none."""
