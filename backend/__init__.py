"""Relay, room and shop; it runs without the desktop."""
