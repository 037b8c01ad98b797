"""Claims of red packets: each refusal with its reason, and a crowd that comes at once."""

import asyncio
from collections import Counter

import msgspec
from sqlalchemy import select

from backend.contract.addresses import SaveAddress
from backend.contract.base import RejectReason
from backend.contract.campaigns import CampaignPhase
from backend.contract.coupons import Coupon, CouponKind, NewCoupon
from backend.contract.my_data import Erasure, MyPacketClaim
from backend.log.coupon_entries import CouponCounted
from backend.money.wallet import wallet_account
from backend.shop.campaigns.closing import DRAINED_AFTER_MS
from backend.shop.campaigns.red_packet.red_packet import COUPON_SHORT
from backend.shop.campaigns.telling import TELL_EVERY_MS
from backend.shop.coupons.cards import CardWish
from backend.shop.coupons.coupons import Coupons
from backend.shop.customers.address_book import save_address
from backend.shop.outbox_reader import OutboxReader
from backend.shop.people import Person
from backend.shop.privacy.erasing import erase_person
from backend.storage.campaign_tables import CAMPAIGN_PEOPLE
from backend.storage.database import Database
from tests.backend.kinds import as_type
from tests.backend.shop.campaigns.red_packet.desk import (
    ALREADY,
    COUNTDOWN_MS,
    EXPIRED,
    NONE_LEFT,
    NOT_OPEN,
    PacketDesk,
)
from tests.backend.shop.goods import HOME, ROOM, STAFF
from tests.support.accounts import make_account
from tests.support.adults import let_be_adults

CROWD = [f"user-{number:03}" for number in range(500)]
MINUTE_MS = 60_000


async def test_a_claim_before_the_start_is_too_early_by_the_servers_clock(desk: PacketDesk) -> None:
    campaign = await desk.arm()
    assert await desk.claim(campaign, "anna", in_ms=COUNTDOWN_MS - 1) is NOT_OPEN
    # The timer has not come by yet: when the server received it counts.
    assert await desk.claim(campaign, "anna", in_ms=COUNTDOWN_MS) is None
    assert desk.now().phase is CampaignPhase.OPEN


async def test_a_person_gets_one_share(desk: PacketDesk) -> None:
    campaign = await desk.opened()
    assert await desk.claim(campaign, "anna") is None
    assert await desk.claim(campaign, "anna") is ALREADY
    await desk.wait(TELL_EVERY_MS)
    assert desk.packet().left == 2


async def test_who_comes_after_the_last_share_is_told_that_none_is_left(desk: PacketDesk) -> None:
    campaign = await desk.opened(2, 20)
    answers = [await desk.claim(campaign, user_id) for user_id in ("anna", "bert", "carl", "anna")]
    assert answers == [None, None, NONE_LEFT, ALREADY]


async def test_who_comes_after_the_end_is_told_that_it_is_over(desk: PacketDesk) -> None:
    campaign = await desk.opened()
    await desk.stop(campaign)
    assert await desk.claim(campaign, "anna") is EXPIRED


async def test_coins_go_to_who_confirmed_their_age_alone(desk: PacketDesk) -> None:
    campaign = await desk.opened()
    assert await desk.claim(campaign, "kid") is RejectReason.AGE_UNCONFIRMED
    let_be_adults(desk.database, "kid")
    assert await desk.claim(campaign, "kid") is None


async def test_an_account_must_be_as_old_as_the_packet_asks(desk: PacketDesk) -> None:
    make_account(desk.database, "anna", desk.clock() + COUNTDOWN_MS - 30 * MINUTE_MS)
    make_account(desk.database, "bert", desk.clock() + COUNTDOWN_MS - 30 * MINUTE_MS + 1)
    campaign = await desk.opened(account_minutes=30)
    answers = [await desk.claim(campaign, user_id) for user_id in ("anna", "bert", "carl")]
    assert answers == [None, RejectReason.ACCOUNT_TOO_NEW, RejectReason.ACCOUNTS_ONLY]


async def test_a_network_gets_as_many_shares_as_the_packet_says(desk: PacketDesk) -> None:
    campaign = await desk.opened(4, 40, per_network=1)
    assert await desk.claim(campaign, "anna", origin="home") is None
    assert await desk.claim(campaign, "bert", origin="home") is RejectReason.NETWORK_FULL
    assert await desk.claim(campaign, "bert", origin="office") is None
    # Where nobody knows the address, it counts for nobody.
    assert [await desk.claim(campaign, user_id) for user_id in ("carl", "dora")] == [None, None]


