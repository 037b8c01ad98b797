import msgspec
import pytest

from backend.contract.cards import Card, CardHidden, CardShown
from backend.contract.live import Live, LiveChanged, LivePhase
from backend.contract.shop import Product
from backend.features.live.happened import entries_of
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

ON = Live(LivePhase.LIVE, "s1", 1, is_publishing=True)
OFF = Live(LivePhase.PREVIEW)


def but(live: Live, **changes: object) -> Live:
    return msgspec.structs.replace(live, **changes)


@pytest.mark.parametrize(
    ("before", "after", "entries"),
    [
        (OFF, ON, [SessionBegan("s1"), StreamBegan()]),
        (OFF, but(ON, is_publishing=False), [SessionBegan("s1")]),
        (but(ON, is_publishing=False), ON, [StreamBegan()]),
        (ON, but(ON, is_publishing=False), [StreamEnded()]),
        (ON, but(ON, phase=LivePhase.PAUSED), [LivePaused()]),
        (but(ON, phase=LivePhase.PAUSED), ON, [LiveResumed()]),
        (ON, but(ON, phase=LivePhase.ENDED, reason="host"), [SessionEnded("host")]),
        (
            but(ON, phase=LivePhase.ENDED),
            but(ON, phase=LivePhase.ENDED, is_publishing=False),
            [StreamEnded()],
        ),
        (but(ON, phase=LivePhase.ENDED), but(ON, session_id="s2"), [SessionBegan("s2")]),
        (ON, but(ON, reason="else"), []),
    ],
)
def test_what_changes_in_a_session_is_logged(before: Live, after: Live, entries: list[Entry]) -> None:
    assert entries_of(LiveChanged(after), before) == entries


def test_cards_are_logged() -> None:
    card = Card(Product("tea", 1, "茶", 100, None, 5, ""), 1)
    assert entries_of(CardShown(card), ON) == [CardPutUp("tea")]
    assert entries_of(CardHidden(), ON) == [CardTakenDown()]
