"""How far viewers are behind the host: what is said now is heard that much later."""

from typing import Annotated, Final

import msgspec

from backend.contract.base import Message

MOST_MS: Final = 60_000


class ReportPlayout(Message, frozen=True, tag="report_playout"):
    """A viewer's player says how far it is behind, about once a minute.

    Attributes:
        delay_ms: from the host's camera to the viewer's screen, as the player measures or reckons it.
    """

    delay_ms: Annotated[int, msgspec.Meta(ge=0, le=MOST_MS)]


class PlayoutChanged(Message, frozen=True, tag="playout_changed"):
    """To staff who run campaigns, when it changes: how far the viewers are behind.

    Attributes:
        median_ms: of those who reported lately.
    """

    median_ms: int
