"""Several nodes as one backend: each room is owned by one of them, and its viewers come in by any."""
