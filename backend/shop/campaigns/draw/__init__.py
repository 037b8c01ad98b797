"""Draws: sealed when they open, entered once a person, and drawn so that anybody can check it."""
