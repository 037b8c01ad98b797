"""Spin wheels: prizes and blanks in an order that is fixed beforehand; each spin takes the next."""

from typing import Annotated, Final

import msgspec

from backend.contract.bounds import MAX_INTEGER, OnceKey, UpTo, cleaned_up_to
from backend.contract.campaign_commands import CampaignCommand
from backend.contract.eligibility import AccountMinutes, PerNetwork

MOST_SLOTS: Final = 10_000
MOST_PRIZES: Final = 8
MOST_HANDED_OVER: Final = 100
"""How many prizes of one wheel staff hand over: all who won one are shown."""
MOST_COINS: Final = 10_000_000
MAX_PRIZE: Final = 20
MOST_SPINS: Final = 10
COUNTDOWN_S: Final = range(3, 300 + 1)
DURATION_S: Final = range(30, 3600 + 1)


class WheelPrize(msgspec.Struct, frozen=True):
    """A prize of a wheel. One that gives neither coins nor a coupon is handed over by staff.

    Attributes:
        name: in the host's words.
        stock: how many slots win it.
        coins: that it gives; 0 for none.
        coupon_id: of which it gives one; empty for none.
    """

    name: Annotated[str, cleaned_up_to(MAX_PRIZE)]
    stock: Annotated[int, msgspec.Meta(ge=1, le=MOST_SLOTS)]
    coins: Annotated[int, msgspec.Meta(ge=0, le=MOST_COINS)] = 0
    coupon_id: Annotated[str, UpTo(32)] = ""

    @property
    def is_handed_over(self) -> bool:
        """Whether staff give it to who won it."""
        return not self.coins and not self.coupon_id


class WheelTerms(msgspec.Struct, frozen=True, tag_field="kind", tag="wheel"):
    """What staff choose of a wheel; it has `MOST_SLOTS` slots at most.

    Attributes:
        prizes: of which at most `MOST_HANDED_OVER` together are handed over by staff.
        blanks: slots that win nothing.
        spins_each: how often each person may spin.
        needs_follow: whether one must follow the host.
        account_minutes: how old one's account must be; None where guests may spin, too.
        per_network: how many people of one network address may spin; None for no limit.
        one_a_phone: whether one must have a phone in the address book that nobody spun with.
        countdown_s: from the announcement to the start; one of `COUNTDOWN_S`.
        duration_s: after which the rest goes back; one of `DURATION_S`.
    """

    prizes: Annotated[
        list[WheelPrize], UpTo(0, items=MOST_PRIZES), msgspec.Meta(min_length=1, max_length=MOST_PRIZES)
    ]
    blanks: Annotated[int, msgspec.Meta(ge=0, lt=MOST_SLOTS)] = 0
    spins_each: Annotated[int, msgspec.Meta(ge=1, le=MOST_SPINS)] = 1
    needs_follow: bool = False
    account_minutes: AccountMinutes = None
    per_network: PerNetwork = None
    one_a_phone: bool = False
    countdown_s: Annotated[int, msgspec.Meta(ge=COUNTDOWN_S.start, lt=COUNTDOWN_S.stop)] = 10
    duration_s: Annotated[int, msgspec.Meta(ge=DURATION_S.start, lt=DURATION_S.stop)] = 600

    @property
    def slots(self) -> int:
        """How many spins there are."""
        return self.blanks + sum(prize.stock for prize in self.prizes)


class WheelWinner(msgspec.Struct, frozen=True):
    """Who won a prize that staff hand over.

    Attributes:
        prize: which of the prizes, 0 for the first.
        place: which spin it was, 0 for the first.
    """

    user_id: str
    prize: Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)]
    place: Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)]


class WheelShown(msgspec.Struct, frozen=True, tag_field="kind", tag="wheel"):
    """A wheel as everybody sees it.

    Attributes:
        left: spins that nobody made yet.
        prizes_left: of each prize, how many nobody won yet.
        commitment: to the secret that the order of the slots follows from, made before anybody could spin;
            hexadecimal.
        secret: revealed at the end; empty before. Whoever has it can compute each slot.
        winners: of the prizes that staff hand over, the first first.
    """

    prizes: list[WheelPrize]
    blanks: int
    spins_each: int
    left: int
    prizes_left: list[int]
    needs_follow: bool = False
    account_minutes: int | None = None
    per_network: int | None = None
    one_a_phone: bool = False
    commitment: str = ""
    secret: str = ""
    winners: list[WheelWinner] = []


class WheelSpin(msgspec.Struct, frozen=True):
    """What came of a spin.

    Attributes:
        key: as who spun named it.
        place: which spin of the wheel it was, 0 for the first: the slot that it took.
        prize: which of the prizes was won, 0 for the first; None for a blank.
    """

    key: str
    place: int
    prize: int | None


class SpinWheel(CampaignCommand, frozen=True, tag="spin_wheel"):
    """Spin a wheel; the same key spins once, so that a lost answer can be asked for again."""

    key: OnceKey


class SpinKey(msgspec.Struct, frozen=True):
    """What `POST /api/v1/campaigns/{campaign_id}/spin` takes; see `SpinWheel`."""

    key: OnceKey
