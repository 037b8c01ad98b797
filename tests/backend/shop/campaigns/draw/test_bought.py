"""Who bought in the live session of a draw need not say its word."""

from backend.contract.base import RejectReason
from backend.contract.orders import Order, PaymentMethod
from backend.fairness.draw import hash_of_nonce
from backend.shop.campaigns.draw.draw import NO_FREE_WAY
from backend.shop.campaigns.draw.entering import Entering
from backend.shop.campaigns.kind import ActResult
from backend.shop.orders.results import Placed
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.kinds import as_type
from tests.backend.shop.campaigns.conftest import go_live
from tests.backend.shop.campaigns.draw.desk import OPEN_MS, DrawDesk, nonce_of
from tests.backend.shop.goods import ROOM, home_of, lines_of, order_of, put_on_sale, quoted, request_of

DOOR, ONLINE = PaymentMethod.CASH_ON_DELIVERY, PaymentMethod.ONLINE


async def buy(shop: Shop, buyer: str, method: PaymentMethod) -> Order:
    address = home_of(buyer)
    wanted = order_of(await quoted(shop, lines_of(tea=1), address=address), method, address)
    placed = await shop.place(Person(buyer, ROOM), wanted, request_of(buyer, "k", wanted))
    return as_type(Placed, placed).order


async def enter_unsaid(desk: DrawDesk, campaign_id: str, user_id: str) -> ActResult:
    """Let somebody enter who did not say the word."""
    number = hash_of_nonce(campaign_id, nonce_of(user_id))
    act = Entering(campaign_id, ROOM, user_id, desk.clock(), number, must_have_bought=True)
    return await desk.campaigns.act(act)


async def test_who_bought_in_this_session_enters_a_draw_without_its_word(
    shop: Shop, desk: DrawDesk, database: Database
) -> None:
    put_on_sale(database, "tea", stock=9)
    await buy(shop, "v_0", DOOR)
    await buy(shop, "v_1", ONLINE)
    taken_back = await buy(shop, "v_2", DOOR)
    request = request_of("v_2", "c", route="cancel")
    await shop.cancel(Person("v_2", ROOM), taken_back.order_id, "", request)
    draw = await desk.open(word="好茶", bought_or_word=True)

    assert (await desk.part_of(draw, "v_0")).has_bought
    answers = [await enter_unsaid(desk, draw.campaign_id, f"v_{number}") for number in range(4)]
    # Not paid yet, taken back, and nothing bought at all.
    assert answers == [None, *[RejectReason.NOT_BOUGHT] * 3]
    # Whoever says the word buys nothing.
    assert await desk.enter(draw, "v_3") == [None]
    bought = [(await desk.part_of(draw, user_id)).has_bought for user_id in ("v_0", "v_1", "v_3")]
    assert bought == [True, False, False]


async def test_what_was_bought_in_a_session_before_is_none_of_a_draws(
    shop: Shop, desk: DrawDesk, database: Database
) -> None:
    put_on_sale(database, "tea", stock=9)
    await buy(shop, "v_0", DOOR)
    desk.end_session()
    go_live(database, "s-2")
    draw = await desk.open(word="好茶", bought_or_word=True)
    assert await enter_unsaid(desk, draw.campaign_id, "v_0") is RejectReason.NOT_BOUGHT


async def test_a_draw_for_buyers_has_a_free_way_in(desk: DrawDesk) -> None:
    assert await desk.try_to_open(bought_or_word=True) == NO_FREE_WAY
    assert await desk.try_to_open(bought_or_word=True, word=" ") == NO_FREE_WAY
    assert (await desk.open(bought_or_word=True, word="好茶")).closes_at_ms == desk.clock() + OPEN_MS


async def test_buying_is_no_condition_of_a_draw_that_does_not_ask_for_it(desk: DrawDesk) -> None:
    draw = await desk.open()
    assert await desk.enter(draw, "v_0") == [None]
    assert not (await desk.part_of(draw, "v_0")).has_bought
