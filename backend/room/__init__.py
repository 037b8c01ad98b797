"""One room: its state, the socket protocol, and the fan-out to everybody in it."""
