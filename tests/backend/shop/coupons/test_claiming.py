"""What one has to do for a coupon, who gets the last ones, and what rooms hear: on both databases."""

import asyncio
from collections import Counter

import pytest

from backend.contract.base import RejectReason
from backend.contract.coupons import (
    AskCoupon,
    ClaimCondition,
    Coupon,
    CouponFault,
    CouponKind,
    CouponWarning,
    HeldCoupon,
    NewCoupon,
)
from backend.log.coupon_entries import CouponCounted, CouponHidden, CouponShown
from backend.shop.coupons.cards import CardWish
from backend.shop.coupons.claiming import NotClaimed, Standing
from backend.shop.coupons.coupons import Coupons, RoomClaim
from backend.shop.idempotency import KeyReused
from backend.shop.outbox_reader import OutboxReader
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.kinds import as_type
from tests.backend.shop.conftest import Clock
from tests.backend.shop.coupons.test_coupons import Till
from tests.backend.shop.goods import ROOM, STAFF, lines_of, put_on_sale, quoted, request_of

HOUR_MS = 3_600_000


class Stand:
    """The coupons of a shop that sells tea at a hundred, in a room."""

    def __init__(self, database: Database, shop: Shop, clock: Clock) -> None:
        self.database = database
        self.shop = shop
        self.clock = clock
        self.coupons = Coupons(database, shop.writer, clock_ms=clock)
        self._keys = iter(range(1, 10_000))

    def wish(self, **values: object) -> NewCoupon:
        fields = {"quota": 10, "amount_minor": 3_000, **values}
        now_ms = self.clock.now_ms
        return NewCoupon("立减", CouponKind.FIXED, now_ms, now_ms + HOUR_MS, **fields)  # type: ignore[arg-type]

    async def make(self, wish: NewCoupon) -> object:
        return await self.coupons.make(STAFF, wish, request_of("host", f"m{next(self._keys)}", wish))

    async def made(self, **values: object) -> str:
        return as_type(Coupon, await self.make(self.wish(**values))).coupon_id

    async def claim(self, coupon_id: str, user_id: str = "ann", key: str = "", **standing: object) -> object:
        stands = Standing(**standing)  # type: ignore[arg-type]
        asked = RoomClaim(user_id, coupon_id, key or f"key-{next(self._keys):08}", stands)
        return await self.coupons.claim_in_room(asked)

    async def show(self, coupon_id: str, seconds: int = 60) -> RejectReason | None:
        return await self.coupons.show(CardWish(ROOM, "s1", coupon_id, seconds))

    def heard(self) -> list[object]:
        return list(OutboxReader(self.database, ROOM).read(1000))


@pytest.fixture
def stand(database: Database, shop: Shop, clock: Clock) -> Stand:
    """See `Stand`."""
    put_on_sale(database, "tea", price_minor=10_000, stock=50)
    return Stand(database, shop, clock)


async def test_a_coupon_for_followers_is_given_to_who_follows(stand: Stand) -> None:
    coupon_id = await stand.made(condition=ClaimCondition.FOLLOW)
    assert await stand.claim(coupon_id) == NotClaimed(RejectReason.NOT_FOLLOWING)
    as_type(HeldCoupon, await stand.claim(coupon_id, is_follower=True))


async def test_a_coupon_for_watching_is_given_after_that_time(stand: Stand) -> None:
    coupon_id = await stand.made(condition=ClaimCondition.WATCH, watch_s=180)
    assert await stand.claim(coupon_id, watched_s=100) == NotClaimed(RejectReason.NOT_WATCHED, 80_000)
    as_type(HeldCoupon, await stand.claim(coupon_id, watched_s=180))


async def test_a_coupon_for_accounts_is_given_to_no_guest(stand: Stand) -> None:
    coupon_id = await stand.made(accounts_only=True)
    assert await stand.claim(coupon_id) == NotClaimed(RejectReason.ACCOUNTS_ONLY)
    as_type(HeldCoupon, await stand.claim(coupon_id, has_account=True))


