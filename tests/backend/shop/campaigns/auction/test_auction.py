"""Auctions from the announcement to the end: what is refused, what is carved out, called off, published."""

from collections.abc import Awaitable, Callable
from functools import partial

import msgspec
import pytest
from sqlalchemy import select

from backend.contract.auctions import MOST_BIDS_LIVE, AuctionOutcome, OfferAnswer
from backend.contract.base import RejectReason
from backend.contract.campaigns import Campaign, CampaignPhase, EndReason
from backend.contract.my_data import Erasure
from backend.contract.orders import OrderState, PaymentMethod
from backend.contract.sale_settings import Profile
from backend.shop.campaigns.auction.auction import (
    AUCTIONS_OFF,
    BUNDLE,
    ENDS_ALREADY,
    NO_STOCK,
    NOT_PAID_ONLINE,
    RESERVE_BELOW_START,
    UNKNOWN_SKU,
)
from backend.shop.campaigns.campaigns import NEEDS_REASON, RUNS_ALREADY
from backend.shop.campaigns.kind import NotArmed
from backend.shop.privacy.erasing import Unfinished, erase_buyer
from backend.shop.settings import SaleRules, read_rules, write_profile, write_rules
from backend.storage.auction_tables import AUCTION_BIDDERS
from backend.storage.catalog_tables import SKUS, STOCK_MOVEMENTS
from tests.backend.kinds import as_type
from tests.backend.shop.campaigns.auction.desk import (
    COUNTDOWN_MS,
    DURATION_MS,
    EXPIRED,
    PAY_MS,
    SKU,
    START,
    AuctionDesk,
)
from tests.backend.shop.goods import put_on_sale


def set_rules(desk: AuctionDesk, profile: Profile, **rules: object) -> None:
    """Change how the shop sells."""
    with desk.database.transaction() as connection:
        write_profile(connection, profile)
        write_rules(connection, msgspec.structs.replace(read_rules(connection), **rules))


async def test_an_announced_auction_holds_one_unit_of_the_stock(desk: AuctionDesk) -> None:
    await desk.announced()
    assert desk.stock() == (3, 1, 0)
    auction = desk.auction()
    assert (auction.spu_id, auction.sku_id, auction.currency) == (SKU, SKU, "CNY")
    assert (auction.price_minor, auction.next_minor, auction.bids) == (START, START, 0)


async def test_without_bids_an_auction_ends_unsold_and_its_unit_goes_back(desk: AuctionDesk) -> None:
    await desk.opened()
    await desk.over()
    assert (desk.now().phase, desk.now().end_reason) == (CampaignPhase.ENDED, EndReason.NO_ENTRIES)
    assert desk.auction().outcome is AuctionOutcome.UNSOLD
    assert desk.stock() == (3, 0, 0)


