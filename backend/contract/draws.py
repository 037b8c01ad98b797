"""Draws: who takes part under these conditions may win; anybody can check who won."""

from typing import Annotated, Final

import msgspec

from backend.contract.bounds import MAX_INTEGER, UpTo

MOST_WINNERS: Final = 100
MAX_PRIZE: Final = 40
MAX_WORD: Final = 20
DURATION_S: Final = range(10, 24 * 3600 + 1)
WATCH_ENDS_BEFORE_S: Final = 120


class DrawTerms(msgspec.Struct, frozen=True, tag_field="kind", tag="draw"):
    """What staff choose of a draw; it is not changed once it is open. All conditions must be met.

    Attributes:
        prize: what is won, in the host's words.
        winners: how many win.
        prize_coins: that each winner gets; 0 for a prize that is handed over otherwise.
        word: what must be said in the chat; empty for nothing.
        needs_follow: whether one must follow the host.
        watched_s: how long of this live session one must have watched; 0 for no matter how long, and at most
            `WATCH_ENDS_BEFORE_S` less than the draw is open.
        needs_presence: whether who wins must be there when it is drawn.
        excludes_winners: whether who won in the last 30 days is left out.
        duration_s: how long it is open; one of `DURATION_S`.
    """

    prize: Annotated[str, UpTo(2 * MAX_PRIZE)]
    winners: Annotated[int, msgspec.Meta(ge=1, le=MOST_WINNERS)] = 1
    prize_coins: Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)] = 0
    word: Annotated[str, UpTo(2 * MAX_WORD)] = ""
    needs_follow: bool = False
    watched_s: Annotated[int, msgspec.Meta(ge=0, lt=DURATION_S.stop)] = 0
    needs_presence: bool = False
    excludes_winners: bool = True
    duration_s: Annotated[int, msgspec.Meta(ge=DURATION_S.start, lt=DURATION_S.stop)] = 300
    countdown_s: Annotated[int, msgspec.Meta(ge=0, le=0)] = 0


class DrawShown(msgspec.Struct, frozen=True, tag_field="kind", tag="draw"):
    """A draw as everybody sees it.

    Attributes:
        terms: what was chosen.
        entries: how many take part.
        commitment: of the seed, made before anybody could take part; hexadecimal.
        root: of the list of entries, made when it closed; empty before.
        winners: user ids, the first first.
    """

    terms: DrawTerms
    entries: int
    commitment: str = ""
    root: str = ""
    winners: list[str] = []
