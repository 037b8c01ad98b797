"""The products that a room shows, and the card of the one being explained."""
