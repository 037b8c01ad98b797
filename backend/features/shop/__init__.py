"""The shop in a room: the products it shows, the card being explained, orders, and what is left."""
