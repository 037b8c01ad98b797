"""Sound: matched to the master clock, mixed, measured."""
