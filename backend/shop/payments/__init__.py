"""Payments of orders: attempts, providers, what they report, refunds."""
