"""Passes prizes on that nobody claimed in time: to the next rank, and then back to the stock.

Who lets the last round lie stays a winner: only who comes after somebody takes their place, so that the
ranking explains each winner at any time. The functions run inside the caller's transaction.
"""

from collections.abc import Mapping

from sqlalchemy import Connection

from backend.contract.campaigns import CampaignKind
from backend.contract.prizes import CLAIM_ROUNDS, PrizeState
from backend.shop.campaigns.closing import DRAINED_AFTER_MS
from backend.shop.campaigns.draw.drawing import who_can_win
from backend.shop.campaigns.draw.entries import Entered, read_draw, read_entries, read_erased, write_winners
from backend.shop.campaigns.draw.goods import give_units_back
from backend.shop.campaigns.kind import Kind
from backend.shop.campaigns.rows import CampaignRow, Change, change_campaign, find_campaign
from backend.shop.campaigns.telling import tell_rooms
from backend.shop.orders.known import read_sessions
from backend.shop.prizes.prizes import (
    Prize,
    add_prizes,
    change_prize,
    draws_with_unclaimed,
    unclaimed_prizes,
)
from backend.storage.database import StorageError


def draws_to_pass_on(connection: Connection, now_ms: int) -> list[str]:
    """Return the draws in which something was not claimed; what came in time is decided by now."""
    return draws_with_unclaimed(connection, now_ms - DRAINED_AFTER_MS)


def pass_on(connection: Connection, kind: Kind, campaign_id: str, now_ms: int) -> None:
    """Give what nobody claimed in time to the next ranks, once, and then back to the stock."""
    row = find_campaign(connection, campaign_id)
    unclaimed = unclaimed_prizes(connection, campaign_id, now_ms - DRAINED_AFTER_MS)
    if row is None or not unclaimed:
        return
    can_win = who_can_win(row, read_draw(connection, campaign_id), read_entries(connection, campaign_id))
    heirs = _heirs(can_win, read_erased(connection, campaign_id))
    passed = _in_turn(can_win, [one for one in unclaimed if one.round < CLAIM_ROUNDS])[: len(heirs)]
    for prize in unclaimed:
        state = PrizeState.PASSED_ON if prize in passed else PrizeState.LAPSED
        change_prize(connection, prize, state)
    give_units_back(connection, row, len(unclaimed) - len(passed), now_ms)
    if passed:
        _let_inherit(connection, can_win, dict(zip(heirs, passed, strict=False)), now_ms)
        _tell(connection, kind, row, now_ms)


def _let_inherit(
    connection: Connection, can_win: list[Entered], heirs: Mapping[str, Prize], now_ms: int
) -> None:
    """Let each of these people win in place of who did not claim a prize."""
    campaign_id = next(iter(heirs.values())).campaign_id
    for user_id, prize in heirs.items():
        add_prizes(connection, campaign_id, [user_id], in_round=prize.round + 1, now_ms=now_ms)
    gone = {prize.user_id for prize in heirs.values()}
    won = {one.user_id for one in can_win if one.place is not None}.difference(gone).union(heirs)
    by_rank = [one.user_id for one in can_win if one.user_id in won]
    write_winners(connection, campaign_id, by_rank, now_ms)


def _heirs(can_win: list[Entered], erased: set[str]) -> list[str]:
    """Return who comes after the last winner, the next rank first."""
    last = max(at for at, one in enumerate(can_win) if one.place is not None)
    return [one.user_id for one in can_win[last + 1 :] if one.user_id not in erased]


def _in_turn(can_win: list[Entered], prizes: list[Prize]) -> list[Prize]:
    """Return prizes by the ranks of who won them."""
    rank = {one.user_id: at for at, one in enumerate(can_win)}
    return sorted(prizes, key=lambda prize: rank[prize.user_id])


def _tell(connection: Connection, kind: Kind, row: CampaignRow, now_ms: int) -> None:
    """Let the room show the winners anew, unless another live has begun there: that is not of this draw."""
    changed = change_campaign(connection, row, Change(row.phase, None))
    if changed is None:
        raise StorageError(f"The campaign {row.campaign_id} changed while its prizes were passed on.")
    if read_sessions(connection, {row.room_id}).get(row.room_id, row.session_id) == row.session_id:
        tell_rooms(connection, {CampaignKind.DRAW: kind}, [changed], now_ms)
