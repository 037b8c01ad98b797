"""What products cost in a flash sale, as the studio's list shows it."""

import msgspec

from backend.contract.campaigns import Campaign, CampaignChanged, CampaignPhase
from backend.contract.flash_sale import FlashOffer, FlashSaleShown
from studio.shop.flash_prices import FlashPrices

OFFERS = [FlashOffer("s-1", 9_900, 2, None, 5), FlashOffer("s-2", 8_900, 2, None, 5)]
SALE = Campaign(
    "f-1", 1, "", CampaignPhase.PREHEAT, 10_000, 70_000, None, "", FlashSaleShown("main:tea", OFFERS, 1)
)


def test_a_product_has_the_lowest_flash_price_until_the_sale_is_over() -> None:
    prices = FlashPrices()
    assert prices.apply(CampaignChanged(SALE))
    assert prices.of_products["tea"] == prices.of_products["main:tea"] == 8_900
    assert prices.apply(CampaignChanged(msgspec.structs.replace(SALE, version=2, phase=CampaignPhase.ENDED)))
    assert prices.of_products == {}
