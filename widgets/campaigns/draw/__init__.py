"""Draws in the studio."""
