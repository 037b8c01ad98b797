"""Who somebody is: tokens, tickets, accounts, keys."""
