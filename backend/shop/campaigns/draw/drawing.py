"""From the list of entries to the winners, as `backend.fairness` computes it, and the file to check it with.

The functions run inside the caller's transaction.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from backend.fairness.bundle import DrawBundle, rules_of, write_bundle
from backend.fairness.draw import Entry, in_order, mix, ranking, root, winners
from backend.money.wallet import GRANTS, CoinMovement, Purse, move_coins
from backend.shop.campaigns.draw.entries import (
    Draw,
    change_draw,
    draw_terms,
    read_draw,
    read_entries,
    read_erased,
    write_winners,
)
from backend.shop.campaigns.rows import CampaignRow, terms_of
from backend.shop.outbox import CoinsGranted, OutboxMessage, write_outbox
from backend.storage.database import StorageError

PRIZE: Final = "draw_prize"
REASON: Final = "draw"


def fix_list(connection: Connection, draw: Draw, until_ms: int) -> Draw:
    """Fix who takes part; until a time their devices reveal their numbers."""
    entries = [one.listed for one in read_entries(connection, draw.campaign_id)]
    return change_draw(connection, draw, root=root(entries), drawn_at_ms=until_ms)


def find_winners(connection: Connection, row: CampaignRow, now_ms: int) -> int:
    """Compute who won, hand out their coins, and return how many coins these were."""
    draw, entered = read_draw(connection, row.campaign_id), read_entries(connection, row.campaign_id)
    entries = in_order(one.listed for one in entered)
    mixed = mix(row.campaign_id, draw.root, entries)
    ranked = ranking(bytes.fromhex(draw.secret), row.campaign_id, draw.root, mixed, entries)
    user_of = {one.who: one.user_id for one in entered}
    # Whose account is erased could never have the prize: the next rank has it.
    erased = read_erased(connection, row.campaign_id)
    gone = {who for who, user_id in user_of.items() if user_id in erased}
    won = [user_of[who] for who in winners(ranked, rules_of(row.terms), gone)]
    change_draw(connection, draw, mix=mixed)
    write_winners(connection, row.campaign_id, won, now_ms)
    return _hand_over(connection, row, won, now_ms)


def _hand_over(connection: Connection, row: CampaignRow, won: list[str], now_ms: int) -> int:
    coins = draw_terms(terms_of(row.terms)).prize_coins
    if not coins:
        return 0
    movements = [
        CoinMovement(PRIZE, f"{row.campaign_id}:{user_id}", user_id, coins, GRANTS) for user_id in won
    ]
    granted = []
    for user_id, purse in zip(won, move_coins(connection, movements, now_ms), strict=True):
        if not isinstance(purse, Purse):
            raise StorageError(f"A prize of the draw {row.campaign_id} was given before.")
        body = CoinsGranted(user_id, coins, REASON, purse.coins, purse.version)
        granted.append(OutboxMessage(row.room_id, "", body))
    write_outbox(connection, granted, now_ms)
    return coins * len(won)


def bundle_of(connection: Connection, row: CampaignRow) -> str:
    """Return the file with which anybody checks a draw that is over."""
    draw, entered = read_draw(connection, row.campaign_id), read_entries(connection, row.campaign_id)
    ranked = sorted((one for one in entered if one.place is not None), key=lambda one: one.place or 0)
    return write_bundle(
        DrawBundle(
            campaign_id=row.campaign_id,
            terms=row.terms,
            commitment=draw.commitment,
            root=draw.root,
            mix=draw.mix,
            secret=draw.secret,
            entries=tuple(in_order(one.listed for one in entered)),
            unclaimed=_passed_over(row, draw, [one.listed for one in entered], [one.who for one in ranked]),
            winners=tuple(one.who for one in ranked),
        )
    )


def _passed_over(
    row: CampaignRow, draw: Draw, entered: Sequence[Entry], won: Sequence[str]
) -> tuple[str, ...]:
    """Return who stands before the last winner and did not win; all who lost where too few could win."""
    entries, rules = in_order(entered), rules_of(row.terms)
    ranked = ranking(bytes.fromhex(draw.secret), row.campaign_id, draw.root, draw.mix, entries)
    can_win = winners(ranked, rules._replace(winners=len(entries)))
    if won and len(won) == rules.winners:
        can_win = can_win[: can_win.index(won[-1])]
    return tuple(who for who in can_win if who not in won)
