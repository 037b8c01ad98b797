"""How the room presents itself, set by the host."""
