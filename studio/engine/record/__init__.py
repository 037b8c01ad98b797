"""Recordings: what was encoded for the broadcast, and its sound, in files on this computer."""
