"""Product requests (求讲解): viewers raise a hand for a product, the host sees which is wanted most."""

from heapq import nsmallest
from typing import Final

import msgspec

from backend.contract.audience import ProductRequest, RequestsChanged
from backend.contract.base import RejectReason
from backend.features.deliveries import Delivery, Rejection, ToCrowd, You
from backend.features.live.show import Products
from backend.log.entries import Requested

RANKED: Final = 20
MOST_EACH: Final = 20


class RequestsState(msgspec.Struct):
    """What is folded: who asked for which product since its card was last shown; users by product id."""

    askers: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)


class Requests:
    """Counts raised hands: one a viewer and product."""

    def __init__(self, products: Products, state: RequestsState | None = None) -> None:
        self.state = state or RequestsState()
        self._products = products

    def ask(self, user_id: str, product_id: str) -> Requested | Rejection:
        """Return that a viewer asks for a product."""
        if self._products.get(product_id) is None:
            return Rejection(RejectReason.UNKNOWN_PRODUCT)
        if user_id in self.state.askers.get(product_id, {}):
            return Rejection(RejectReason.ALREADY)
        if len(self.asked_by(user_id)) >= MOST_EACH:
            return Rejection(RejectReason.TOO_FAST)
        return Requested(user_id, product_id)

    def asked_by(self, user_id: str) -> list[str]:
        """Return the products a viewer asked for."""
        return [product_id for product_id, askers in self.state.askers.items() if user_id in askers]

    def ranking(self) -> list[ProductRequest]:
        """Return the 20 most wanted, the most wanted first; of equals the one asked for first."""
        ranked = nsmallest(RANKED, self.state.askers.items(), key=lambda item: -len(item[1]))
        return [ProductRequest(product_id, len(askers)) for product_id, askers in ranked]

    def take(self, requested: Requested, at_ms: int) -> list[Delivery]:
        """Count a raised hand."""
        self.state.askers.setdefault(requested.product_id, {})[requested.user_id] = at_ms
        return [You(requested.user_id), ToCrowd(RequestsChanged(self.ranking()))]

    def fulfil(self, product_id: str) -> list[Delivery]:
        """Lower the hands for a product: its card is shown."""
        askers = self.state.askers.pop(product_id, None)
        if askers is None:
            return []
        return [ToCrowd(RequestsChanged(self.ranking())), *map(You, askers)]

    def begin_session(self) -> None:
        """Lower all hands."""
        self.state.askers.clear()
