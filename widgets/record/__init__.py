"""Recording: the button in the live bar, and the recordings on this computer."""
