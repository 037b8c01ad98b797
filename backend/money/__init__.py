"""The journal of all money, and the coins of viewers in it."""
