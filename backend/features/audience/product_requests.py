"""Product requests (求讲解): viewers raise a hand for a product, the host sees which is wanted most."""

from heapq import nsmallest
from typing import Any, ClassVar

import msgspec
from typing_extensions import override

from backend.contract.audience import MOST_REQUESTS, RANKED, ProductRequest, RequestProduct, RequestsChanged
from backend.contract.base import Message, RejectReason
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delivery, Rejection, ToCrowd, You
from backend.features.feature import Anyone, Feature
from backend.features.products import Products
from backend.log.entries import CardPutUp, Record, Requested


class RequestsState(msgspec.Struct):
    """What is folded: who asked for which product since its card was last shown; users by product id."""

    askers: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)


class Requests(Feature[RequestsState]):
    """Counts raised hands: one a viewer and product."""

    name = "requests"
    state_type = RequestsState
    commands: ClassVar = {RequestProduct: Anyone.ANYONE}
    entries = (Requested, CardPutUp)

    def __init__(self, products: Products, state: RequestsState | None = None) -> None:
        self.state = state or RequestsState()
        self._products = products

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        match command:
            case RequestProduct(product_id=product_id):
                return self._ask(actor.user_id, product_id)
        return super().decide(command, actor, now_ms)

    def _ask(self, user_id: str, product_id: str) -> Decision:
        if self._products.get(product_id) is None:
            return Rejection(RejectReason.UNKNOWN_PRODUCT)
        if user_id in self.state.askers.get(product_id, {}):
            return Rejection(RejectReason.ALREADY)
        if len(self.asked_by(user_id)) >= MOST_REQUESTS:
            return Rejection(RejectReason.TOO_FAST)
        return (Requested(user_id, product_id),)

    def asked_by(self, user_id: str) -> list[str]:
        """Return the products a viewer asked for."""
        return [product_id for product_id, askers in self.state.askers.items() if user_id in askers]

    def ranking(self) -> list[ProductRequest]:
        """Return the 20 most wanted, the most wanted first; of equals the one asked for first."""
        ranked = nsmallest(RANKED, self.state.askers.items(), key=lambda item: -len(item[1]))
        return [ProductRequest(product_id, len(askers)) for product_id, askers in ranked]

    @override
    def apply(self, record: Record) -> list[Delivery]:
        match record.entry:
            case Requested(user_id=user_id, product_id=product_id):
                self.state.askers.setdefault(product_id, {})[user_id] = record.at_ms
                return [You(user_id), ToCrowd(RequestsChanged(self.ranking()))]
            case CardPutUp(product_id=product_id):
                return self._fulfil(product_id)
        return []

    def _fulfil(self, product_id: str) -> list[Delivery]:
        askers = self.state.askers.pop(product_id, None)
        if askers is None:
            return []
        return [ToCrowd(RequestsChanged(self.ranking())), *map(You, askers)]

    @override
    def begin_session(self, session_id: str) -> list[Delivery]:
        self.state.askers.clear()
        return [ToCrowd(RequestsChanged([]))]

    @override
    def show(self) -> dict[str, Any]:
        return {"requests": self.ranking()}

    @override
    def show_to(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        return {"requested": self.asked_by(actor.user_id)}
