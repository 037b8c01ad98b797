"""Wheels as they are kept: the wheel, its prizes, and who spun what.

The functions run inside the caller's transaction.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from backend.contract.campaigns import CampaignTerms
from backend.contract.wheels import WheelSpin, WheelTerms, WheelWinner
from backend.fairness.deck import BLANK
from backend.storage.bulk import insert_rows
from backend.storage.database import StorageError, read_rows
from backend.storage.wheel_tables import WHEEL_PRIZES, WHEEL_SPINS, WHEELS

_BLANK_LETTER: Final = "-"
_SPIN: Final = WHEEL_SPINS.c


def wheel_terms(terms: CampaignTerms) -> WheelTerms:
    """Return terms as those of a wheel.

    Raises:
        TypeError: they are of another kind.
    """
    if not isinstance(terms, WheelTerms):
        raise TypeError(f"expected the terms of a wheel, got {type(terms).__name__}")
    return terms


class Wheel(msgspec.Struct, frozen=True):
    """How many slots a wheel has, and what was won of it.

    Attributes:
        secret: what the order of the slots follows from, hexadecimal.
        coins: of all its prizes.
        spun: slots that were taken.
        won_coins: that people got.
    """

    campaign_id: str
    secret: str
    slots: int
    coins: int
    spun: int = 0
    won_coins: int = 0

    @property
    def left(self) -> int:
        """Slots that nobody took."""
        return self.slots - self.spun


class HeldPrize(msgspec.Struct, frozen=True):
    """A prize of a wheel, and how much of it was won."""

    prize: int
    stock: int
    coins: int
    coupon_id: str | None
    won: int = 0

    @property
    def left(self) -> int:
        """How many nobody won."""
        return self.stock - self.won


class Spun(msgspec.Struct, frozen=True):
    """A spin that counts.

    Attributes:
        place: the slot that it took.
        turn: which of their own spins it is for a person, 0 for the first.
        prize: None for a blank.
    """

    place: int
    user_id: str
    turn: int
    key: str
    prize: int | None
    at_ms: int


def add_wheel(connection: Connection, wheel: Wheel, deck: Sequence[int], prizes: Sequence[HeldPrize]) -> None:
    """Write a new wheel with its slots, the first to be taken first."""
    letters = "".join(_BLANK_LETTER if slot == BLANK else str(slot) for slot in deck)
    connection.execute(insert(WHEELS).values(**msgspec.structs.asdict(wheel), deck=letters))
    rows = [{"campaign_id": wheel.campaign_id, **msgspec.structs.asdict(prize)} for prize in prizes]
    insert_rows(connection, WHEEL_PRIZES, rows)


def read_wheel(connection: Connection, campaign_id: str) -> Wheel:
    """Return a wheel.

    Raises:
        StorageError: there is none.
    """
    columns = [WHEELS.c[name] for name in Wheel.__struct_fields__]
    rows = read_rows(connection, select(*columns).where(WHEELS.c.campaign_id == campaign_id))
    if not rows:
        raise StorageError(f"The wheel of the campaign {campaign_id} is missing.")
    return msgspec.convert(rows[0], Wheel)


def read_prizes(connection: Connection, campaign_id: str) -> list[HeldPrize]:
    """Return the prizes of a wheel, in their order."""
    columns = [WHEEL_PRIZES.c[name] for name in HeldPrize.__struct_fields__]
    query = select(*columns).where(WHEEL_PRIZES.c.campaign_id == campaign_id).order_by(WHEEL_PRIZES.c.prize)
    return msgspec.convert(read_rows(connection, query), list[HeldPrize])


def next_slots(connection: Connection, wheel: Wheel, most: int) -> list[int | None]:
    """Return the slots that are taken next, at most so many: a prize, or None for a blank."""
    letters = connection.scalar(
        select(func.substr(WHEELS.c.deck, wheel.spun + 1, most)).where(
            WHEELS.c.campaign_id == wheel.campaign_id
        )
    )
    return [None if letter == _BLANK_LETTER else int(letter) for letter in str(letters or "")]


def add_spins(connection: Connection, wheel: Wheel, spins: Sequence[Spun], won_coins: int) -> Wheel:
    """Write who took which of the next slots; return the wheel as it is then.

    Raises:
        StorageError: somebody else took slots since the wheel was read.
    """
    after = msgspec.structs.replace(
        wheel, spun=wheel.spun + len(spins), won_coins=wheel.won_coins + won_coins
    )
    is_as_read = WHEELS.c.campaign_id == wheel.campaign_id, WHEELS.c.spun == wheel.spun
    values = {"spun": after.spun, "won_coins": after.won_coins}
    if connection.execute(update(WHEELS).where(*is_as_read).values(values)).rowcount != 1:
        raise StorageError(f"Slots of the wheel {wheel.campaign_id} were taken twice.")
    for prize, count in sorted(Counter(spin.prize for spin in spins if spin.prize is not None).items()):
        is_it = WHEEL_PRIZES.c.campaign_id == wheel.campaign_id, WHEEL_PRIZES.c.prize == prize
        connection.execute(update(WHEEL_PRIZES).where(*is_it).values(won=WHEEL_PRIZES.c.won + count))
    rows = [{"campaign_id": wheel.campaign_id, **msgspec.structs.asdict(spin)} for spin in spins]
    insert_rows(connection, WHEEL_SPINS, rows)
    return after


def keys_of(connection: Connection, campaign_id: str, user_ids: Collection[str]) -> Mapping[str, set[str]]:
    """Return the keys of the spins that each of these people made; who made none is left out."""
    is_theirs = _SPIN.campaign_id == campaign_id, _SPIN.user_id.in_(sorted(user_ids))
    found: dict[str, set[str]] = {}
    for user_id, key in connection.execute(select(_SPIN.user_id, _SPIN.key).where(*is_theirs)):
        found.setdefault(str(user_id), set()).add(str(key))
    return found


def spins_of(connection: Connection, campaign_id: str, user_id: str) -> list[WheelSpin]:
    """Return the spins that somebody made, the first first."""
    is_theirs = _SPIN.campaign_id == campaign_id, _SPIN.user_id == user_id
    query = select(_SPIN.key, _SPIN.place, _SPIN.prize).where(*is_theirs).order_by(_SPIN.place)
    return msgspec.convert(read_rows(connection, query), list[WheelSpin])


def winners_of(connection: Connection, campaign_id: str, prizes: Collection[int]) -> list[WheelWinner]:
    """Return who won one of these prizes, the first first."""
    is_theirs = _SPIN.campaign_id == campaign_id, _SPIN.prize.in_(sorted(prizes))
    query = select(_SPIN.user_id, _SPIN.prize, _SPIN.place).where(*is_theirs).order_by(_SPIN.place)
    return msgspec.convert(read_rows(connection, query), list[WheelWinner])


def spin_times(connection: Connection, campaign_id: str) -> list[tuple[str, int]]:
    """Return who spun, and when the server received it."""
    query = select(_SPIN.user_id, _SPIN.at_ms).where(_SPIN.campaign_id == campaign_id)
    return [(str(user_id), int(at_ms)) for user_id, at_ms in connection.execute(query)]