async def test_a_code_for_accounts_gives_a_guest_nothing(stand: Stand) -> None:
    await stand.made(code="MEMBERS-1", accounts_only=True)
    guest, member = Person("guest", ROOM, is_guest=True), Person("ann", ROOM)
    wish = AskCoupon(code="members-1")
    refused = await stand.coupons.claim(guest, wish, request_of("guest", "a", wish))
    assert refused == NotClaimed(RejectReason.ACCOUNTS_ONLY)
    as_type(HeldCoupon, await stand.coupons.claim(member, wish, request_of("ann", "a", wish)))


async def test_nobody_gets_by_the_shop_alone_what_a_room_gives(stand: Stand) -> None:
    coupon_id = await stand.made(condition=ClaimCondition.FOLLOW)
    wish = AskCoupon(coupon_id)
    refused = await stand.coupons.claim(Person("ann", ROOM), wish, request_of("ann", "a", wish))
    assert refused == NotClaimed(RejectReason.NOT_FOLLOWING)


async def test_one_key_gives_one_coupon_whatever_comes_again(stand: Stand) -> None:
    coupon_id, other = await stand.made(per_buyer=5), await stand.made()
    first = await stand.claim(coupon_id, key="key-again-1")
    assert await stand.claim(coupon_id, key="key-again-1") == first
    assert await stand.claim(other, key="key-again-1") == KeyReused("key-again-1")
    assert as_type(HeldCoupon, await stand.claim(coupon_id)) != first


async def test_a_crowd_that_claims_at_two_nodes_gets_no_more_than_there_are_and_one_each(
    stand: Stand, clock: Clock
) -> None:
    coupon_id = await stand.made(quota=20)
    other = Stand(stand.database, Shop(stand.database, clock_ms=clock), clock)
    assert await stand.show(coupon_id) is None
    # 64 viewers, and each of them tries twice, at both nodes.
    tries = [
        node.claim(coupon_id, f"viewer-{n:02}", f"{name}-key-{n:02}")
        for n in range(64)
        for name, node in (("first", stand), ("second", other))
    ]
    results = await asyncio.gather(*tries)
    given = [one for one in results if isinstance(one, HeldCoupon)]
    why = Counter(one.why for one in results if isinstance(one, NotClaimed))
    assert len({one.grant_id for one in given}) == len(given) == 20
    assert why[RejectReason.COUPON_ALREADY] + why[RejectReason.COUPON_NONE_LEFT] == 128 - 20
    [told] = (await stand.coupons.page()).coupons
    assert told.claimed == 20
    holders = [len((await stand.coupons.held(Person(f"viewer-{n:02}", ROOM))).coupons) for n in range(64)]
    assert Counter(holders) == {1: 20, 0: 44}
    counted = [one.left for one in stand.heard() if isinstance(one, CouponCounted)]
    assert sorted(counted) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    await asyncio.to_thread(other.shop.close)


async def test_a_room_hears_of_a_coupon_it_shows_and_then_of_each_step(stand: Stand) -> None:
    coupon_id = await stand.made(quota=3, minimum_minor=5_000, spu_ids=["tea"])
    assert await stand.show(coupon_id) is None
    await stand.claim(coupon_id)
    await stand.coupons.stop(coupon_id)
    shown, counted, hidden = stand.heard()
    card = as_type(CouponShown, shown).coupon
    assert (card.title, card.currency, card.products, card.left) == ("立减", "CNY", 1, 3)
    assert card.until_ms == stand.clock.now_ms + 60_000
    assert as_type(CouponCounted, counted).left == 2
    assert as_type(CouponHidden, hidden).coupon_id == coupon_id


async def test_a_room_that_shows_a_coupon_no_more_hears_nothing_of_it(stand: Stand) -> None:
    coupon_id = await stand.made(quota=5)
    await stand.claim(coupon_id)
    assert stand.heard() == []
    await stand.show(coupon_id)
    stand.clock.turn(60_000)
    await stand.claim(coupon_id, "bob")
    assert len(stand.heard()) == 1