async def test_two_of_a_network_in_one_commit_are_counted_as_two(desk: PacketDesk) -> None:
    campaign = await desk.opened(4, 40, per_network=1)
    claims = [desk.claim(campaign, user_id, origin="home") for user_id in ("anna", "bert", "carl")]
    assert Counter(await asyncio.gather(*claims)) == {None: 1, RejectReason.NETWORK_FULL: 2}


async def test_a_phone_gets_one_share_however_many_accounts_it_has(desk: PacketDesk) -> None:
    with desk.database.shop_transaction() as connection:
        for user_id in ("anna", "bert"):
            assert save_address(connection, user_id, SaveAddress(HOME), 0) is not None
    campaign = await desk.opened(3, 30, one_a_phone=True)
    claims = [desk.claim(campaign, user_id) for user_id in ("anna", "bert", "carl")]
    assert await asyncio.gather(*claims) == [None, RejectReason.PHONE_USED, RejectReason.PHONE_MISSING]
    assert await desk.claim(campaign, "bert") is RejectReason.PHONE_USED


async def test_phones_and_networks_count_until_the_end_also_of_who_is_erased_and_not_beyond(
    desk: PacketDesk,
) -> None:
    with desk.database.shop_transaction() as connection:
        for number, user_id in enumerate(("anna", "bert", "carl")):
            address = msgspec.structs.replace(HOME, phone=f"1380013800{number}")
            assert save_address(connection, user_id, SaveAddress(address), 0) is not None
    campaign = await desk.opened(3, 30, one_a_phone=True, per_network=2)
    assert [await desk.claim(campaign, one, origin="home") for one in ("anna", "bert")] == [None, None]
    with desk.database.shop_transaction() as connection:
        as_type(Erasure, erase_person(connection, Person("anna", ROOM), desk.clock()))
    assert await desk.claim(campaign, "carl", origin="home") is RejectReason.NETWORK_FULL

    await desk.end(campaign)
    person = CAMPAIGN_PEOPLE.c
    with desk.database.reading() as connection:
        query = select(person.user_id, person.phone_key, person.origin).order_by(person.user_id)
        kept = [tuple(row) for row in connection.execute(query)]
    assert kept == [("anna", None, ""), ("bert", None, "")]
    assert [user_id for _, user_id in desk.places()] == ["anna", "bert"]


async def test_a_persons_data_names_the_packets_that_they_claimed(desk: PacketDesk) -> None:
    campaign = await desk.opened(1, 30)
    assert await desk.claim(campaign, "anna") is None

    claim = MyPacketClaim(campaign.campaign_id, "红包", desk.clock(), coins=30)
    assert (await desk.data_of("anna")).packet_claims == [claim]
    assert (await desk.data_of("bert")).packet_claims == []


async def test_a_campaign_that_is_not_there_is_unknown(desk: PacketDesk) -> None:
    campaign = await desk.opened()
    other = msgspec.structs.replace(campaign, campaign_id="x")
    assert await desk.claim(other, "anna") is RejectReason.UNKNOWN_CAMPAIGN


async def test_500_who_claim_100_shares_at_once_get_100_and_the_books_are_exact(desk: PacketDesk) -> None:
    let_be_adults(desk.database, *CROWD)
    campaign = await desk.opened(100, 10_000)
    told_before = len(desk.told())
    # Each taps twice, as people do.
    claims = [desk.claim(campaign, user_id) for user_id in CROWD for _ in range(2)]
    answers = Counter(await asyncio.gather(*claims))
    assert answers == {None: 100, ALREADY: 100, NONE_LEFT: 800}
    assert [place for place, _ in desk.places()] == list(range(100))
    assert desk.given() == 10_000
    coins = desk.coins()
    assert sum(account.startswith(wallet_account("")) for account in coins) == 100
    # What all see is told at the end, not at each claim.
    assert len(desk.told()) - told_before == 1
    report = await desk.report(campaign)
    assert report.received == 1000
    assert {one.outcome: one.count for one in report.outcomes} == {
        "accepted": 100,
        "already": 100,
        "none_left": 800,
    }
    assert (report.people, report.coins_out) == (100, 10_000)


# --- Coupons ---


