"""The shop as a room hears of it: orders, and what is left of the products."""
