"""Draws: who takes part under these conditions may win; anybody can check who won."""

from typing import Annotated, Final

import msgspec

from backend.contract.bounds import MAX_INTEGER, Id, UpTo, cleaned_up_to
from backend.contract.campaign_commands import CampaignCommand
from backend.contract.eligibility import AccountMinutes, PerNetwork
from backend.contract.prizes import PrizeGoods

MOST_WINNERS: Final = 100
MOST_COINS: Final = 100_000
MAX_PRIZE: Final = 40
MAX_WORD: Final = 20
DURATION_S: Final = range(10, 24 * 3600 + 1)
WATCH_ENDS_BEFORE_S: Final = 120
REVEAL_S: Final = 5
"""How long the devices of who takes part have to reveal their numbers, once the list is fixed."""
PRESENCE_S: Final = 15
"""As `REVEAL_S`, where only who is there may win."""
LEFT_OUT_DAYS: Final = 30


class DrawTerms(msgspec.Struct, frozen=True, tag_field="kind", tag="draw"):
    """What staff choose of a draw; it is not changed once it is open. All conditions must be met.

    `backend/fairness` reads `winners` and `needs_presence` by these names.

    Attributes:
        prize: what is won, in the host's words.
        winners: how many win.
        prize_coins: that each winner gets; 0 for none.
        sku_id: of which each winner gets a unit, claimed with an address; empty for none. A prize of neither
            coins nor goods is handed over otherwise.
        word: what must be said in the chat while it is open; empty for nothing.
        bought_or_word: whether who bought in this live session need not say the word; whoever buys nothing
            says it, so a draw with this has a word.
        needs_follow: whether one must follow the host.
        watched_s: how long of this live session one must have watched; 0 for no matter how long, and at most
            `WATCH_ENDS_BEFORE_S` less than the draw is open.
        needs_presence: whether who wins must be there when it is drawn: who reveals no number cannot win.
        excludes_winners: whether who won in the last `LEFT_OUT_DAYS` is left out.
        account_minutes: how old one's account must be; None where guests may take part, too.
        per_network: how many people of one network address may take part; None for no limit.
        one_a_phone: whether one must have a phone in the address book that nobody entered with.
        duration_s: how long it is open; one of `DURATION_S`.
    """

    prize: Annotated[str, cleaned_up_to(MAX_PRIZE)]
    winners: Annotated[int, msgspec.Meta(ge=1, le=MOST_WINNERS)] = 1
    prize_coins: Annotated[int, msgspec.Meta(ge=0, le=MOST_COINS)] = 0
    sku_id: Id = ""
    word: Annotated[str, cleaned_up_to(MAX_WORD)] = ""
    bought_or_word: bool = False
    needs_follow: bool = False
    watched_s: Annotated[int, msgspec.Meta(ge=0, lt=DURATION_S.stop)] = 0
    needs_presence: bool = False
    excludes_winners: bool = True
    account_minutes: AccountMinutes = None
    per_network: PerNetwork = None
    one_a_phone: bool = False
    duration_s: Annotated[int, msgspec.Meta(ge=DURATION_S.start, lt=DURATION_S.stop)] = 300
    countdown_s: Annotated[int, msgspec.Meta(ge=0, le=0)] = 0


class DrawWinner(msgspec.Struct, frozen=True):
    """Who won.

    Attributes:
        number: of the entry, in the order of arrival; 1 for the first.
    """

    user_id: str
    number: Annotated[int, msgspec.Meta(ge=1, le=MAX_INTEGER)]


class DrawShown(msgspec.Struct, frozen=True, tag_field="kind", tag="draw"):
    """A draw as everybody sees it.

    Attributes:
        terms: what was chosen.
        terms_text: the same as the commitment took it.
        entries: how many take part; while it is open as of a second ago at most.
        commitment: to the secret, made before anybody could take part; hexadecimal.
        root: of the list of entries, made when it closed; empty before.
        proven: how many devices revealed their number.
        drawn_at_ms: until when they may; None while it is open.
        winners: the first rank first. Who did not claim in time is among them only where nobody came after.
        goods: of `terms.sku_id`; None where no goods are won.
    """

    terms: DrawTerms
    terms_text: str
    entries: int
    commitment: str = ""
    root: str = ""
    proven: int = 0
    drawn_at_ms: int | None = None
    winners: list[DrawWinner] = []
    goods: PrizeGoods | None = None


class EnterDraw(CampaignCommand, frozen=True, tag="enter_draw"):
    """Take part in a draw.

    Attributes:
        nonce_hash: of a number that the device drew (`backend/fairness`); hexadecimal.
    """

    nonce_hash: Annotated[str, UpTo(64)]


class RevealNonce(CampaignCommand, frozen=True, tag="reveal_nonce"):
    """Reveal the number that one entered with, once the list of entries is fixed; hexadecimal."""

    nonce: Annotated[str, UpTo(32)]


class DrawEntry(msgspec.Struct, frozen=True):
    """What `POST /api/v1/campaigns/{campaign_id}/enter` takes; see `EnterDraw`."""

    nonce_hash: Annotated[str, UpTo(64)]


class DrawNonce(msgspec.Struct, frozen=True):
    """What `POST /api/v1/campaigns/{campaign_id}/reveal` takes; see `RevealNonce`."""

    nonce: Annotated[str, UpTo(32)]


DrawCommand = EnterDraw | RevealNonce
