"""What a room is now, and what a command makes of it: no I/O, so a test needs no server."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

import msgspec

from backend.contract.base import AssistantRight, RejectReason, Role
from backend.contract.cards import Card, CardHidden, CardShown, HideCard, ShowCard
from backend.contract.live import EndLive, GoLive, Live, LiveChanged, LivePhase, PauseLive, ResumeLive
from backend.contract.protocol import LiveCommand, ReliableEvent
from backend.contract.shop import Product
from backend.contract.stream import StreamCondition
from backend.features.actor import Actor

PUBLISHER_LOST_TIMEOUT_MS: Final = 10 * 60 * 1000
ON_AIR: Final = frozenset({LivePhase.LIVE, LivePhase.PAUSED})


class Products(Protocol):
    """Where a room looks its products up."""

    def get(self, product_id: str) -> Product | None:
        """Return the product as it is now, or None."""


class Facts(msgspec.Struct, frozen=True):
    """All that a room must not forget; a value, replaced whole and kept on disk.

    Attributes:
        live: the live session.
        card_product_id: which product's card is on air; empty for none.
        card_shown_at_ms: since when.
        unpublished_since_ms: since when a session on air has had no publisher; None while it has one, or
            nothing is on air.
    """

    live: Live = Live(phase=LivePhase.PREVIEW)
    card_product_id: str = ""
    card_shown_at_ms: int = 0
    unpublished_since_ms: int | None = None


class Outcome(msgspec.Struct, frozen=True):
    """What something makes of the room: new facts and their events, or a rejection that changes nothing."""

    facts: Facts
    events: tuple[ReliableEvent, ...] = ()
    rejection: RejectReason | None = None


def restored(facts: Facts, last_alive_ms: int) -> Facts:
    """Take a room up again after the backend was away; its publisher was last seen at `last_alive_ms`."""
    live = msgspec.structs.replace(facts.live, is_publishing=False, conditions=[])
    since_ms = facts.unpublished_since_ms
    if live.phase in ON_AIR and since_ms is None:
        since_ms = last_alive_ms
    return msgspec.structs.replace(facts, live=live, unpublished_since_ms=since_ms)


class RoomState:
    """The rules of one room. Methods return what would be; `adopt` makes it so, once it is safely kept."""

    def __init__(
        self, products: Products, *, new_session_id: Callable[[], str], facts: Facts | None = None
    ) -> None:
        self._products = products
        self._new_session_id = new_session_id
        self.facts = facts or Facts()

    @property
    def card(self) -> Card | None:
        """The card on air, with the product as it is now; None where there is none or the product is gone."""
        product = self._products.get(self.facts.card_product_id)
        return Card(product, self.facts.card_shown_at_ms) if product else None

    def adopt(self, outcome: Outcome) -> None:
        """Make an outcome the room's state."""
        self.facts = outcome.facts

    def handle(self, command: LiveCommand, actor: Actor, now_ms: int) -> Outcome:
        """Return what the command makes of the room.

        Saying again what already holds is accepted and causes no event.
        """
        is_card = isinstance(command, ShowCard | HideCard)
        if actor.role is Role.HOST or (is_card and actor.may(AssistantRight.PRODUCTS)):
            return self._obey(command, now_ms)
        return self._refuse(RejectReason.FORBIDDEN)

    def _obey(self, command: LiveCommand, now_ms: int) -> Outcome:
        match command:
            case ShowCard(product_id=product_id):
                return self._show_card(product_id, now_ms)
            case HideCard():
                return self._hide_card()
            case GoLive():
                return self._go_live(now_ms)
            case PauseLive():
                return self._pause()
            case ResumeLive():
                return self._resume()
            case EndLive():
                return self._end_by_host()

    def publisher_changed(self, *, is_publishing: bool, now_ms: int) -> Outcome:
        """Return what it makes of the room that the relay gets a stream now, or none any more.

        A stream that comes while nothing is on air begins a session by itself, so that any WHIP sender can
        go live; one that goes leaves the session as it is, and viewers see the slate.
        """
        live = self.facts.live
        if live.is_publishing == is_publishing:
            return Outcome(self.facts)
        if is_publishing and live.phase not in ON_AIR:
            return self._begin("publisher", is_publishing=True, now_ms=now_ms)
        live = msgspec.structs.replace(live, is_publishing=is_publishing, reason="publisher", conditions=[])
        is_waiting = live.phase in ON_AIR and not is_publishing
        return self._with_live(live, unpublished_since_ms=now_ms if is_waiting else None)

    def stream_noticed(self, conditions: Sequence[StreamCondition]) -> Outcome:
        """Return what it makes of the room that something else is noticed of its stream."""
        live = self.facts.live
        if not live.is_publishing or live.conditions == list(conditions):
            return Outcome(self.facts)
        live = msgspec.structs.replace(live, conditions=list(conditions))
        return self._with_live(live, unpublished_since_ms=self.facts.unpublished_since_ms)

    def again(self, _now_ms: int) -> Outcome:
        """Return how the live session stands, as news: somebody may know it otherwise."""
        is_on_air = self.facts.live.phase in ON_AIR
        return Outcome(self.facts, (LiveChanged(self.facts.live),) if is_on_air else ())

    def tick(self, now_ms: int) -> Outcome:
        """Return what time makes of the room: a session ends after 10 min without a publisher."""
        since_ms = self.facts.unpublished_since_ms
        if since_ms is None or now_ms - since_ms < PUBLISHER_LOST_TIMEOUT_MS:
            return Outcome(self.facts)
        return self._end("publisher_lost_timeout")

    def _refuse(self, reason: RejectReason) -> Outcome:
        return Outcome(self.facts, rejection=reason)

    def _show_card(self, product_id: str, now_ms: int) -> Outcome:
        product = self._products.get(product_id)
        if product is None:
            return self._refuse(RejectReason.UNKNOWN_PRODUCT)
        if product_id == self.facts.card_product_id:
            return Outcome(self.facts)
        facts = msgspec.structs.replace(self.facts, card_product_id=product_id, card_shown_at_ms=now_ms)
        return Outcome(facts, (CardShown(Card(product, now_ms)),))

    def _hide_card(self) -> Outcome:
        if not self.facts.card_product_id:
            return Outcome(self.facts)
        facts = msgspec.structs.replace(self.facts, card_product_id="", card_shown_at_ms=0)
        return Outcome(facts, (CardHidden(),))

    def _go_live(self, now_ms: int) -> Outcome:
        match self.facts.live.phase:
            case LivePhase.LIVE:
                return Outcome(self.facts)
            case LivePhase.PAUSED:
                return self._resume()
            case LivePhase.PREVIEW | LivePhase.ENDED:
                return self._begin("host", is_publishing=self.facts.live.is_publishing, now_ms=now_ms)

    def _begin(self, reason: str, *, is_publishing: bool, now_ms: int) -> Outcome:
        conditions = self.facts.live.conditions
        live = Live(LivePhase.LIVE, self._new_session_id(), now_ms, is_publishing, reason, conditions)
        return self._with_live(live, unpublished_since_ms=None if is_publishing else now_ms)

    def _pause(self) -> Outcome:
        return self._move(LivePhase.LIVE, LivePhase.PAUSED)

    def _resume(self) -> Outcome:
        return self._move(LivePhase.PAUSED, LivePhase.LIVE)

    def _move(self, source: LivePhase, target: LivePhase) -> Outcome:
        live = self.facts.live
        if live.phase is target:
            return Outcome(self.facts)
        if live.phase is not source:
            return self._refuse(RejectReason.NOT_LIVE)
        live = msgspec.structs.replace(live, phase=target, reason="host")
        return self._with_live(live, unpublished_since_ms=self.facts.unpublished_since_ms)

    def _end_by_host(self) -> Outcome:
        if self.facts.live.phase is LivePhase.PREVIEW:
            return self._refuse(RejectReason.NOT_LIVE)
        if self.facts.live.phase is LivePhase.ENDED:
            return Outcome(self.facts)
        return self._end("host")

    def _end(self, reason: str) -> Outcome:
        hidden = self._hide_card()
        live = msgspec.structs.replace(self.facts.live, phase=LivePhase.ENDED, reason=reason)
        facts = msgspec.structs.replace(hidden.facts, live=live, unpublished_since_ms=None)
        return Outcome(facts, (*hidden.events, LiveChanged(live)))

    def _with_live(self, live: Live, *, unpublished_since_ms: int | None) -> Outcome:
        facts = msgspec.structs.replace(self.facts, live=live, unpublished_since_ms=unpublished_since_ms)
        return Outcome(facts, (LiveChanged(live),))
