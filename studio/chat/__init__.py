"""The chat's views: what the room says, and what the host answers."""
