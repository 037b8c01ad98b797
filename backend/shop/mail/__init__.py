"""E-mails to buyers: what became of their orders, sent until the mail server takes them."""
