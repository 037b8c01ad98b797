"""What a shop prints for its orders: packing slips, and the list by which goods are picked."""
