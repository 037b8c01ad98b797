"""Webhooks to the shop's own programs: what became of orders, signed, and sent until it is taken."""
