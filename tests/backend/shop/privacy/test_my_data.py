"""A buyer's data, on each kind of database."""

from backend.contract.addresses import SaveAddress
from backend.contract.coins import ConfirmedAge
from backend.contract.my_data import MyProfile
from backend.identity.accounts import Account, AccountStore
from backend.money.wallet import GRANTS, CoinMovement, move_coins
from backend.shop.coins.ages import confirm_age
from backend.shop.customers.customers import Customers
from backend.shop.orders.results import Placed
from backend.shop.people import Person
from backend.shop.privacy.privacy import Privacy
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import HOME, ROOM, lines_of, order_of, put_on_sale, quoted, request_of

ANN = Person("ann", ROOM)
MANY = 101


async def test_a_buyer_gets_all_of_theirs_and_nothing_of_others(
    shop: Shop, privacy: Privacy, database: Database, clock: Clock
) -> None:
    put_on_sale(database, "tea", stock=300)
    customers = Customers(database, shop.writer, clock_ms=clock)
    wanted = order_of(await quoted(shop, lines_of(tea=1)))
    wish = SaveAddress(HOME)
    for buyer, count in (("ann", MANY), ("bob", 1)):
        person = Person(buyer, ROOM)
        await customers.save_address(person, wish, request_of(buyer, "a", wish, "addresses"))
        for number in range(count):
            placed = await shop.place(person, wanted, request_of(buyer, f"k{number}", wanted))
            assert isinstance(placed, Placed)
            cancelled = request_of(buyer, f"c{number}", route="cancel")
            await shop.cancel(person, placed.order.order_id, "", cancelled)
    data = await privacy.my_data(ANN)
    assert len(data.orders) == MANY
    assert {order.buyer_id for order in data.orders} == {"ann"}
    assert [one.address for one in data.addresses] == [HOME]
    assert data.profile == MyProfile("ann", ROOM, "", None, 0)


async def test_who_has_an_account_finds_its_name_the_coins_and_the_age(
    privacy: Privacy, database: Database
) -> None:
    account = Account("ann", "小美", "小美", "secret hash", 1, 7)
    AccountStore(database).create(account)
    with database.transaction() as connection:
        move_coins(connection, [CoinMovement("grant_demo", "g", "ann", 30, GRANTS)], 1)
        confirm_age(connection, "ann", 18, 5)
    data = await privacy.my_data(ANN)
    assert [(move.kind, move.coins, move.at_ms) for move in data.coin_moves] == [("grant_demo", 30, 1)]
    assert data.age == ConfirmedAge(18, 5)
    assert data.profile == MyProfile("ann", ROOM, "小美", 7, 30)
