"""What the shop's own programs may do, and hear: their tokens and webhooks."""
