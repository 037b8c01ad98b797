"""Identity: tokens, tickets, accounts, keys."""