async def test_a_coupon_that_nobody_could_claim_is_not_shown(stand: Stand) -> None:
    assert await stand.show("nothing") is RejectReason.COUPON_UNKNOWN
    assert await stand.show(await stand.made(code="SECRET-1")) is RejectReason.COUPON_BY_CODE
    last = await stand.made(quota=1)
    await stand.claim(last)
    assert await stand.show(last) is RejectReason.COUPON_NONE_LEFT
    stopped = await stand.made()
    await stand.coupons.stop(stopped)
    assert await stand.show(stopped) is RejectReason.COUPON_ENDED
    later = await stand.made()
    stand.clock.turn(-1)
    assert await stand.show(later) is RejectReason.COUPON_NOT_YET
    stand.clock.turn(HOUR_MS + 1)
    assert await stand.show(later) is RejectReason.COUPON_ENDED
    assert stand.heard() == []


async def test_a_card_ends_with_its_coupon_at_the_latest(stand: Stand) -> None:
    coupon_id = await stand.made()
    stand.clock.turn(HOUR_MS - 5_000)
    assert await stand.show(coupon_id, 60) is None
    [shown] = stand.heard()
    assert as_type(CouponShown, shown).coupon.until_ms == stand.clock.now_ms + 5_000


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"amount_minor": 0}, CouponFault.NOTHING_OFF),
        ({"kind": CouponKind.PERCENT}, CouponFault.NOTHING_OFF),
        ({"kind": CouponKind.PERCENT, "percent_bp": 500, "cap_minor": 0}, CouponFault.NOTHING_OFF),
        ({"condition": ClaimCondition.WATCH}, CouponFault.NO_WATCH_TIME),
        ({"condition": ClaimCondition.FOLLOW, "code": "SECRET-1"}, CouponFault.CODE_AND_CONDITION),
        ({"title": "\u200b"}, CouponFault.NO_TITLE),
        ({"ends_at_ms": 1}, CouponFault.ENDS_TOO_EARLY),
    ],
)
async def test_a_coupon_that_makes_no_sense_is_not_made(
    stand: Stand, values: dict[str, object], fault: CouponFault
) -> None:
    fields = {name: getattr(wish := stand.wish(), name) for name in NewCoupon.__struct_fields__} | values
    assert isinstance(wish, NewCoupon)
    assert await stand.make(NewCoupon(**fields)) is fault
    assert (await stand.coupons.page()).coupons == []


async def test_a_coupon_that_could_never_apply_is_warned_of_and_made_all_the_same(stand: Stand) -> None:
    put_on_sale(stand.database, "cup", price_minor=2_000, stock=5, floor_minor=2_000)

    async def warnings(**values: object) -> list[CouponWarning]:
        return (await stand.coupons.check(stand.wish(**values))).warnings

    assert await warnings() == []
    assert await warnings(minimum_minor=10_000) == []
    assert await warnings(minimum_minor=10_001) == [CouponWarning.MINIMUM_ABOVE_PRICES]
    assert await warnings(spu_ids=["cup"]) == [CouponWarning.NOTHING_ABOVE_FLOORS]
    assert await warnings(spu_ids=["gone"]) == [CouponWarning.NO_PRODUCTS]
    assert await stand.made(minimum_minor=10_001)


async def test_a_wallet_tells_what_is_used_and_what_ended(stand: Stand) -> None:
    ann = Person("ann", ROOM)
    ended, used = await stand.made(amount_minor=1), await stand.made()
    for coupon_id in (ended, used):
        await stand.claim(coupon_id)
    quote = await quoted(stand.shop, lines_of(tea=1), ann)
    assert quote.coupon is not None
    await Till(stand.database, stand.shop, stand.clock).place(quote, ann)
    stand.clock.turn(HOUR_MS)
    later = await stand.made(amount_minor=2)
    await stand.claim(later)
    wallet = await stand.coupons.held(ann)
    assert [one.coupon_id for one in wallet.coupons] == [later]
    assert [one.coupon_id for one in wallet.used] == [used]
    assert [one.coupon_id for one in wallet.ended] == [ended]
    assert wallet.currency == "CNY"
