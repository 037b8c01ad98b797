"""Goods that people won: claimed with an address, and sent as an order of price zero."""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.bounds import UpTo

CLAIM_HOURS: Final = 48
"""How long who won has to say where it goes."""
CLAIM_ROUNDS: Final = 2
"""How often a unit is offered: to who won, then to the next rank; then it goes back to the stock."""
MOST_PRIZE_YUAN: Final = 50_000
"""The most that a prize is worth under the rules of China, in yuan (反不正当竞争法)."""


class PrizeState(StrEnum):
    """Where a prize is."""

    WAITING = "waiting"  # to be claimed
    CLAIMED = "claimed"  # it has an order
    PASSED_ON = "passed_on"  # not claimed in time: the next rank has it
    LAPSED = "lapsed"  # not claimed in time: it is back in the stock
    GIVEN_UP = "given_up"  # its order was cancelled: it is back in the stock


class PrizeGoods(msgspec.Struct, frozen=True):
    """The product of which a unit is won, as it was when the draw opened.

    Attributes:
        specs: name and value of each.
        image_url: empty where there is no picture.
        price_minor: what it costs in the shop, in the currency's minor unit.
    """

    sku_id: str
    spu_id: str
    title: str
    specs: list[list[str]]
    image_url: str
    price_minor: int
    currency: str


class MyPrize(msgspec.Struct, frozen=True):
    """A prize of goods that one won.

    Attributes:
        prize: what is won, in the host's words.
        claim_until_ms: who claims it later gets nothing.
        order_id: by which it is sent; empty before it is claimed.
    """

    campaign_id: str
    prize: str
    state: PrizeState
    claim_until_ms: int
    order_id: str
    goods: PrizeGoods


class MyPrizes(msgspec.Struct, frozen=True):
    """What `GET /api/v1/me/prizes` gives: those of the caller's that wait, the first to lapse first."""

    prizes: list[MyPrize]


class ClaimPrize(msgspec.Struct, frozen=True):
    """What `POST /api/v1/campaigns/{campaign_id}/prize` takes: an entry of the caller's address book."""

    address_id: Annotated[str, UpTo(32)]


class PrizeCounts(msgspec.Struct, frozen=True):
    """What became of a draw's units; once it is drawn, all but `passed_on` add up to how many there were.

    Attributes:
        waiting: not claimed yet.
        claimed: that have an order.
        returned: that went back to the stock: nobody won or claimed them, or their order was cancelled.
        passed_on: how often one was not claimed in time and went to the next rank.
    """

    waiting: int
    claimed: int
    returned: int
    passed_on: int
