"""Coupons over real HTTP, at a backend that runs."""

import asyncio
import time

from backend.contract.audience import Follow
from backend.contract.chat import BlockUser, SendDanmu
from backend.contract.coupons import (
    Coupon,
    CouponCheck,
    CouponsChanged,
    CouponsPage,
    CouponWarning,
    HeldCoupon,
    MyCoupons,
    ShowCoupon,
)
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted, Snapshot
from tests.backend.http.api.shopping import Market, answer, refused
from tests.backend.kinds import as_type


def wish(**values: object) -> dict[str, object]:
    now_ms = time.time_ns() // 1_000_000
    begins = {"begins_at_ms": now_ms - 1000, "ends_at_ms": now_ms + 3_600_000}
    return {"title": "off", "kind": "fixed", "quota": 5, "amount_minor": 500, **begins, **values}


async def test_a_code_gives_its_coupon_to_whoever_types_it_in_any_case(market: Market) -> None:
    made = answer(Coupon, await market.host.post("coupons", wish(code="TEA-2026")), 201)
    buyer = await market.buyer()
    held = answer(HeldCoupon, await buyer.post("my-coupons", {"code": "tea-2026"}), 201)
    assert held.coupon_id == made.coupon_id
    [mine] = answer(MyCoupons, await buyer.get("my-coupons")).coupons
    assert mine == held
    [told] = answer(CouponsPage, await market.host.get("coupons")).coupons
    assert told.claimed == 1


async def test_the_id_of_a_coupon_with_a_code_gives_nothing(market: Market) -> None:
    made = answer(Coupon, await market.host.post("coupons", wish(code="TEA-2026")), 201)
    buyer = await market.buyer()
    assert refused(await buyer.post("my-coupons", {"coupon_id": made.coupon_id})) == (404, "coupon_unknown")


async def test_a_stopped_coupon_is_given_to_nobody_any_more(market: Market) -> None:
    made = answer(Coupon, await market.host.post("coupons", wish()), 201)
    assert answer(Coupon, await market.host.post(f"coupons/{made.coupon_id}/stop", {})).is_stopped
    buyer = await market.buyer()
    assert refused(await buyer.post("my-coupons", {"coupon_id": made.coupon_id})) == (409, "coupon_ended")


async def test_a_coupon_that_takes_nothing_off_or_ends_before_it_begins_is_refused(market: Market) -> None:
    for values in ({"amount_minor": 0}, {"ends_at_ms": 1}, {"kind": "percent"}):
        response = await market.host.post("coupons", wish(**values))
        assert response.status_code == 422
    assert answer(CouponsPage, await market.host.get("coupons")).coupons == []


async def test_a_coupon_of_a_room_is_claimed_once_its_condition_is_met(market: Market) -> None:
    made = answer(Coupon, await market.host.post("coupons", wish(condition="follow")), 201)
    body = {"coupon_id": made.coupon_id}
    buyer = await market.buyer()
    async with market.backend.host() as host, market.backend.client(buyer.token) as tab:
        await host.act(GoLive())
        assert isinstance(await host.act(ShowCoupon(made.coupon_id, 60)), Accepted)
        assert [one.left for one in as_type(Snapshot, await tab.join()).coupons] == [5]
        assert refused(await buyer.post("my-coupons", body)) == (409, "not_following")
        await tab.act(Follow())
        answers = await asyncio.gather(*(buyer.post("my-coupons", body, "once") for _ in range(4)))
        [held] = {answer(HeldCoupon, one, 201).grant_id for one in answers}
        [shown] = as_type(CouponsChanged, await tab.hears(CouponsChanged)).coupons
        assert shown.left == 4
        assert refused(await buyer.post("my-coupons", body)) == (409, "coupon_already")
        assert refused(await buyer.post("my-coupons", {"coupon_id": "other"}, "once")) == (422, "key_reused")
    wallet = answer(MyCoupons, await buyer.get("my-coupons"))
    assert [one.grant_id for one in wallet.coupons] == [held]
    assert (wallet.used, wallet.ended, wallet.currency) == ([], [], "CNY")


async def test_who_was_put_out_of_the_room_and_staff_claim_nothing(market: Market) -> None:
    made = answer(Coupon, await market.host.post("coupons", wish()), 201)
    body = {"coupon_id": made.coupon_id}
    assert refused(await market.host.post("my-coupons", body)) == (403, "forbidden")
    buyer = await market.buyer()
    async with market.backend.host() as host, market.backend.client(buyer.token) as tab:
        await tab.join()
        await tab.act(SendDanmu("加我"))
        await host.act(BlockUser(buyer.user_id))
    assert (await buyer.post("my-coupons", body)).status_code == 403


async def test_a_coupon_is_checked_before_it_is_made(market: Market) -> None:
    told = answer(CouponCheck, await market.host.post("coupons/check", wish(minimum_minor=10**9)))
    assert told.warnings == [CouponWarning.MINIMUM_ABOVE_PRICES]
    assert answer(CouponsPage, await market.host.get("coupons")).coupons == []


async def test_guesses_at_codes_are_paced(market: Market) -> None:
    buyer = await market.buyer()
    guesses = [await buyer.post("my-coupons", {"code": f"GUESS-{n:02}"}) for n in range(40)]
    statuses = [one.status_code for one in guesses]
    assert set(statuses) == {404, 429}
