"""Filters: frame in, frame out; no Qt, no event loop, no network."""
