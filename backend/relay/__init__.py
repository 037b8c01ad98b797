"""The relay: WHIP in, WHEP out, RTP forwarded undecoded, in a process of its own beside the room."""
