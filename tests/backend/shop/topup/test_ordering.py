"""Orders of coins: placed, paid once, paid late, given back as far as they are there; on both databases."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from backend.contract.coins import BuyCoins, CoinPackage, CoinSettings
from backend.contract.orders import (
    MOST_REFUNDED,
    Order,
    OrderAxis,
    OrderState,
    ParcelLine,
    PaymentMethod,
    PaymentState,
    ShipOrder,
)
from backend.contract.refunds import RefundOrder
from backend.contract.sale_settings import UnpaidCap
from backend.money.wallet import GIFT_INCOME, CoinMovement, move_coins
from backend.shop.cases.results import CoinsSpent, NotClaimable
from backend.shop.idempotency import FOR_EVER, KeyReused
from backend.shop.orders.cancel import cancel_order
from backend.shop.orders.results import MethodOff, NotAllowedNow, UnpaidTooMuch
from backend.shop.orders.shipping_list import read_shipping_list
from backend.shop.outbox import CoinsGranted, OrderChanged, OrderPlaced
from backend.shop.payments.provider import RefundReport
from backend.shop.payments.sandbox import Notice
from backend.shop.payments.sandbox_store import LATE_BY_MS, Outcome
from backend.shop.people import Person
from backend.shop.settings import read_rules, write_rules
from backend.shop.shop import Shop
from backend.shop.topup.ordering import AgeUnconfirmed, NotForSellers, PackageGone
from backend.shop.topup.packages import write_packages
from backend.shop.topup.top_ups import TopUps
from backend.storage.order_tables import ORDERS, SHOP_OUTBOX
from backend.storage.payment_tables import REFUNDS
from backend.storage.writer import GroupWriter
from tests.backend.kinds import as_type
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import ROOM, STAFF, open_rooms, request_of, take_all_methods
from tests.backend.shop.payments.till import ONLINE_MS
from tests.backend.shop.topup.coin_till import ANN, SIXTY, CoinTill
from tests.support.migrated import open_migrated

WHY = "the last one broke"


def spend(till: CoinTill, coins: int, ref: str = "a") -> None:
    """Let Ann give gifts."""
    with till.database.shop_transaction() as connection:
        move_coins(connection, [CoinMovement("gift", ref, ANN.user_id, -coins, GIFT_INCOME)], 0)


def told(till: CoinTill) -> list[CoinsGranted | OrderPlaced | OrderChanged]:
    """What the room is told."""
    with till.database.reading() as connection:
        bodies = connection.scalars(select(SHOP_OUTBOX.c.body).order_by(SHOP_OUTBOX.c.outbox_id)).all()
    return [msgspec.json.decode(body, type=CoinsGranted | OrderPlaced | OrderChanged) for body in bodies]


async def test_a_paid_package_is_in_the_wallet_and_its_order_is_complete(till: CoinTill) -> None:
    order = await till.bought()
    assert (order.state, order.payment_state) == (OrderState.COMPLETED, PaymentState.PAID)
    assert (order.coins, order.total_minor, till.coins()) == (60, 600, 60)
    paid = [one for one in order.changes if one.axis is OrderAxis.PAYMENT]
    assert [(one.actor, one.reason) for one in paid] == [("provider:sandbox", "")]
    assert till.money() == {"provider:sandbox": 600, "coin_sales": -600}
    granted = [one for one in told(till) if isinstance(one, CoinsGranted)]
    assert granted == [CoinsGranted("ann", 60, "bought", 60, 1)]
    # What the room sold is counted of goods alone.
    assert not any(one.was_paid_now for one in told(till) if isinstance(one, OrderChanged))
    history = await till.top_ups.history(ANN, None, 10)
    assert [(one.kind, one.coins, one.order_id) for one in history.moves] == [
        ("coins_bought", 60, order.order_id)
    ]


async def test_a_transfer_brings_its_coins_when_staff_saw_the_money(till: CoinTill) -> None:
    wanted = BuyCoins(60, 600, PaymentMethod.TRANSFER)
    placed = await till.ordered(wanted)
    [heard] = told(till)
    assert heard == OrderPlaced(placed.order_id, "ann", {}, 600, 1, "CNY", "unpaid", coins=60)
    order = await till.bought(wanted)
    assert (order.payment_state, till.coins()) == (PaymentState.PAID, 60)
    assert till.money() == {"method:transfer": 600, "coin_sales": -600}


async def test_what_the_shop_does_not_sell_so_is_refused_and_keeps_nothing(till: CoinTill) -> None:
    for wanted in (BuyCoins(60, 599), BuyCoins(61, 600), BuyCoins(1_000_000, 1)):
        assert isinstance(await till.place(wanted), PackageGone)
    at_the_door = BuyCoins(60, 600, PaymentMethod.CASH_ON_DELIVERY)
    assert await till.place(at_the_door) == MethodOff([PaymentMethod.ONLINE, PaymentMethod.TRANSFER])
    assert isinstance(await till.place(person=Person("host", ROOM, is_staff=True)), NotForSellers)
    assert await till.place(person=Person("bob", ROOM)) == AgeUnconfirmed(18)
    with till.database.shop_transaction() as connection:
        write_packages(connection, CoinSettings(is_on=False, packages=[CoinPackage(60, 600)]))
    assert isinstance(await till.place(), PackageGone)
    with till.database.reading() as connection:
        assert connection.scalars(select(ORDERS.c.order_id)).all() == []


async def test_the_same_key_is_one_order_of_coins(till: CoinTill) -> None:
    placed = await asyncio.gather(*(till.place(key="k") for _ in range(8)))
    assert len({as_type(Order, one).order_id for one in placed}) == 1
    assert isinstance(await till.place(BuyCoins(300, 3_000), key="k"), KeyReused)


async def test_few_orders_of_coins_may_wait_for_one_buyers_money(till: CoinTill) -> None:
    with till.database.shop_transaction() as connection:
        write_rules(connection, msgspec.structs.replace(read_rules(connection), unpaid=UnpaidCap(2, 1)))
    first = await till.ordered()
    await till.ordered()
    assert isinstance(await till.place(), UnpaidTooMuch)
    with till.database.shop_transaction() as connection:
        cancel_order(connection, first.order_id, actor="ann", reason="", at_ms=till.clock())
    await till.ordered()


async def test_few_orders_of_coins_wait_for_one_buyers_money_over_two_nodes_at_once(
    till: CoinTill, clock: Clock
) -> None:
    with till.database.shop_transaction() as connection:
        write_rules(connection, msgspec.structs.replace(read_rules(connection), unpaid=UnpaidCap(2, 1)))
    writers = [GroupWriter(till.database) for _ in range(2)]
    nodes = [TopUps(till.database, writer, clock_ms=clock) for writer in writers]
    asked = [
        node.place(ANN, SIXTY, request_of(ANN.buyer_id, f"at once {number}", SIXTY, route=FOR_EVER))
        for number in range(8)
        for node in nodes
    ]
    # The same key at both nodes is one order as well.
    placed = await asyncio.gather(*asked)
    for writer in writers:
        await asyncio.to_thread(writer.close)
    assert len({one.order_id for one in placed if isinstance(one, Order)}) == 2
    assert sum(isinstance(one, UnpaidTooMuch) for one in placed) >= len(asked) - 4
    with till.database.reading() as connection:
        assert len(connection.scalars(select(ORDERS.c.order_id)).all()) == 2


async def test_duplicates_and_two_payments_bring_the_coins_once(till: CoinTill) -> None:
    order = await till.ordered()
    one, two = await till.attempt(order), await till.attempt(order, "other")
    await till.sandbox.act(one.attempt_id, Outcome.DUPLICATE)
    await till.other.act(two.attempt_id, Outcome.PAY)
    results = await asyncio.gather(till.deliver(), till.deliver(till.other))
    assert sorted(map(sorted, results)) in (
        [["paid", "replayed"], ["paid_twice"]],
        [["paid"], ["paid_twice", "replayed"]],
    )
    await till.payments.refund_all()
    assert till.coins() == 60
    assert sum(till.money().values()) == 0
    assert till.money()["coin_sales"] == -600


async def test_a_wrong_amount_brings_no_coins(till: CoinTill) -> None:
    order = await till.ordered()
    await till.sandbox.act((await till.attempt(order)).attempt_id, Outcome.WRONG_AMOUNT)
    assert await till.deliver() == ["suspense"]
    assert till.coins() == 0
    assert "coin_sales" not in till.money()


async def test_late_money_of_an_order_that_expired_brings_its_coins(till: CoinTill) -> None:
    order = await till.ordered()
    await till.sandbox.act((await till.attempt(order)).attempt_id, Outcome.LATE)
    till.clock.turn(ONLINE_MS)
    await till.timer.sweep()
    assert (await till.see(order)).state is OrderState.CANCELLED
    till.clock.turn(LATE_BY_MS)
    assert await till.deliver() == ["paid"]
    seen = await till.see(order)
    assert (seen.state, seen.payment_state, till.coins()) == (OrderState.COMPLETED, PaymentState.PAID, 60)
    assert till.money() == {"provider:sandbox": 600, "coin_sales": -600}


async def test_late_money_of_whom_the_shop_is_to_forget_goes_back(till: CoinTill) -> None:
    order = await till.ordered()
    await till.sandbox.act((await till.attempt(order)).attempt_id, Outcome.LATE)
    till.clock.turn(ONLINE_MS)
    await till.timer.sweep()
    with till.database.shop_transaction() as connection:
        connection.execute(ORDERS.update().values(erase_at_ms=till.clock() + 10**9))
    till.clock.turn(LATE_BY_MS)
    assert await till.deliver() == ["paid_late"]
    await till.payments.refund_all()
    assert (till.coins(), till.money()) == (0, {})


async def test_a_refund_takes_the_unspent_coins_and_says_how_many_there_are(till: CoinTill) -> None:
    order = await till.bought()
    spend(till, 35)
    refused = await till.refund(order, RefundOrder(WHY))
    assert refused == CoinsSpent(25)
    assert (till.coins(), (await till.see(order)).lines[0].refunded) == (25, 0)
    lines = [ParcelLine(1, 25)]
    as_type(Order, await till.refund(order, RefundOrder(WHY, lines)))
    assert till.coins() == 0
    await till.payments.refund_all()
    seen = await till.see(order)
    assert (seen.payment_state, seen.lines[0].refunded) == (PaymentState.PART_REFUNDED, 25)
    assert till.money() == {"provider:sandbox": 350, "coin_sales": -600, "refunds": 250}
    assert isinstance(await till.refund(order, RefundOrder(WHY, [ParcelLine(1, 36)])), NotClaimable)
    assert await till.refund(order, RefundOrder(WHY, [ParcelLine(1, 35)])) == CoinsSpent(0)


async def test_a_whole_refund_takes_all_coins_and_the_order_is_refunded(till: CoinTill) -> None:
    order = await till.bought()
    as_type(Order, await till.refund(order, RefundOrder(WHY)))
    await till.payments.refund_all()
    seen = await till.see(order)
    assert (seen.state, seen.payment_state) == (OrderState.COMPLETED, PaymentState.REFUNDED)
    assert (till.coins(), till.money()) == (0, {"coin_sales": -600, "refunds": 600})
    assert isinstance(await till.refund(order, RefundOrder(WHY)), NotAllowedNow)
    history = await till.top_ups.history(ANN, None, 1)
    assert [(one.kind, one.coins, one.order_id) for one in history.moves] == [
        ("coins_returned", -60, order.order_id)
    ]
    assert history.next is not None
    assert len((await till.top_ups.history(ANN, history.next, 5)).moves) == 1


async def test_a_transfers_refund_takes_coins_too(till: CoinTill) -> None:
    order = await till.bought(BuyCoins(60, 600, PaymentMethod.TRANSFER))
    as_type(Order, await till.refund(order, RefundOrder(WHY, [ParcelLine(1, 10)])))
    assert till.coins() == 50
    assert till.money() == {"method:transfer": 500, "coin_sales": -600, "refunds": 100}


async def test_a_refund_in_the_providers_console_takes_what_is_unspent_of_its_share(till: CoinTill) -> None:
    order = await till.bought()
    attempt = (await till.payments.attempts_of(order.order_id))[0]
    await till.sandbox.refund_by_hand(attempt.attempt_id, "console-1", 100)
    assert await till.deliver() == ["refunded"]
    assert (till.coins(), (await till.see(order)).lines[0].refunded) == (50, 10)
    spend(till, 45)
    await till.sandbox.refund_by_hand(attempt.attempt_id, "console-2", 500)
    assert await till.deliver() == ["refunded"]
    assert (till.coins(), (await till.see(order)).lines[0].refunded) == (0, 15)
    assert (await till.see(order)).payment_state is PaymentState.REFUNDED
    assert till.money() == {"coin_sales": -600, "refunds": 600}


async def told_of_console(till: CoinTill, order: Order, name: str, minor: int, *, came_back: bool) -> str:
    """Let the provider tell of a refund that was made in its console, or that came back."""
    attempt = (await till.payments.attempts_of(order.order_id))[0]
    ref = (await till.sandbox.ask(attempt.attempt_id)).ref
    report = RefundReport(
        attempt.attempt_id,
        name,
        till.sandbox.merchant,
        minor,
        "CNY",
        is_done=not came_back,
        has_failed=came_back,
        payment_ref=ref,
    )
    body = msgspec.json.encode(Notice(f"{name}-{came_back}", till.clock(), refund=report))
    return (await till.payments.take_webhook("sandbox", till.sandbox.signed(body), body)).value


async def test_a_consoles_refund_that_came_back_brings_its_coins_again(till: CoinTill) -> None:
    order = await till.bought()
    as_type(Order, await till.refund(order, RefundOrder(WHY, [ParcelLine(1, 20)])))
    await till.payments.refund_all()
    for name in ("console-1", "console-2"):
        assert await told_of_console(till, order, name, 100, came_back=False) == "refunded"
        assert (till.coins(), (await till.see(order)).lines[0].refunded) == (30, 30)
        assert await told_of_console(till, order, name, 100, came_back=True) == "refund_came_back"
        assert (till.coins(), (await till.see(order)).lines[0].refunded) == (40, 20)
        assert till.money() == {"provider:sandbox": 400, "coin_sales": -600, "refunds": 200}


async def test_of_two_consoles_refunds_the_one_that_came_back_brings_its_share_again(till: CoinTill) -> None:
    order = await till.bought()
    await told_of_console(till, order, "console-1", 300, came_back=False)
    spend(till, 20)
    await told_of_console(till, order, "console-2", 300, came_back=False)
    assert (till.coins(), (await till.see(order)).lines[0].refunded) == (0, 40)
    await told_of_console(till, order, "console-2", 300, came_back=True)
    assert (till.coins(), (await till.see(order)).lines[0].refunded) == (10, 30)
    await told_of_console(till, order, "console-1", 300, came_back=True)
    assert (till.coins(), (await till.see(order)).lines[0].refunded) == (40, 0)
    till.money()


async def test_a_refund_of_staff_that_came_back_brings_no_coins_as_it_is_made_again(till: CoinTill) -> None:
    order = await till.bought()
    as_type(Order, await till.refund(order, RefundOrder(WHY, [ParcelLine(1, 20)])))
    await till.payments.refund_all()
    with till.database.reading() as connection:
        [refund_id] = connection.scalars(select(REFUNDS.c.refund_id))
    assert await told_of_console(till, order, refund_id, 200, came_back=True) == "refund_came_back"
    assert (till.coins(), (await till.see(order)).lines[0].refunded) == (40, 20)
    till.money()


async def test_coins_that_were_spent_at_a_consoles_refund_are_not_taken_later(till: CoinTill) -> None:
    order = await till.bought()
    spend(till, 60)
    await told_of_console(till, order, "console-1", 300, came_back=False)
    await till.bought()
    assert till.coins() == 60
    as_type(Order, await till.refund(order, RefundOrder(WHY, [ParcelLine(1, 10)])))
    await till.payments.refund_all()
    assert (till.coins(), (await till.see(order)).lines[0].refunded) == (50, 10)
    await told_of_console(till, order, "console-2", 50, came_back=False)
    assert (till.coins(), (await till.see(order)).lines[0].refunded) == (45, 15)
    await told_of_console(till, order, "console-2", 50, came_back=True)
    assert (till.coins(), (await till.see(order)).lines[0].refunded) == (50, 10)
    as_type(Order, await till.refund(order, RefundOrder(WHY)))
    await till.payments.refund_all()
    seen = await till.see(order)
    assert (till.coins(), seen.lines[0].refunded, seen.payment_state) == (30, 30, PaymentState.REFUNDED)
    till.money()


Act = tuple[str, int]
ACTS = st.lists(
    st.tuples(st.sampled_from(["console", "back", "staff", "all", "spend", "buy"]), st.integers(1, 300)),
    min_size=1,
    max_size=8,
)


async def refund_at_random(till: CoinTill, order: Order, acts: Sequence[Act]) -> None:
    """Hold each refund to its share: no more coins are taken than its money paid for."""
    made: dict[str, int] = {}
    for number, (act, size) in enumerate(acts):
        before = await till.see(order)
        match act:
            case "spend" if till.coins():
                spend(till, min(size, till.coins()), f"s{number}")
            case "buy":
                await till.bought()
            case "console" if size <= before.money_left_minor:
                made[f"c{number}"] = size
                await told_of_console(till, order, f"c{number}", size, came_back=False)
            case "back" if made:
                name, minor = made.popitem()
                await told_of_console(till, order, name, minor, came_back=True)
            case "staff":
                await till.refund(order, RefundOrder(WHY, [ParcelLine(1, size % 60 + 1)]))
            case "all":
                await till.refund(order, RefundOrder(WHY))
            case _:
                pass
        await till.payments.refund_all()
        seen = await till.see(order)
        gone = order.total_minor - seen.money_left_minor
        coins = seen.lines[0].refunded
        assert 0 <= coins <= order.coins, acts[: number + 1]
        # The last of several refunds that paid for parts of a coin takes it.
        assert coins * order.total_minor < gone * order.coins + order.total_minor, acts[: number + 1]
        if act != "back":
            taken = coins - before.lines[0].refunded
            money = before.money_left_minor - seen.money_left_minor
            assert taken * order.total_minor < money * order.coins + order.total_minor, acts[: number + 1]
    till.money()


@given(acts=ACTS)
@settings(max_examples=25, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
def test_no_refund_takes_more_coins_than_its_money_paid_for(acts: list[Act]) -> None:
    with TemporaryDirectory() as folder:
        database = open_migrated(Path(folder))
        open_rooms(database)
        take_all_methods(database)
        clock = Clock()
        shop = Shop(database, clock_ms=clock)

        async def run() -> None:
            till = CoinTill(database, shop, clock)
            await refund_at_random(till, await till.bought(), acts)

        try:
            asyncio.run(run())
        finally:
            shop.close()
            database.close()


async def test_coins_are_sent_in_no_parcel_and_wait_for_none(till: CoinTill) -> None:
    order = await till.bought()
    request = request_of("host", "k", route="r")
    assert isinstance(await till.refunds.cancel(STAFF, order.order_id, WHY, request), NotAllowedNow)
    shipped = await till.shop.ship(STAFF, order.order_id, ShipOrder("SF", "1"), request)
    assert isinstance(shipped, NotAllowedNow)
    with till.database.reading() as connection:
        assert read_shipping_list(connection, ROOM).orders == []


async def test_64_callers_spend_and_top_up_one_wallet_and_the_books_agree(till: CoinTill) -> None:
    await till.bought(BuyCoins(300, 3_000))
    unpaid = UnpaidCap(100, 1)
    with till.database.shop_transaction() as connection:
        write_rules(connection, msgspec.structs.replace(read_rules(connection), unpaid=unpaid))
    orders = [await till.ordered() for _ in range(16)]
    for order in orders:
        await till.sandbox.act((await till.attempt(order)).attempt_id, Outcome.DUPLICATE)
    gifts = [till.gift(f"key-{number:04}", 40) for number in range(48)]
    spent, *_ = await asyncio.gather(asyncio.gather(*gifts), *(till.deliver() for _ in range(16)))
    assert (await till.deliver(), till.coins() >= 0) == ([], True)
    given = sum(one == "given" for one in spent)
    assert till.coins() == 300 + 16 * 60 - 40 * given
    assert 7 <= given <= 31
    assert till.money()["coin_sales"] == -(3_000 + 16 * 600)


def test_a_refund_may_be_about_as_many_coins_as_a_package_has() -> None:
    assert msgspec.convert({"line": 1, "quantity": MOST_REFUNDED}, ParcelLine).quantity == MOST_REFUNDED
    assert SIXTY.coins <= MOST_REFUNDED
