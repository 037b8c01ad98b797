"""A shop for one room without a database: it decides edits of products, and writes to the room."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from backend.contract.base import Author, RejectReason
from backend.log.entries import Entry
from backend.log.shop_entries import ProductEdited
from backend.shop.catalog.editing import Edited, EditResult, ProductEdit, RefusedEdit, decide_edit
from backend.shop.room_products import Catalog

Result = TypeVar("Result")


def next_result(awaitable: Awaitable[Result]) -> Result:
    """Return the result of what waits for nothing."""
    steps = awaitable.__await__()
    try:
        next(steps)
    except StopIteration as done:
        result: Result = done.value
        return result
    raise AssertionError("it waits for something")


class MemoryShop:
    """Decides by the rules of the shop (see `ProductShop`), and is the room's mailbox.

    Args:
        catalog: what the room shows; the room itself puts in what was saved.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._now = {product.product_id: product for product in catalog.products}
        self._messages: list[Entry] = []
        self.on_message: Callable[[], None] = lambda: None

    async def edit(self, edit: ProductEdit, by: Author) -> EditResult:
        """See `ProductShop.edit`."""
        before = self._now.get(edit.product_id)
        if before is None:
            return RefusedEdit(RejectReason.UNKNOWN_PRODUCT)
        result = decide_edit(before, edit)
        if isinstance(result, Edited) and result.product != before:
            self._now[edit.product_id] = result.product
            self._messages.append(ProductEdited(by, before, result.product))
            self.on_message()
        return result

    def read(self, most: int) -> Sequence[Entry]:
        """Give out what waits; see `Mailbox.read`."""
        taken, self._messages = self._messages[:most], self._messages[most:]
        return taken
