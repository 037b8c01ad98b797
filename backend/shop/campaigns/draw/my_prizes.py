"""What people won of goods, as they and the shop see it. Inside the caller's transaction."""

from sqlalchemy import Connection

from backend.contract.prizes import MyPrize, MyPrizes, PrizeCounts, PrizeState
from backend.shop.campaigns.draw.entries import draw_terms
from backend.shop.campaigns.rows import CampaignRow, find_campaigns, terms_of
from backend.shop.catalog.skus import IMAGE_PATH, read_known_skus
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


def shown_prizes(connection: Connection, prizes: list[Prize]) -> list[MyPrize]:
    """Return prizes as who won them sees them."""
    rows = find_campaigns(connection, {prize.campaign_id for prize in prizes})
    terms = {campaign_id: draw_terms(terms_of(row.terms)) for campaign_id, row in rows.items()}
    skus = read_known_skus(connection, {one.sku_id for one in terms.values()})
    shown = []
    for prize in prizes:
        of_draw = terms[prize.campaign_id]
        sku = skus.get(of_draw.sku_id)
        shown.append(
            MyPrize(
                campaign_id=prize.campaign_id,
                prize=of_draw.prize,
                state=prize.state,
                claim_until_ms=prize.claim_until_ms,
                order_id=prize.order_id or "",
                sku_id=of_draw.sku_id,
                title="" if sku is None else sku.title,
                specs=[] if sku is None else sku.specs,
                image_url=f"{IMAGE_PATH}{sku.image}" if sku is not None and sku.image else "",
            )
        )
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
