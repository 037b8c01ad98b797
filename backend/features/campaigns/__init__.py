"""Campaigns in a room: what runs, and what viewers do in it."""
