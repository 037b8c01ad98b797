"""The thread of messages of an order, between its buyer and the shop's people."""
