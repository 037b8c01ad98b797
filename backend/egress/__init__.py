"""Fragments of a room's stream: what viewers get whose line lets no UDP through."""
