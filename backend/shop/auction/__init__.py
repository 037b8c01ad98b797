"""What auctions do to stock and orders; the campaign itself is in `shop/campaigns/`."""
