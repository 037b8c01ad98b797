"""What the shop sells: products (SPU), what is bought of them (SKU), and each room's listing."""
