"""Auctions: proxy bids by the server's clock, a price the least step beyond the others, then an order."""
