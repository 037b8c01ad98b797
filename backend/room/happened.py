"""What the show's own events are in the event log: the beginning and end of a session, the cards."""

from backend.insights.entries import CardPutUp, CardTakenDown, Entry, SessionBegan, SessionEnded
from backend.messages import CardHidden, CardShown, LiveChanged, LivePhase, ReliableEvent


def entries_of(event: ReliableEvent, *, is_new_session: bool) -> list[Entry]:
    """Return what an event of the show is in the log; nothing where it is logged elsewhere."""
    match event:
        case LiveChanged(live=live) if is_new_session:
            return [SessionBegan(live.session_id)]
        case LiveChanged(live=live) if live.phase is LivePhase.ENDED:
            return [SessionEnded(live.reason)]
        case CardShown(card=card):
            return [CardPutUp(card.product.product_id)]
        case CardHidden():
            return [CardTakenDown()]
    return []
