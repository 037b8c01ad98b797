"""A shop that sends e-mails through a real mail server, on each kind of database."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import msgspec
import pytest

from backend.contract.mail import MailSettings
from backend.contract.orders import Order, PaymentMethod
from backend.shop import sending
from backend.shop.mail.mails import Mails
from backend.shop.mail.smtp import MailPassword
from backend.shop.orders.results import Placed
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.kinds import as_type
from tests.backend.shop.cases.desk import ANN, Desk
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import (
    STAFF,
    home_of,
    lines_of,
    order_of,
    put_on_sale,
    quoted,
    request_of,
)
from tests.support.mail_server import PASSWORD, MailReceiver, running_mail_server

EMAIL = "ann@example.com"


class MailDesk(Desk):
    """A desk whose buyers hear by e-mail.

    Attributes:
        password: what the shop has of one.
    """

    def __init__(self, database: Database, shop: Shop, clock: Clock) -> None:
        super().__init__(database, shop, clock)
        self.password = PASSWORD
        self.mails = self.another_node()

    def another_node(self) -> Mails:
        """The e-mails as another node sends them."""
        return Mails(
            self.database,
            self.shop.writer,
            password=lambda: MailPassword("127.0.0.1", self.password),
            password_file="smtp-password",
            link_of=lambda room: f"https://shop.example/r/{room}",
            clock_ms=self.clock,
        )

    async def send_by(self, settings: MailSettings) -> None:
        """Set by which server e-mails go."""
        as_type(MailSettings, await self.mails.save(settings, self.request(STAFF, "mail")))

    async def ordered(self, email: str = EMAIL, language: str | None = "en", **units: int) -> Order:
        """Order tea with an address for e-mails."""
        quote = await quoted(self.shop, lines_of(**(units or {"tea": 3})))
        address = msgspec.structs.replace(home_of(ANN.user_id), email=email)
        wanted = order_of(quote, PaymentMethod.ONLINE, address)
        wanted = msgspec.convert({**msgspec.to_builtins(wanted), "language": language}, type(wanted))
        key = request_of(ANN.user_id, f"k{next(self._keys)}", wanted)
        return as_type(Placed, await self.shop.place(ANN, wanted, key)).order

    @asynccontextmanager
    async def sending(self, *nodes: Mails) -> AsyncIterator[None]:
        """Send what is due while the block runs."""
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(node.run()) for node in nodes or (self.mails,)]
            yield
            for one in running:
                one.cancel()


async def until(holds: Callable[[], bool], *, within_s: float = 30) -> None:
    """Wait for something."""
    async with asyncio.timeout(within_s):
        while True:
            if holds():
                return
            await asyncio.sleep(0.02)


@pytest.fixture(autouse=True)
def quick_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is due is sent at once."""
    monkeypatch.setattr(sending, "LOOK_EVERY_S", 0.02)


@pytest.fixture
def receiver() -> Iterator[MailReceiver]:
    """The shop's mail server."""
    with running_mail_server() as receiver:
        yield receiver


@pytest.fixture
async def desk(database: Database, shop: Shop, clock: Clock, receiver: MailReceiver) -> MailDesk:
    """A shop that sends e-mails."""
    put_on_sale(database, "tea", price_minor=10, stock=1_000)
    desk = MailDesk(database, shop, clock)
    await desk.send_by(receiver.settings())
    return desk
