"""The way out: encode once, and keep a WHIP line to the relay."""
