"""Gifts: what can be given and for how many coins, who gave what, who gave most, and one's own wallet."""

import re
from enum import StrEnum
from typing import Final

import msgspec

from backend.contract.base import Author, Message
from backend.contract.bounds import Id
from backend.contract.chat import Text

COUNTS: Final = range(1, 999 + 1)
COMBO_MS: Final = 6_000
RANKED: Final = 20
KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,36}")


class GiftEffect(StrEnum):
    """How a gift is shown; all but a banner fill the screen."""

    BANNER = "banner"
    RISE = "rise"  # upwards over the picture
    CROSS = "cross"  # from one side to the other
    BURST = "burst"  # opens in the middle


class Gift(msgspec.Struct, frozen=True):
    """A gift as the catalogue lists it.

    Attributes:
        name_zh, name_en: what people call it.
        coins: what one costs; the server's word counts, whatever a viewer sends.
        image_url: path of its drawing on the backend.
    """

    gift_id: str
    name_zh: str
    name_en: str
    coins: int
    effect: GiftEffect
    image_url: str


class GiftCatalog(msgspec.Struct, frozen=True):
    """What `GET /api/gifts` gives, the cheapest first."""

    gifts: list[Gift]


class SentGift(msgspec.Struct, frozen=True):
    """Gifts of one kind that a viewer sent at once.

    Attributes:
        sent_id: grows with each send of the room, over all its sessions.
        count: how many, 1 to 999.
        coins: what they cost together.
        combo_id: the `sent_id` with which the combo began: the same viewer and gift, each within 6 s of the
            last one.
        combo: how many gifts the combo has so far, these among them.
    """

    sent_id: int
    author: Author
    gift_id: str
    count: int
    coins: int
    combo_id: int
    combo: int
    sent_at_ms: int


class Contributor(msgspec.Struct, frozen=True):
    """What a viewer gave in this session, in coins."""

    author: Author
    coins: int


class Ranking(msgspec.Struct, frozen=True):
    """Who gave most in this session.

    Attributes:
        contributors: at most 20, the most generous first; of equals the one who was there first.
        coins: what all gave together.
        gifts: how many gifts that were.
    """

    contributors: list[Contributor] = msgspec.field(default_factory=list)
    coins: int = 0
    gifts: int = 0


class SendGift(Message, frozen=True, tag="send_gift"):
    """Send gifts, and pay for them.

    The same `key` again is accepted and changes nothing, so who got no answer asks again.

    Attributes:
        session_id: the live session they are for; in another one they are refused.
        key: 8 to 36 letters, digits, `-` and `_` of the sender's own making, a new one for each send.
        count: 1 to 999.
        text: words that go with it as a danmu which nobody misses; empty for none. What is refused of a danmu
            is refused of them, and then nothing is paid.
    """

    session_id: Id
    key: Id
    gift_id: Id
    count: int = 1
    text: Text = ""


class ClaimDemoCoins(Message, frozen=True, tag="claim_demo_coins"):
    """Get coins for nothing, once a live session, where the backend runs as a demo."""


GiftCommand = SendGift | ClaimDemoCoins


class GiftsSent(Message, frozen=True, tag="gifts_sent"):
    """Gifts of one or several viewers; of those that make one combo only the last stands here."""

    gifts: list[SentGift]


class RankingChanged(Message, frozen=True, tag="ranking_changed"):
    """Who gave most, at most once a second."""

    ranking: Ranking


class WalletChanged(Message, frozen=True, tag="wallet_changed"):
    """Your coins: sent after each snapshot or resumption, and whenever they change, in whichever room.

    Attributes:
        coins: what you have.
        given: what you gave in this session.
        demo_coins: how many `ClaimDemoCoins` grants, once a session; 0 where this is no demo.
        has_claimed: whether you got them in this session. A new session begins with `given` 0 and this False.
    """

    coins: int
    given: int
    demo_coins: int
    has_claimed: bool
