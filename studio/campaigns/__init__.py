"""Between the room, the shop, and the panel of campaigns."""
