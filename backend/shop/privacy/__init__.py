"""What the shop knows of a buyer: shown to them, found by them, erased for them."""
