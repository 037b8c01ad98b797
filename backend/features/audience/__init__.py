"""Viewers and what they do besides talking: names, likes, follows, polls, product requests."""
