"""A room on air, for tests of the player: the real routes and room, a stand-in for the relay."""

import asyncio
import secrets
import socket
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from backend.contract.base import Role
from backend.contract.cards import HideCard, ShowCard
from backend.contract.live import EndLive, GoLive, PauseLive, ResumeLive
from backend.contract.protocol import Command
from backend.contract.shop import Product
from backend.egress.egress import Egress
from backend.egress.http import FragmentRoutes
from backend.features.actor import Actor
from backend.features.chat.blocked_words import WordFile
from backend.features.gifts.catalog import GiftShelf, read_gifts
from backend.features.live.live import RecordPublisher
from backend.features.live.store import RoomStore
from backend.features.surroundings import Surroundings
from backend.http.app_parts import AppParts, Hosted
from backend.http.player_files import PlayerFiles
from backend.http.request_limits import address_of
from backend.http.routes import make_app
from backend.identity.accounts import AccountStore
from backend.identity.auth import TicketOffice, TokenSigner
from backend.limits import OfferPace
from backend.room.fanout_protocol import FanoutProtocol
from backend.room.history import History
from backend.room.room import Room
from backend.shop.room_products import Catalog
from tests.support.canned_egress import CannedEgress
from tests.support.log_memory import LogMemory
from tests.support.memory_shop import MemoryShop
from tests.support.migrated import open_migrated
from tests.support.whep_peer import WhepPeer

ROOT = Path(__file__).parents[2]
GIFTS = ROOT / "resources" / "gifts"
DEMO_COINS = 3000
ROOM = "studio"
HOST = Actor("host", Role.HOST)


def clock_ms() -> int:
    """The server's time."""
    return time.time_ns() // 1_000_000


class Show:
    """A backend with one room, and the wires to move it.

    Args:
        products: what the room sells.
        title: the room's title.
        pictures: the folder with the products' pictures.

    Attributes:
        canned: the stream for those who get it over HTTP.
        relay_outlives_backend: the relay goes on when `running` ends.
    """

    def __init__(self, products: list[Product], title: str, pictures: Path) -> None:
        self.whep = WhepPeer()
        self.canned = CannedEgress()
        self.relay_outlives_backend = False
        self._title = title
        self._catalog = Catalog(products)
        self._shelf = GiftShelf(read_gifts(GIFTS), demo_coins=DEMO_COINS)
        self._shop = MemoryShop(self._catalog)
        around = Surroundings(
            self._catalog, WordFile(None), shelf=self._shelf, shop=self._shop, gift_shop=self._shop
        )
        self._log = LogMemory(around)
        self._pictures = pictures
        self._signer = TokenSigner(b"a secret for tests, 32 bytes long")
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._folder = tempfile.TemporaryDirectory()
        self._database = open_migrated(Path(self._folder.name))
        RoomStore(self._database, ROOM).open(title, clock_ms())
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/r/{ROOM}"

    @property
    def room(self) -> Room:
        """The room as it runs now."""
        return self._room

    async def go_live(self) -> None:
        """The host goes live, and the relay gets the stream."""
        await self.do(GoLive())
        await self.publish()

    async def publish(self) -> None:
        """The relay gets the host's stream."""
        await self._publisher_changed(is_publishing=True)

    async def lose_publisher(self) -> None:
        """The relay gets no stream any more."""
        await self._publisher_changed(is_publishing=False)

    async def _publisher_changed(self, *, is_publishing: bool) -> None:
        self.canned.has_stream = is_publishing
        self._room.report(RecordPublisher(is_publishing))
        # The room decides in order: when the tick is done, so is what came before it.
        await self._room.tick()

    async def pause(self) -> None:
        """The host pauses."""
        await self.do(PauseLive())

    async def resume(self) -> None:
        """The host goes on."""
        await self.do(ResumeLive())

    async def end(self) -> None:
        """The host ends it."""
        await self.do(EndLive())

    async def show(self, product_id: str) -> None:
        """The host puts a card on air."""
        await self.do(ShowCard(product_id))

    async def hide(self) -> None:
        """The host takes it off."""
        await self.do(HideCard())

    async def do(self, command: Command, actor: Actor = HOST) -> None:
        """A command, the host's if nobody else is named; it must not be refused."""
        rejection = await self._room.execute(command, actor)
        assert rejection is None, f"{command} was refused: {rejection}"

    def drop_sockets(self) -> int:
        """Cut every WebSocket as a lost line does; returns how many there were."""
        sockets = [one for one in self._server.server_state.connections if isinstance(one, FanoutProtocol)]
        for one in sockets:
            one.transport.abort()
        return len(sockets)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve until the block ends; a second time it is a backend that started anew, on the same port."""
        history = History(secrets.token_hex(4))
        self._room = Room(
            ROOM, self._title, store=self._log, history=history, clock_ms=clock_ms, mailbox=self._shop
        )
        egress = Egress(self.canned, self.canned.run)
        self._server = uvicorn.Server(uvicorn.Config(self._app(egress), ws=FanoutProtocol, **_QUIET))
        async with egress, asyncio.TaskGroup() as tasks:
            deciding = tasks.create_task(self._room.run())
            tasks.create_task(self._server.serve([self._listener.dup()]))
            try:
                yield
            finally:
                self._server.should_exit = True
                self.drop_sockets()
                if not self.relay_outlives_backend:
                    await self.whep.cut()
                deciding.cancel()

    def close(self) -> None:
        """Give the port back, and forget the accounts."""
        self._listener.close()
        self._database.close()
        self._folder.cleanup()

    def _app(self, egress: Egress) -> ASGIApp:
        fragments = FragmentRoutes(egress, lambda room: room == ROOM, OfferPace(), address_of)
        return make_app(
            AppParts(
                rooms={ROOM: Hosted(self._room, self._catalog)},
                accounts=AccountStore(self._database),
                signer=self._signer,
                tickets=TicketOffice(),
                player=PlayerFiles(ROOT / "backend" / "player"),
                pictures=[self._pictures],
                gifts=self._shelf.catalog,
                gift_pictures=GIFTS,
                names=[],
                enters_per_second=100,
                enters_at_once=100,
                clock_ms=clock_ms,
                media_routes=[*self.whep.routes(), *fragments.routes()],
            )
        )


_QUIET: dict[str, Any] = {
    "log_config": None,
    "access_log": False,
    "lifespan": "off",
    "ws_per_message_deflate": False,
    "timeout_graceful_shutdown": 1,
}
