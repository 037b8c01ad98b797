"""Cases: refunds, returns and exchanges, from the request to the money or the goods."""
