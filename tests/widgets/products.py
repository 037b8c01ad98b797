"""Products for tests."""

from backend.contract.shop import Product


def product(number: int, title: str = "Green tea", stock: int = 5, image_url: str = "") -> Product:
    """A product with this spoken number; its id is `p<number>`."""
    return Product(f"p{number}", number, title, 12900, 19900, stock, image_url)


SHELF = [product(1, "Green tea"), product(2, "Red lipstick"), product(3, "Running shoes", stock=0)]
