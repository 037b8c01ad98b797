"""From the list of entries to the winners, as `backend.fairness` computes it, and the file to check it with.

The functions run inside the caller's transaction.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from backend.fairness.bundle import DrawBundle, rules_of, write_bundle
from backend.fairness.draw import in_order, mix, ranking, root, winners
from backend.money.wallet import GRANTS, CoinMovement, Purse, move_coins
from backend.shop.campaigns.draw.entries import (
    Draw,
    Entered,
    change_draw,
    draw_terms,
    read_draw,
    read_entries,
    read_erased,
    write_winners,
)
from backend.shop.campaigns.draw.goods import give_units_back
from backend.shop.campaigns.rows import CampaignRow, terms_of
from backend.shop.outbox import CoinsGranted, OutboxMessage, write_outbox
from backend.shop.prizes.prizes import add_prizes
from backend.storage.database import StorageError

PRIZE: Final = "draw_prize"
REASON: Final = "draw"


def fix_list(connection: Connection, draw: Draw, until_ms: int) -> Draw:
    """Fix who takes part; until a time their devices reveal their numbers."""
    entries = [one.listed for one in read_entries(connection, draw.campaign_id)]
    return change_draw(connection, draw, root=root(entries), drawn_at_ms=until_ms)


def find_winners(connection: Connection, row: CampaignRow, now_ms: int) -> int:
    """Compute who won, hand out coins or note the goods, and return how many coins these were."""
    draw, entered = read_draw(connection, row.campaign_id), read_entries(connection, row.campaign_id)
    entries = in_order(one.listed for one in entered)
    draw = change_draw(connection, draw, mix=mix(row.campaign_id, draw.root, entries))
    # Whose account is erased could never have the prize: the next rank has it.
    erased = read_erased(connection, row.campaign_id)
    can_win = [one.user_id for one in who_can_win(row, draw, entered) if one.user_id not in erased]
    won = can_win[: rules_of(row.terms).winners]
    write_winners(connection, row.campaign_id, won, now_ms)
    if draw_terms(terms_of(row.terms)).sku_id:
        add_prizes(connection, row.campaign_id, won, in_round=1, now_ms=now_ms)
        give_units_back(connection, row, rules_of(row.terms).winners - len(won), now_ms)
    return _hand_over(connection, row, won, now_ms)


def who_can_win(row: CampaignRow, draw: Draw, entered: Sequence[Entered]) -> list[Entered]:
    """Return who of a drawn draw can win, the first rank first."""
    entry_of, rules = {one.who: one for one in entered}, rules_of(row.terms)
    entries = in_order(one.listed for one in entered)
    ranked = ranking(bytes.fromhex(draw.secret), row.campaign_id, draw.root, draw.mix, entries)
    return [entry_of[who] for who in winners(ranked, rules._replace(winners=max(1, len(entered))))]


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
    can_win = who_can_win(row, draw, entered)
    won = [one.who for one in can_win if one.place is not None]
    return write_bundle(
        DrawBundle(
            campaign_id=row.campaign_id,
            terms=row.terms,
            commitment=draw.commitment,
            root=draw.root,
            mix=draw.mix,
            secret=draw.secret,
            entries=tuple(in_order(one.listed for one in entered)),
            unclaimed=_passed_over([one.who for one in can_win], won, rules_of(row.terms).winners),
            winners=tuple(won),
        )
    )


def _passed_over(can_win: Sequence[str], won: Sequence[str], most: int) -> tuple[str, ...]:
    """Return who stands before the last winner and did not win.

    Fewer won than could only where nobody else was left to win: then all others were passed over.
    """
    first = can_win[: can_win.index(won[-1])] if len(won) == most else can_win
    return tuple(who for who in first if who not in set(won))
