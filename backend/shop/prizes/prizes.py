"""Prizes of goods: units carved out of the stock for who wins, claimed in time or passed on.

A unit stands in the stock's `reserved` without an order until it is claimed, as an auction's does. The
functions run inside the caller's transaction.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select, update

from backend.contract.prizes import CLAIM_HOURS, PrizeState
from backend.shop.stock.movements import StockMove
from backend.storage.bulk import insert_rows
from backend.storage.database import StorageError, read_rows
from backend.storage.draw_tables import DRAW_PRIZES

CLAIM_MS: Final = CLAIM_HOURS * 3_600_000
_PRIZE: Final = DRAW_PRIZES.c


class Prize(msgspec.Struct, frozen=True):
    """What somebody won; see `backend.storage.draw_tables`."""

    campaign_id: str
    user_id: str
    round: int
    state: PrizeState
    claim_until_ms: int
    order_id: str | None = None


def carve_prizes(sku_id: str, units: int) -> StockMove:
    """Return the movement of free stock that is set aside to be won."""
    return StockMove(sku_id, "prize_carve", reserved=units)


def uncarve_prizes(sku_id: str, units: int) -> StockMove:
    """Return the movement of units that nobody has and that become free stock."""
    return StockMove(sku_id, "prize_return", reserved=-units)


def hand_over_prize(sku_id: str) -> StockMove:
    """Return the movement of a unit that an order takes; it reserves one for itself."""
    return StockMove(sku_id, "prize_order", reserved=-1)


def add_prizes(
    connection: Connection, campaign_id: str, user_ids: Sequence[str], *, in_round: int, now_ms: int
) -> None:
    """Write who won, and until when they can claim it."""
    prizes = [
        Prize(campaign_id, user_id, in_round, PrizeState.WAITING, now_ms + CLAIM_MS) for user_id in user_ids
    ]
    insert_rows(connection, DRAW_PRIZES, [msgspec.to_builtins(prize) for prize in prizes])


def find_prize(connection: Connection, campaign_id: str, user_id: str) -> Prize | None:
    """Return what somebody won of a draw; None for nothing."""
    is_this = _PRIZE.campaign_id == campaign_id, _PRIZE.user_id == user_id
    rows = read_rows(connection, select(DRAW_PRIZES).where(*is_this))
    return msgspec.convert(rows[0], Prize) if rows else None


def prizes_of(
    connection: Connection, user_id: str, states: Collection[PrizeState] = tuple(PrizeState)
) -> list[Prize]:
    """Return what somebody won that is in one of these states, the first to lapse first."""
    is_theirs = _PRIZE.user_id == user_id, _PRIZE.state.in_(sorted(states))
    query = select(DRAW_PRIZES).where(*is_theirs).order_by(_PRIZE.claim_until_ms, _PRIZE.campaign_id)
    return msgspec.convert(read_rows(connection, query), list[Prize])


def unclaimed_prizes(connection: Connection, campaign_id: str, before_ms: int) -> list[Prize]:
    """Return what of a draw nobody claimed before a time that is over."""
    is_late = _PRIZE.campaign_id == campaign_id, *_is_unclaimed(before_ms)
    return msgspec.convert(read_rows(connection, select(DRAW_PRIZES).where(*is_late)), list[Prize])


def draws_with_unclaimed(connection: Connection, before_ms: int) -> list[str]:
    """Return the draws in which something was not claimed before a time that is over."""
    query = select(_PRIZE.campaign_id).where(*_is_unclaimed(before_ms)).distinct()
    return [str(campaign_id) for campaign_id in connection.scalars(query.order_by(_PRIZE.campaign_id))]


def change_prize(
    connection: Connection, prize: Prize, state: PrizeState, order_id: str | None = None
) -> Prize:
    """Bring a prize from the state that it was read in to another, and return it.

    Raises:
        StorageError: it is in another state by now.
    """
    is_this = _PRIZE.campaign_id == prize.campaign_id, _PRIZE.user_id == prize.user_id
    after = msgspec.structs.replace(prize, state=state, order_id=order_id)
    changed = update(DRAW_PRIZES).where(*is_this, _PRIZE.state == prize.state)
    if connection.execute(changed.values(state=state, order_id=order_id)).rowcount != 1:
        raise StorageError(f"A prize of the draw {prize.campaign_id} is not {prize.state} any more.")
    return after


def give_up_prize(connection: Connection, order_id: str) -> None:
    """Note that an order of a prize was cancelled; its unit went back with the order's."""
    is_this = _PRIZE.order_id == order_id, _PRIZE.state == PrizeState.CLAIMED
    connection.execute(update(DRAW_PRIZES).where(*is_this).values(state=PrizeState.GIVEN_UP))


def let_prizes_lapse(connection: Connection, user_id: str, now_ms: int) -> None:
    """Let somebody claim nothing any more: the next rank need not wait for who is erased."""
    is_open = _PRIZE.user_id == user_id, _PRIZE.state == PrizeState.WAITING, _PRIZE.claim_until_ms > now_ms
    connection.execute(update(DRAW_PRIZES).where(*is_open).values(claim_until_ms=now_ms))


def count_prizes(connection: Connection, campaign_id: str) -> Counter[PrizeState]:
    """Return how many prizes of a draw are in each state."""
    query = select(_PRIZE.state, func.count()).where(_PRIZE.campaign_id == campaign_id)
    rows = connection.execute(query.group_by(_PRIZE.state))
    return Counter({PrizeState(state): int(number) for state, number in rows})


def _is_unclaimed(before_ms: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (_PRIZE.state == PrizeState.WAITING, _PRIZE.claim_until_ms <= before_ms)
