"""Where features look products up."""

from typing import Protocol

from backend.contract.shop import Product


class Products(Protocol):
    """The products of a room."""

    def get(self, product_id: str) -> Product | None:
        """Return the product as it is now, or None."""
