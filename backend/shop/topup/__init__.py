"""Topping up: coins that people buy with money."""
