"""What becomes of a won auction: the order at once, five minutes to pay, then the next bidder is asked."""

import msgspec
from sqlalchemy import select

from backend.contract.auctions import AuctionOutcome, OfferAnswer
from backend.contract.base import RejectReason
from backend.contract.campaigns import CampaignPhase, EndReason, MyPart
from backend.contract.orders import Order, OrderState, PaymentState
from backend.contract.shipping import ShippingRule, ShippingTemplate
from backend.shop.orders.results import AddressMissing, NotDelivered
from backend.shop.outcomes import Paid
from backend.shop.people import Person
from backend.shop.privacy.my_data import read_my_data
from backend.shop.settings import write_shipping
from backend.storage.catalog_tables import STOCK_MOVEMENTS
from tests.backend.kinds import as_type
from tests.backend.shop.campaigns.auction.desk import EXPIRED, PAY_MS, SKU, START, AuctionDesk
from tests.backend.shop.goods import ROOM, STAFF

ACCEPT, DECLINE = OfferAnswer.ACCEPT, OfferAnswer.DECLINE


def set_shipping(desk: AuctionDesk, rule: ShippingRule | None) -> None:
    """Change what sending costs."""
    with desk.database.transaction() as connection:
        write_shipping(connection, ShippingTemplate(rule))


async def test_the_winner_has_an_order_at_once_and_five_minutes_to_pay_it(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "anna", 9000)
    await desk.bid(campaign, "bert", 4000)
    await desk.over()
    auction = desk.auction()
    assert (auction.outcome, auction.winner_id, auction.price_minor) == (
        AuctionOutcome.AWARDED,
        "anna",
        4200,
    )
    bid, order = await desk.bid_of(campaign, "anna"), await desk.order_of(campaign, "anna")
    assert (bid.total_minor, bid.pay_until_ms) == (4200, desk.clock() + PAY_MS)
    assert (order.goods_minor, order.payment_state) == (4200, PaymentState.UNPAID)
    [line] = order.lines
    assert (line.sku_id, line.quantity, line.campaign_id) == (SKU, 1, campaign.campaign_id)
    assert (await desk.bid_of(campaign, "bert")).order_id == ""