async def test_an_auction_whose_reserve_is_not_met_is_unsold(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", reserve_minor=5000)
    await desk.bid(campaign, "anna", 4999)
    assert (desk.auction().has_reserve, desk.auction().is_reserve_met) == (True, False)
    await desk.over()
    assert desk.auction().outcome is AuctionOutcome.UNSOLD
    assert (desk.auction().winner_id, desk.stock()) == ("", (3, 0, 0))


async def test_the_reserve_is_shown_to_no_viewer(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", reserve_minor=54_321)
    await desk.bid(campaign, "anna", 4999)
    await desk.over()
    assert b"54321" not in msgspec.json.encode([desk.told(), await desk.bid_of(campaign, "anna")])


async def test_auctions_are_off_under_the_rules_of_china_until_the_shop_says_it_has_a_licence(
    desk: AuctionDesk,
) -> None:
    set_rules(desk, Profile.CN)
    assert await desk.try_to_announce() == AUCTIONS_OFF
    set_rules(desk, Profile.CN, has_auction_licence=True)
    assert isinstance(await desk.try_to_announce(), Campaign)


async def test_a_shop_that_is_not_paid_online_holds_no_auctions(desk: AuctionDesk) -> None:
    set_rules(desk, Profile.EU, methods=(PaymentMethod.TRANSFER,))
    assert await desk.try_to_announce() == NOT_PAID_ONLINE
    assert SaleRules().has_auction_licence is False


async def test_a_product_that_the_room_does_not_sell_is_not_auctioned(desk: AuctionDesk) -> None:
    assert await desk.try_to_announce(sku_id="nothing") == UNKNOWN_SKU


async def test_a_set_of_other_products_is_not_auctioned(desk: AuctionDesk) -> None:
    put_on_sale(desk.database, "set", components={SKU: 2})
    assert await desk.try_to_announce(sku_id="set") == BUNDLE


async def test_a_product_without_free_stock_is_not_auctioned(desk: AuctionDesk) -> None:
    put_on_sale(desk.database, "last", stock=0)
    assert await desk.try_to_announce(sku_id="last") == NO_STOCK
    assert desk.stock() == (3, 0, 0)


async def test_the_reserve_is_not_below_the_start(desk: AuctionDesk) -> None:
    assert await desk.try_to_announce(reserve_minor=START - 1) == RESERVE_BELOW_START


async def test_nothing_is_auctioned_below_its_lowest_price(desk: AuctionDesk) -> None:
    with desk.database.transaction() as connection:
        connection.execute(SKUS.update().values(floor_minor=3000))
    refused = await desk.try_to_announce(start_minor=2999)
    assert isinstance(refused, NotArmed)
    assert (refused.code, "30.00" in refused.detail) == ("below_floor", True)
    assert isinstance(await desk.try_to_announce(start_minor=2999, reserve_minor=3000), Campaign)


@pytest.mark.parametrize(
    "wrong",
    [
        {"start_minor": 0},
        {"start_minor": 10**13},
        {"reserve_minor": 0},
        {"duration_s": 9},
        {"duration_s": 1201},
        {"countdown_s": 2},
        {"countdown_s": 301},
    ],
)
async def test_an_auction_beyond_its_limits_is_none(desk: AuctionDesk, wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        await desk.try_to_announce(**wrong)


async def test_a_room_auctions_one_unit_at_a_time_and_the_next_while_a_winner_pays(
    desk: AuctionDesk,
) -> None:
    campaign = await desk.opened("anna")
    assert await desk.try_to_announce() == RUNS_ALREADY
    await desk.bid(campaign, "anna", START)
    await desk.over()
    assert desk.now().phase is CampaignPhase.DRAWING
    assert isinstance(await desk.try_to_announce(), Campaign)
    assert desk.stock() == (3, 2, 0)


async def test_an_auction_is_called_off_with_a_public_reason_only(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna")
    await desk.bid(campaign, "anna", START)
    assert await desk.stop(campaign, " ") == NEEDS_REASON
    await desk.stop(campaign, "花瓶碎了")
    assert (desk.now().phase, desk.now().public_reason) == (CampaignPhase.VOID, "花瓶碎了")
    assert (desk.auction().outcome, desk.auction().winner_id) == (AuctionOutcome.VOID, "")
    assert await desk.bid(campaign, "anna", 9000) is EXPIRED
    assert desk.stock() == (3, 0, 0)


async def test_an_auction_whose_winner_did_not_pay_yet_can_be_called_off(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna")
    await desk.bid(campaign, "anna", START)
    await desk.over()
    order = await desk.order_of(campaign, "anna")
    await desk.stop(campaign)
    assert desk.now().phase is CampaignPhase.VOID
    assert (await desk.order_of(campaign, "anna")).state is OrderState.CANCELLED
    assert desk.stock() == (3, 0, 0)
    # It was not her fault.
    assert (await desk.bid_of(campaign, "anna")).is_barred is False
    assert (await desk.pay(order)).name == "GONE"
    assert desk.stock() == (3, 0, 0)


async def test_an_auction_that_is_paid_is_not_called_off_any_more(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna")
    await desk.bid(campaign, "anna", START)
    await desk.over()
    order = await desk.order_of(campaign, "anna")
    await desk.shop.writer.run(
        lambda connection: desk.shop.paid_orders.pay_order(
            connection, order.order_id, actor="provider:x", reason="", now_ms=desk.clock()
        )
    )
    assert await desk.stop(campaign) == ENDS_ALREADY
    await desk.sweep()
    assert desk.auction().outcome is AuctionOutcome.SOLD


async def test_an_auction_is_called_off_when_its_show_ends(desk: AuctionDesk) -> None:
    await desk.opened("anna")
    desk.end_session()
    await desk.sweep()
    assert (desk.now().phase, desk.now().end_reason) == (CampaignPhase.VOID, EndReason.SESSION_ENDED)
    assert desk.stock() == (3, 0, 0)


async def test_the_bids_are_published_after_the_end_without_a_maximum(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    for user_id, most, in_ms in (("anna", 4000, 100), ("bert", 2000, 250), ("bert", 5000, 300)):
        await desk.bid(campaign, user_id, most, in_ms=in_ms)
    await desk.over()
    await desk.pay(await desk.order_of(campaign, "bert"))
    log = [
        (bid.number, bid.user_id, bid.after_ms, bid.price_minor, bid.leader_id) for bid in desk.auction().log
    ]
    assert log == [
        (1, "anna", 100, 1000, "anna"),
        (2, "bert", 250, 2100, "anna"),
        (3, "bert", 300, 4200, "bert"),
    ]


async def test_a_running_auction_shows_its_last_bids_and_no_maximum(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "anna", 54_321, in_ms=1)
    for number in range(MOST_BIDS_LIVE):
        await desk.bid(campaign, "bert", 2000 + 1000 * number, in_ms=2 + number)
    log = desk.auction().log
    assert [bid.number for bid in log] == [2, 3, 4, 5, 6]
    assert {(bid.user_id, bid.leader_id) for bid in log} == {("bert", "anna")}
    assert [bid.price_minor for bid in log] == [2100, 3200, 4200, 5300, 6300]
    assert b"54321" not in msgspec.json.encode(desk.told())


async def test_while_it_runs_no_log_says_that_a_leader_raised_a_maximum(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert", reserve_minor=30_000)
    for user_id, most in (("bert", 2000), ("anna", 4000), ("anna", 9000), ("anna", 20_000)):
        await desk.bid(campaign, user_id, most)
    assert [bid.number for bid in desk.auction().log] == [1, 2]
    await desk.bid(campaign, "anna", 31_000)  # it meets the reserve, which everybody sees
    assert [(bid.number, bid.price_minor) for bid in desk.auction().log] == [
        (1, 1000),
        (2, 2100),
        (5, 30_000),
    ]
    await desk.over()
    assert [bid.number for bid in desk.auction().log] == [1, 2, 5]
    await desk.pay(await desk.order_of(campaign, "anna"))
    assert [bid.number for bid in desk.auction().log] == [1, 2, 3, 4, 5]


async def test_the_log_says_which_bids_moved_the_end(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    for user_id, most, in_ms in (
        ("anna", 1000, 1),
        ("bert", 3000, DURATION_MS - 10),
        ("bert", 9000, DURATION_MS),
    ):
        await desk.bid(campaign, user_id, most, in_ms=in_ms)
    await desk.bid(campaign, "anna", 5000, in_ms=DURATION_MS + 5)
    assert [(bid.number, bid.has_moved_end) for bid in desk.auction().log] == [
        (1, False),
        (2, True),
        (4, True),
    ]
    assert (desk.auction().extensions, desk.auction().late_s) == (2, 10)


async def test_after_the_end_no_address_of_a_bidder_is_kept(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "anna", 900 + START)
    await desk.over()
    await desk.pay(await desk.order_of(campaign, "anna"))
    with desk.database.reading() as connection:
        bidders = connection.execute(select(AUCTION_BIDDERS.c.user_id, AUCTION_BIDDERS.c.address)).all()
    assert [tuple(row) for row in bidders] == [("anna", "")]


async def test_nobody_takes_a_bid_back_by_being_erased(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "anna", 9000)
    await desk.bid(campaign, "bert", 5000)
    erase = partial(erase_buyer, buyer_id="anna", now_ms=desk.clock())
    assert await desk.shop.writer.run(erase) == Unfinished([], has_bid=True)
    await desk.over()
    assert isinstance(await desk.shop.writer.run(erase), Unfinished)


async def test_who_only_registered_is_erased_at_once(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "bert", 5000)
    erase = partial(erase_buyer, buyer_id="anna", now_ms=desk.clock())
    as_type(Erasure, await desk.shop.writer.run(erase))
    assert await desk.bid(campaign, "anna", 9000) is RejectReason.NOT_REGISTERED


async def test_who_bid_in_an_auction_that_is_over_leaves_no_phone_there(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "anna", 5000)
    await desk.bid(campaign, "bert", 9000)
    await desk.over()
    await desk.pay(await desk.order_of(campaign, "bert"))
    erase = partial(erase_buyer, buyer_id="anna", now_ms=desk.clock())
    as_type(Erasure, await desk.shop.writer.run(erase))
    with desk.database.reading() as connection:
        is_hers = AUCTION_BIDDERS.c.user_id == "anna"
        assert connection.scalars(select(AUCTION_BIDDERS.c.phone_key).where(is_hers)).all() == [""]


async def test_the_report_of_an_auction_adds_up_and_names_the_money(desk: AuctionDesk) -> None:
    campaign = await desk.opened("anna", "bert")
    await desk.bid(campaign, "anna", 4000, in_ms=120)
    await desk.bid(campaign, "bert", 2000, in_ms=120)
    await desk.bid(campaign, "bert", 2001)
    await desk.over()
    await desk.pay(await desk.order_of(campaign, "anna"))
    report = await desk.report(campaign)
    assert {one.outcome: one.count for one in report.outcomes} == {"accepted": 2, "bid_too_low": 1}
    assert (report.received, report.people, report.gmv_minor) == (3, 2, 2100)


async def test_the_unit_goes_by_movements_from_the_stock_to_the_auction_to_the_order(
    desk: AuctionDesk,
) -> None:
    campaign = await desk.opened("anna")
    await desk.bid(campaign, "anna", START)
    await desk.over()
    await desk.pay(await desk.order_of(campaign, "anna"))
    with desk.database.reading() as connection:
        moved = STOCK_MOVEMENTS.c
        query = select(moved.kind, moved.order_id.is_(None)).order_by(moved.movement_id)
        rows = [(kind, bool(is_nobodys)) for kind, is_nobodys in connection.execute(query)][1:]
    assert rows == [("auction_carve", True), ("auction_order", True), ("reserve", False), ("sale", False)]
    assert desk.stock() == (2, 0, 1)


async def _nothing(desk: AuctionDesk, campaign: Campaign) -> None:
    pass


async def _open(desk: AuctionDesk, campaign: Campaign) -> None:
    await desk.wait(COUNTDOWN_MS)
    await desk.bid(campaign, "anna", 9000)
    await desk.bid(campaign, "bert", 5000)


async def _close(desk: AuctionDesk, campaign: Campaign) -> None:
    await _open(desk, campaign)
    await desk.wait(DURATION_MS)


async def _award(desk: AuctionDesk, campaign: Campaign) -> None:
    await _open(desk, campaign)
    await desk.over()


async def _offer(desk: AuctionDesk, campaign: Campaign) -> None:
    await _award(desk, campaign)
    await desk.expire()
    assert desk.auction().outcome is AuctionOutcome.OFFERED


@pytest.mark.parametrize("bring", [_nothing, _open, _close, _award, _offer])
async def test_an_auction_goes_on_after_a_restart_in_any_phase(
    desk: AuctionDesk, bring: Callable[[AuctionDesk, Campaign], Awaitable[None]]
) -> None:
    campaign = await desk.announced()
    for user_id in ("anna", "bert"):
        await desk.registered(campaign, user_id)
    await bring(desk, campaign)
    await desk.restart()
    if bring is _nothing:
        await _open(desk, campaign)
    if bring is not _offer:
        if bring is not _award:
            await desk.over()
        await desk.restart()
        await desk.expire()
    assert desk.auction().outcome is AuctionOutcome.OFFERED
    await desk.answer(campaign, "bert", OfferAnswer.ACCEPT)
    await desk.pay(await desk.order_of(campaign, "bert"))
    assert (desk.now().phase, desk.auction().outcome) == (CampaignPhase.ENDED, AuctionOutcome.SOLD)
    assert desk.stock() == (2, 0, 1)


async def test_an_auction_that_slept_through_its_whole_time_is_settled_when_the_shop_is_up_again(
    desk: AuctionDesk,
) -> None:
    campaign = await desk.opened("anna")
    await desk.bid(campaign, "anna", START)
    desk.clock.turn(DURATION_MS + 10 * PAY_MS)
    for _ in range(2):
        await desk.sweep()
    # Who won has their minutes from when they could know of it.
    assert (await desk.bid_of(campaign, "anna")).pay_until_ms == desk.clock() + PAY_MS
