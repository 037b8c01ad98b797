"""A shop that sells coins, for tests: two sandboxes to pay at, staff who give money back, and the books."""

from collections.abc import Mapping
from itertools import count

from backend.contract.coins import BuyCoins
from backend.contract.orders import Order, PaymentMethod
from backend.contract.payments import Attempt
from backend.contract.refunds import RefundOrder
from backend.keeping.check_coins import check_coins
from backend.keeping.check_journal import check_journal
from backend.keeping.check_orders import check_orders
from backend.money.ledger import balances
from backend.money.wallet import COINS, Purse, read_coins
from backend.shop.cases.staff_refunds import Refusal, StaffRefunds
from backend.shop.coins.buying import GiftWish
from backend.shop.idempotency import FOR_EVER, KeyReused, Request
from backend.shop.orders.expiry import ExpiryTimer
from backend.shop.payments.payments import Payments
from backend.shop.payments.sandbox import Sandbox
from backend.shop.payments.sandbox_store import Outcome
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.shop.topup.ordering import CoinRefusal
from backend.shop.topup.top_ups import TopUps
from backend.storage.database import Database
from tests.backend.kinds import as_type
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import ROOM, STAFF, request_of
from tests.backend.shop.payments.till import KEY
from tests.support.adults import let_be_adults
from tests.support.coin_books import wallets

ANN = Person("ann", ROOM)
SIXTY = BuyCoins(60, 600)


class CoinTill:
    """See the module. Ann is of age."""

    def __init__(self, database: Database, shop: Shop, clock: Clock) -> None:
        self.database = database
        self.shop = shop
        self.clock = clock
        self.sandbox = Sandbox(database, KEY, clock_ms=clock)
        self.other = Sandbox(database, KEY, clock_ms=clock, name="other", merchant="other-shop")
        self.payments = Payments(
            database,
            shop.writer,
            providers={"sandbox": self.sandbox, "other": self.other},
            orders=shop.paid_orders,
            clock_ms=clock,
        )
        self.timer = ExpiryTimer(
            database, shop.writer, ask_closing=self.payments.close_attempts, clock_ms=clock
        )
        self.top_ups = TopUps(database, shop.writer, clock_ms=clock)
        self.refunds = StaffRefunds(shop.writer, orders=shop.paid_orders, clock_ms=clock)
        self._keys = count(1)
        let_be_adults(database, ANN.user_id)

    async def place(
        self, wanted: BuyCoins = SIXTY, person: Person = ANN, key: str = ""
    ) -> Order | CoinRefusal | KeyReused | None:
        """Order coins, under a new key where none is given."""
        request = request_of(person.buyer_id, key or f"k{next(self._keys)}", wanted, route=FOR_EVER)
        return await self.top_ups.place(person, wanted, request)

    async def ordered(self, wanted: BuyCoins = SIXTY, person: Person = ANN) -> Order:
        """Order coins that are not refused."""
        return as_type(Order, await self.place(wanted, person))

    async def attempt(self, order: Order, provider: str = "sandbox") -> Attempt:
        """Begin to pay an order."""
        request = Request(order.buyer_id, f"attempts {order.order_id}", provider, provider)
        return as_type(Attempt, await self.payments.open(order.order_id, provider, request))

    async def bought(self, wanted: BuyCoins = SIXTY, person: Person = ANN) -> Order:
        """Order coins and pay them, by the way that they are to be paid."""
        order = await self.ordered(wanted, person)
        if wanted.method is PaymentMethod.TRANSFER:
            request = request_of(STAFF.user_id, f"paid{next(self._keys)}", route="paid")
            return as_type(Order, await self.shop.confirm_payment(STAFF, order.order_id, "seen", request))
        attempt = await self.attempt(order)
        await self.sandbox.act(attempt.attempt_id, Outcome.PAY)
        assert await self.deliver() == ["paid"]
        return await self.see(order)

    async def deliver(self, sandbox: Sandbox | None = None) -> list[str]:
        """Let a sandbox send what is due, and return what became of it."""
        one, results = sandbox or self.sandbox, list[str]()

        async def deliver(headers: Mapping[str, str], body: bytes) -> bool:
            results.append((await self.payments.take_webhook(one.name, headers, body)).value)
            return True

        await one.deliver_due(deliver)
        return results

    async def gift(self, key: str, coins: int) -> str:
        """Let Ann give a gift, and say what came of it."""
        given = await self.shop.coins.give(ROOM, GiftWish("s1", ANN.user_id, key, "rose", 1, coins))
        return "given" if isinstance(given, Purse) else given.name

    async def refund(self, order: Order, wish: RefundOrder) -> Order | Refusal | KeyReused | None:
        """Let staff give money back."""
        request = request_of(STAFF.user_id, f"refund{next(self._keys)}", wish, route="refund")
        return await self.refunds.refund(STAFF, order.order_id, wish, request)

    async def see(self, order: Order) -> Order:
        """Look at an order again."""
        return as_type(Order, await self.shop.order(Person(order.buyer_id, ROOM), order.order_id))

    def coins(self, person: Person = ANN) -> int:
        """What somebody has."""
        with self.database.reading() as connection:
            return read_coins(connection, person.buyer_id)

    def money(self) -> dict[str, int]:
        """What each account holds in money, where it is not nothing; all books must agree."""
        wallets(self.database)
        with self.database.reading() as connection:
            for check in (check_coins, check_orders, check_journal):
                assert list(check(connection)) == []
            found = balances(connection)
        return {one.account: one.amount_minor for one in found if one.amount_minor and one.currency != COINS}