async def test_an_auction_whose_order_is_paid_is_sold(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna")
    await desk.bid(campaign, "anna", START)
    await desk.over()
    assert await desk.pay(await desk.order_of(campaign, "anna")) is Paid.DONE
    assert (desk.now().phase, desk.now().end_reason) == (CampaignPhase.ENDED, EndReason.TIME)
    assert (desk.auction().outcome, desk.auction().winner_id) == (AuctionOutcome.SOLD, "anna")
    assert desk.stock() == (2, 0, 1)


async def test_a_defaulters_bids_are_taken_out_and_the_next_is_offered_it_at_the_price_computed_anew(
    desk: AuctionDesk,
) -> None:
    campaign = await desk.opened("anna", "bert", "carl")
    for user_id, most in (("carl", 3000), ("bert", 5000), ("anna", 9000)):
        await desk.bid(campaign, user_id, most)
    assert desk.auction().price_minor == 5300
    await desk.over()
    await desk.expire()
    auction = desk.auction()
    assert (auction.outcome, auction.winner_id, auction.leader_id) == (AuctionOutcome.OFFERED, "", "bert")
    bid = await desk.bid_of(campaign, "bert")
    assert bid.offer is not None
    assert (bid.offer.price_minor, bid.offer.until_ms) == (auction.price_minor, desk.clock() + PAY_MS)
    assert auction.price_minor == 3200  # a step beyond carl's
    assert (await desk.bid_of(campaign, "anna")).is_out
    assert desk.stock() == (3, 1, 0)


async def test_who_takes_the_offer_has_the_order_at_once(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "anna", 9000)
    await desk.bid(campaign, "bert", 5000)
    await desk.over()
    await desk.expire()
    for _ in range(2):  # a lost answer can be asked for again
        part = await desk.answer(campaign, "bert", ACCEPT)
        assert isinstance(part, MyPart)
        assert part.bid is not None
        assert (part.has_won, part.bid.total_minor) == (True, START)
    assert desk.auction().winner_id == "bert"
    await desk.pay(await desk.order_of(campaign, "bert"))
    assert desk.auction().outcome is AuctionOutcome.SOLD


async def test_the_next_bidder_may_decline_and_is_no_defaulter(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert", "carl")
    for user_id, most in (("carl", 3000), ("bert", 5000), ("anna", 9000)):
        await desk.bid(campaign, user_id, most)
    await desk.over()
    await desk.expire()
    await desk.answer(campaign, "bert", DECLINE)
    assert (desk.auction().leader_id, desk.auction().price_minor) == ("carl", START)
    assert await desk.answer(campaign, "bert", ACCEPT) is EXPIRED
    await desk.answer(campaign, "carl", DECLINE)
    assert (desk.now().phase, desk.auction().outcome) == (CampaignPhase.ENDED, AuctionOutcome.UNSOLD)
    assert desk.stock() == (3, 0, 0)
    assert desk.defaults() == {"anna"}


async def test_my_data_names_the_auctions_ones_maximum_and_what_was_left_unpaid(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert", "carl")
    await desk.bid(campaign, "anna", 9000)
    await desk.bid(campaign, "bert", 5000)
    bid_at_ms = desk.clock()
    await desk.over()
    await desk.expire()
    with desk.database.reading() as connection:
        anna, bert, carl = (
            [
                (auction.campaign_id, auction.max_minor, auction.at_ms > 0, auction.is_unpaid)
                for auction in read_my_data(connection, Person(user_id, ROOM), bid_at_ms).auctions
            ]
            for user_id in ("anna", "bert", "carl")
        )
    assert anna == [(campaign.campaign_id, 9000, True, True)]
    assert bert == [(campaign.campaign_id, 5000, True, False)]
    assert carl == [(campaign.campaign_id, 0, False, False)]


async def test_an_offer_that_nobody_answers_goes_to_the_next(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "anna", 9000)
    await desk.bid(campaign, "bert", 5000)
    await desk.over()
    await desk.expire()
    await desk.wait(PAY_MS - 1)
    assert desk.auction().outcome is AuctionOutcome.OFFERED
    await desk.wait(1)
    assert desk.auction().outcome is AuctionOutcome.UNSOLD
    assert await desk.answer(campaign, "bert", ACCEPT) is EXPIRED
    assert desk.defaults() == {"anna"}


async def test_what_the_rest_bid_below_the_reserve_is_offered_to_nobody(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert", reserve_minor=6000)
    await desk.bid(campaign, "bert", 5000)
    await desk.bid(campaign, "anna", 9000)
    assert desk.auction().price_minor == 6000
    await desk.over()
    await desk.expire()
    assert desk.auction().outcome is AuctionOutcome.UNSOLD


async def test_a_buyer_who_cancels_what_they_won_is_a_defaulter_and_staff_who_cancel_it_make_none(
    desk: AuctionDesk,
) -> None:
    for actor, defaults in (("host", set()), ("anna", {"anna"})):
        campaign = await desk.opened("anna")
        await desk.bid(campaign, "anna", START)
        await desk.over()
        order = await desk.order_of(campaign, "anna")
        await desk.cancel(order, actor)
        await desk.sweep()
        assert desk.auction().outcome is AuctionOutcome.UNSOLD
        assert desk.defaults() == defaults
        assert desk.stock() == (3, 0, 0)


async def test_money_that_comes_when_others_were_asked_brings_the_unit_back_to_nobody(
    desk: AuctionDesk,
) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "anna", 9000)
    await desk.bid(campaign, "bert", 5000)
    await desk.over()
    order = await desk.order_of(campaign, "anna")
    await desk.expire()
    assert await desk.pay(order) is Paid.GONE
    assert (await desk.order_of(campaign, "anna")).state is OrderState.CANCELLED
    assert desk.auction().leader_id == "bert"


async def test_an_order_whose_payment_is_under_way_is_waited_for(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna")
    await desk.bid(campaign, "anna", START)
    await desk.over()
    # Its time is over, and nobody let it go yet.
    await desk.wait(PAY_MS)
    assert desk.auction().outcome is AuctionOutcome.AWARDED
    assert await desk.pay(await desk.order_of(campaign, "anna")) is Paid.DONE
    assert desk.auction().outcome is AuctionOutcome.SOLD


async def test_shipping_is_what_the_bidder_accepted_or_less(desk: AuctionDesk) -> None:
    set_shipping(desk, ShippingRule(first_minor=800))
    campaign = await desk.announced()
    assert (await desk.registered(campaign, "anna")).shipping_minor == 800
    await desk.wait(10_000)
    await desk.bid(campaign, "anna", START)
    set_shipping(desk, ShippingRule(first_minor=2000))
    await desk.over()
    order = await desk.order_of(campaign, "anna")
    assert (order.shipping_minor, order.total_minor) == (800, START + 800)


async def test_shipping_that_became_free_is_free_for_the_winner(desk: AuctionDesk) -> None:
    set_shipping(desk, ShippingRule(first_minor=800, free_from_minor=1001))
    campaign = await desk.opened("anna", "bert")
    assert (await desk.bid_of(campaign, "anna")).shipping_minor == 800
    await desk.bid(campaign, "anna", 9000)
    await desk.bid(campaign, "bert", 4000)
    await desk.over()
    assert (await desk.order_of(campaign, "anna")).total_minor == 4200


async def test_who_lives_where_nothing_is_sent_to_cannot_bid(desk: AuctionDesk) -> None:
    campaign = await desk.announced()
    set_shipping(desk, None)
    assert isinstance(await desk.register(campaign, "anna"), NotDelivered)


async def test_an_address_that_is_not_ones_own_is_none(desk: AuctionDesk) -> None:
    campaign = await desk.announced()
    answer = await desk.shop.auctions.register(Person("anna", ROOM), campaign.campaign_id, "x")
    assert isinstance(answer, AddressMissing)


async def test_staff_neither_register_nor_take_what_is_offered(desk: AuctionDesk) -> None:
    campaign = await desk.announced()
    register = desk.shop.auctions.register(STAFF, campaign.campaign_id, "x")
    offer = desk.shop.auctions.answer_offer(STAFF, campaign.campaign_id, ACCEPT)
    assert [await register, await offer] == [RejectReason.IS_STAFF, RejectReason.IS_STAFF]


async def test_nobody_registers_when_an_auction_is_over_or_in_one_that_is_not_there(
    desk: AuctionDesk,
) -> None:
    campaign = await desk.opened()
    elsewhere = msgspec.structs.replace(campaign, campaign_id="x")
    assert await desk.register(elsewhere, "anna") is RejectReason.UNKNOWN_CAMPAIGN
    await desk.over()
    assert await desk.register(campaign, "anna") is EXPIRED


async def test_who_is_not_asked_can_take_nothing(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "anna", START)
    await desk.over()
    await desk.expire()
    assert await desk.answer(campaign, "bert", ACCEPT) is EXPIRED


async def test_no_move_of_an_auctions_unit_keeps_what_was_written_of_its_order(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna")
    await desk.bid(campaign, "anna", START)
    await desk.over()
    order = await desk.order_of(campaign, "anna")
    words = "Anna Smith moved away"
    key = desk.key(f"cancel {order.order_id}")
    cancelled = await desk.shop.cancel(STAFF, order.order_id, words, key)
    assert as_type(Order, cancelled).state is OrderState.CANCELLED
    moved = STOCK_MOVEMENTS.c
    with desk.database.reading() as connection:
        reasons = list(connection.scalars(select(moved.reason).where(moved.order_id.is_(None))))
    assert "given_up" in reasons
    assert words not in reasons
