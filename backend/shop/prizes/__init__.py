"""What prizes of goods do to stock and orders; who wins them is decided by the campaigns."""
