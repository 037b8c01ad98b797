"""The card of the product being explained."""

from collections.abc import Sequence
from typing import Any, ClassVar

import msgspec
from sqlalchemy import Connection
from typing_extensions import override

from backend.contract.base import AssistantRight, Message, RejectReason
from backend.contract.cards import Card, CardHidden, CardShown, HideCard, ShowCard
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delivery, Rejection, ToAll
from backend.features.feature import Feature
from backend.features.live.store import Remembered, RoomRow
from backend.features.products import Products
from backend.log.entries import CardPutUp, CardTakenDown, Entry, Record, SessionEnded


class CardsState(msgspec.Struct):
    """What is folded: which product's card is on air, empty for none, and since when."""

    product_id: str = ""
    shown_at_ms: int = 0


class Cards(Feature[CardsState]):
    """Shows and hides the card.

    Args:
        products: what can be shown.
        room_id: of the row that it writes; empty for none.
    """

    name = "cards"
    state_type = CardsState
    commands: ClassVar = {ShowCard: AssistantRight.PRODUCTS, HideCard: AssistantRight.PRODUCTS}
    entries = (CardPutUp, CardTakenDown)

    def __init__(self, products: Products, state: CardsState | None = None, room_id: str = "") -> None:
        self.state = state or CardsState()
        self._products = products
        self.companions = (_CardRow(room_id, self),) if room_id else ()

    @property
    def card(self) -> Card | None:
        """The card on air, with the product as it is now; None where there is none or the product is gone."""
        product = self._products.get(self.state.product_id)
        return Card(product, self.state.shown_at_ms) if product else None

    def recover(self, remembered: Remembered) -> None:
        """Take up what was saved before the log held all of it."""
        facts = remembered.facts
        self.state = CardsState(facts.card_product_id, facts.card_shown_at_ms)

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        match command:
            case ShowCard(product_id=product_id):
                if self._products.get(product_id) is None:
                    return Rejection(RejectReason.UNKNOWN_PRODUCT)
                return () if product_id == self.state.product_id else (CardPutUp(product_id),)
            case HideCard():
                return (CardTakenDown(),) if self.state.product_id else ()
        return super().decide(command, actor, now_ms)

    @override
    def due(self, now_ms: int) -> Sequence[Entry]:
        # Taken off the shelf, or out of the room's listing.
        return (CardTakenDown(),) if self.state.product_id and self.card is None else ()

    @override
    def apply(self, record: Record) -> list[Delivery]:
        match record.entry:
            case CardPutUp(product_id=product_id):
                self.state = CardsState(product_id, record.at_ms)
                return [ToAll(CardShown(self.card))] if self.card else []
            case _:
                return self._hide()

    def _hide(self) -> list[Delivery]:
        was_shown = bool(self.state.product_id)
        self.state = CardsState()
        return [ToAll(CardHidden())] if was_shown else []

    @override
    def end_session(self) -> list[Delivery]:
        return self._hide()

    @override
    def show(self) -> dict[str, Any]:
        return {"card": self.card}


class _CardRow:
    """Writes which card is on air beside the log; see `Companion`."""

    def __init__(self, room_id: str, cards: Cards) -> None:
        self._row = RoomRow(room_id)
        self._cards = cards

    def write(self, connection: Connection, records: Sequence[Record]) -> None:
        """See `Companion.write`."""
        if any(isinstance(record.entry, CardPutUp | CardTakenDown | SessionEnded) for record in records):
            state = self._cards.state
            self._row.write_card(connection, state.product_id, state.shown_at_ms)
