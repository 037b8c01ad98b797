"""How long each product was explained in this live session: its card was on air."""

from typing import Any

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.cards import ProductsExplained
from backend.features.actor import Actor
from backend.features.deliveries import Delivery, ToStaff
from backend.features.feature import Feature
from backend.log.entries import CardPutUp, CardTakenDown, Record, SessionBegan, SessionEnded


class ExplainedState(msgspec.Struct):
    """What is folded: milliseconds by product, without the card that is on air since `since_ms`."""

    times: dict[str, int] = msgspec.field(default_factory=dict)
    product_id: str = ""
    since_ms: int = 0


class Explained(Feature[ExplainedState]):
    """Adds up the times of cards; each session begins anew, with the card that is on air then."""

    name = "explained"
    state_type = ExplainedState
    entries = (CardPutUp, CardTakenDown, SessionBegan, SessionEnded)

    def __init__(self, state: ExplainedState | None = None) -> None:
        self.state = state or ExplainedState()

    @override
    def apply(self, record: Record) -> list[Delivery]:
        before = self.state.times
        match record.entry:
            case SessionBegan():
                self.state = ExplainedState({}, self.state.product_id, record.at_ms)
            case CardPutUp(product_id=product_id):
                self.state = ExplainedState(self._times(record.at_ms), product_id, record.at_ms)
            case _:
                self.state = ExplainedState(self._times(record.at_ms))
        if self.state.times == before:
            return []
        return [ToStaff(ProductsExplained(self.state.times), AssistantRight.PRODUCTS)]

    def _times(self, at_ms: int) -> dict[str, int]:
        """Return the times with that of the card on air until then."""
        product_id, times = self.state.product_id, self.state.times
        took_ms = max(0, at_ms - self.state.since_ms)
        return times | {product_id: times.get(product_id, 0) + took_ms} if product_id else times

    @override
    def show_staff(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        return {"explained": self.state.times if actor.may(AssistantRight.PRODUCTS) else {}}
