"""What the shop has of each SKU, and each movement of it."""
