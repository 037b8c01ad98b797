"""What is sold: products as a room shows them."""