async def made_coupon(desk: PacketDesk, quota: int, ends_in_ms: int = 3_600_000, **more: object) -> Coupon:
    """Make a coupon of the shop."""
    now_ms = desk.clock()
    wish = NewCoupon("满减", CouponKind.FIXED, now_ms, now_ms + ends_in_ms, quota, 500)
    wish = msgspec.structs.replace(wish, **more)
    coupons = Coupons(desk.database, desk.writer, clock_ms=desk.clock)
    return as_type(Coupon, await coupons.make(STAFF, wish, desk.key("coupons")))


async def held(desk: PacketDesk, user_id: str) -> int:
    """Return how many coupons somebody has."""
    coupons = Coupons(desk.database, desk.writer, clock_ms=desk.clock)
    return len((await coupons.held(Person(user_id, ROOM))).coupons)


async def given_out(desk: PacketDesk) -> int:
    """Return how many of the one coupon are given out or set aside."""
    [coupon] = (await Coupons(desk.database, desk.writer, clock_ms=desk.clock).page()).coupons
    return coupon.claimed


async def test_a_packet_of_coupons_gives_each_one_and_puts_the_rest_back(desk: PacketDesk) -> None:
    coupon = await made_coupon(desk, 5)
    campaign = await desk.opened(3, 0, coupon_id=coupon.coupon_id)
    assert await given_out(desk) == 3
    # No age is asked for what is worth nothing but at the till.
    assert [await desk.claim(campaign, user_id) for user_id in ("kid", "anna")] == [None, None]
    assert [await held(desk, user_id) for user_id in ("kid", "anna", "bert")] == [1, 1, 0]
    await desk.end(campaign)
    assert await given_out(desk) == 2
    assert desk.coins() == {}


async def test_a_room_hears_of_the_coupons_that_a_packet_sets_aside_and_puts_back(desk: PacketDesk) -> None:
    coupon = await made_coupon(desk, 5)
    coupons = Coupons(desk.database, desk.writer, clock_ms=desk.clock)
    assert await coupons.show(CardWish(ROOM, "s1", coupon.coupon_id, 3600)) is None
    campaign = await desk.opened(3, 0, coupon_id=coupon.coupon_id)
    await desk.claim(campaign, "anna")
    await desk.end(campaign)
    heard = OutboxReader(desk.database, ROOM).read(1000)
    counted = [(one.left, one.is_put_back) for one in heard if isinstance(one, CouponCounted)]
    assert counted == [(2, False), (4, True)]


async def test_a_packet_of_more_coupons_than_there_are_is_refused(
    desk: PacketDesk, database: Database
) -> None:
    coupon = await made_coupon(desk, 2)
    assert await desk.try_to_arm(3, 0, coupon_id=coupon.coupon_id) == COUPON_SHORT
    assert await desk.try_to_arm(1, 0, coupon_id="unknown") == COUPON_SHORT
    assert await given_out(desk) == 0


async def test_a_packet_of_coupons_that_end_before_it_does_is_refused(desk: PacketDesk) -> None:
    coupon = await made_coupon(desk, 5, ends_in_ms=MINUTE_MS)
    assert await desk.try_to_arm(3, 0, coupon_id=coupon.coupon_id) == COUPON_SHORT


async def test_a_packet_gives_nobody_more_of_a_coupon_than_one_buyer_gets(desk: PacketDesk) -> None:
    coupon = await made_coupon(desk, 6, per_buyer=2)
    answers = []
    for _ in range(3):
        campaign = await desk.opened(2, 0, coupon_id=coupon.coupon_id)
        answers.append(await desk.claim(campaign, "anna"))
        await desk.stop(campaign)
        await desk.wait(DRAINED_AFTER_MS)
    assert answers == [None, None, RejectReason.COUPON_ALREADY]
    assert (await held(desk, "anna"), await given_out(desk)) == (2, 2)


async def test_a_packet_of_coupons_for_accounts_gives_none_to_guests(desk: PacketDesk) -> None:
    coupon = await made_coupon(desk, 3, accounts_only=True)
    campaign = await desk.opened(2, 0, coupon_id=coupon.coupon_id)
    make_account(desk.database, "anna", 0)
    answers = [await desk.claim(campaign, user_id) for user_id in ("bert", "anna")]
    assert answers == [RejectReason.ACCOUNTS_ONLY, None]
    assert [await held(desk, user_id) for user_id in ("bert", "anna")] == [0, 1]
