"""How a room presents itself."""
