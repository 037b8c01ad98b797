"""Red packets in the studio."""
