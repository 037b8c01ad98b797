"""What flash sales do to prices, stock and orders; the campaign itself is in `shop/campaigns/`."""
