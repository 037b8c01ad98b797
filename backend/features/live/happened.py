"""What the show's own events are in the event log: sessions, pauses, streams, cards."""

from backend.contract.cards import CardHidden, CardShown
from backend.contract.live import Live, LiveChanged, LivePhase
from backend.contract.protocol import ReliableEvent
from backend.log.entries import (
    CardPutUp,
    CardTakenDown,
    Entry,
    LivePaused,
    LiveResumed,
    SessionBegan,
    SessionEnded,
    StreamBegan,
    StreamEnded,
)


def entries_of(event: ReliableEvent, before: Live) -> list[Entry]:
    """Return what an event of the show is in the log; nothing where it is logged elsewhere.

    Args:
        event: what was told of.
        before: the live session as it was before the event.
    """
    match event:
        case LiveChanged(live=live):
            return [*_of_session(before, live), *_of_stream(before, live)]
        case CardShown(card=card):
            return [CardPutUp(card.product.product_id)]
        case CardHidden():
            return [CardTakenDown()]
    return []


def _of_session(before: Live, live: Live) -> list[Entry]:
    if live.session_id != before.session_id:
        return [SessionBegan(live.session_id)]
    match before.phase, live.phase:
        case LivePhase.LIVE, LivePhase.PAUSED:
            return [LivePaused()]
        case LivePhase.PAUSED, LivePhase.LIVE:
            return [LiveResumed()]
        case earlier, LivePhase.ENDED if earlier is not LivePhase.ENDED:
            return [SessionEnded(live.reason)]
    return []


def _of_stream(before: Live, live: Live) -> list[Entry]:
    if live.is_publishing == before.is_publishing:
        return []
    return [StreamBegan() if live.is_publishing else StreamEnded()]
