"""What happened, kept in order, and the numbers made of it."""
