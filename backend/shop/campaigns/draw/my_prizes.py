"""What people won of goods, as they and the shop see it. Inside the caller's transaction."""

from collections.abc import Sequence

from sqlalchemy import Connection

from backend.contract.prizes import MyPrize, MyPrizes, PrizeCounts, PrizeState
from backend.shop.campaigns.draw.entries import draw_terms
from backend.shop.campaigns.draw.goods import progress_of
from backend.shop.campaigns.rows import CampaignRow, find_campaigns, terms_of
from backend.shop.prizes.prizes import Prize, count_prizes, find_prize, prizes_of


def my_prize(connection: Connection, row: CampaignRow, user_id: str) -> MyPrize | None:
    """Return what somebody won of a draw; None for no goods."""
    if not draw_terms(terms_of(row.terms)).sku_id:
        return None
    prize = find_prize(connection, row.campaign_id, user_id)
    return None if prize is None else shown_prizes(connection, [prize])[0]


def waiting_prizes(connection: Connection, user_id: str) -> MyPrizes:
    """Return what somebody won and did not claim yet."""
    return MyPrizes(shown_prizes(connection, prizes_of(connection, user_id, [PrizeState.WAITING])))


def shown_prizes(connection: Connection, prizes: Sequence[Prize]) -> list[MyPrize]:
    """Return prizes as who won them sees them."""
    rows = find_campaigns(connection, {prize.campaign_id for prize in prizes})
    shown = []
    for prize in prizes:
        row = rows[prize.campaign_id]
        goods = progress_of(row).goods
        if goods is not None:
            words = draw_terms(terms_of(row.terms)).prize
            named = prize.state, prize.claim_until_ms, prize.order_id or ""
            shown.append(MyPrize(prize.campaign_id, words, *named, goods))
    return shown


def prize_counts(connection: Connection, row: CampaignRow) -> PrizeCounts | None:
    """Return what became of a draw's goods; None where none are won."""
    terms = draw_terms(terms_of(row.terms))
    if not terms.sku_id:
        return None
    counts = count_prizes(connection, row.campaign_id)
    waiting, claimed = counts[PrizeState.WAITING], counts[PrizeState.CLAIMED]
    returned = terms.winners - waiting - claimed if row.is_over else 0
    return PrizeCounts(waiting, claimed, returned, passed_on=counts[PrizeState.PASSED_ON])
