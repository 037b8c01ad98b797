"""Orders: placed in one transaction, changed step by step, each step with its row."""
