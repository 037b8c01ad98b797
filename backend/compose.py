"""Puts the backend's parts together; nothing else does."""

import asyncio
import secrets
import socket
import time
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Final

import msgspec

from backend.accounts import AccountStore
from backend.app import AppParts, Hosted, make_app
from backend.auth import TicketOffice, TokenSigner
from backend.commerce.catalog import CatalogStore
from backend.commerce.demo import DEMO_COINS, DEMO_PRODUCTS
from backend.commerce.gifts import GiftShelf, read_gifts
from backend.commerce.wallet import WalletJournal
from backend.insights.audit import AuditLog
from backend.insights.event_log import EventLog
from backend.media import Media
from backend.options import DEFAULT_ROOM, ServeOptions
from backend.player_files import PlayerFiles
from backend.room.chat_store import ChatStore
from backend.room.product_keeper import ProductKeeper
from backend.room.room import Room
from backend.room.state import RoomState, restored
from backend.room.store import RoomStore
from backend.room.words import WordFile
from backend.server import BackendServer
from backend.storage.database import Database

DEFAULT_TITLE: Final = "直播间"
BLOCKED_WORDS: Final = "blocked-words.txt"
PLAYER: Final = Path(__file__).parent / "player"
RESOURCES: Final = Path(__file__).parent.parent / "resources"
DEMO_PICTURES: Final = RESOURCES / "demo" / "products"
GIFTS: Final = RESOURCES / "gifts"


class Backend:
    """A backend in working order.

    Args:
        folder: its data folder.
        database: opened; it stays the caller's.
        signer: signs and checks the tokens of its rooms.
        media: the relay; None for rooms without a picture.
    """

    def __init__(
        self,
        options: ServeOptions,
        folder: Path,
        *,
        database: Database,
        signer: TokenSigner,
        media: Media | None = None,
    ) -> None:
        self.rooms = _open_rooms(options, folder, database)
        self._media = media
        parts = _make_parts(options, folder, self.rooms, signer)
        if media is not None:
            parts = msgspec.structs.replace(parts, media_routes=media.routes(), read_stats=media.report)
        self.server = BackendServer(make_app(parts))

    async def run(self, listener: socket.socket) -> None:
        """Serve on a listening socket until `end`."""
        rooms = {room_id: hosted.room for room_id, hosted in self.rooms.items()}
        async with self._media.serving(rooms) if self._media else nullcontext(), asyncio.TaskGroup() as tasks:
            working = [tasks.create_task(room.run()) for room in rooms.values()]
            await self.server.serve(sockets=[listener])
            for task in working:
                task.cancel()

    def end(self) -> None:
        """Close what is open in good order; `run` then returns."""
        self.server.should_exit = True


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _shelf(options: ServeOptions) -> GiftShelf:
    return GiftShelf(read_gifts(GIFTS), demo_coins=DEMO_COINS if options.has_demo else 0)


def _open_rooms(options: ServeOptions, folder: Path, database: Database) -> dict[str, Hosted]:
    epoch = secrets.token_hex(6)
    return {room_id: _open_room(room_id, options, folder, database, epoch) for room_id in options.rooms}


def _open_room(room_id: str, options: ServeOptions, folder: Path, database: Database, epoch: str) -> Hosted:
    store, catalog_store = RoomStore(database, room_id), CatalogStore(database, room_id)
    opened = store.open(DEFAULT_TITLE, _now_ms())
    if options.has_demo or (opened.is_new and room_id == DEFAULT_ROOM):
        catalog_store.seed(DEMO_PRODUCTS)
    catalog = catalog_store.load()
    remembered = store.load()
    state = RoomState(
        catalog,
        new_session_id=lambda: secrets.token_hex(8),
        facts=restored(remembered.facts, remembered.alive_at_ms) if remembered else None,
    )
    event_log = EventLog(database, room_id, [WalletJournal(room_id), ProductKeeper(catalog_store)])
    words = WordFile(folder / BLOCKED_WORDS)
    room = Room(
        room_id,
        opened.title,
        state=state,
        keeper=store,
        epoch=epoch,
        clock_ms=_now_ms,
        chat_keeper=ChatStore(event_log, catalog, words, shelf=_shelf(options)),
    )
    return Hosted(room, catalog, AccountStore(database, room_id), AuditLog(event_log))


def _make_parts(
    options: ServeOptions, folder: Path, rooms: Mapping[str, Hosted], signer: TokenSigner
) -> AppParts:
    names = ("localhost", socket.gethostname(), f"{socket.gethostname()}.local", *options.names)
    return AppParts(
        rooms=rooms,
        signer=signer,
        tickets=TicketOffice(),
        player=PlayerFiles(PLAYER),
        pictures=(folder / "products", DEMO_PICTURES),
        gifts=_shelf(options).catalog,
        gift_pictures=GIFTS,
        names=names,
        enters_per_second=options.enters_per_second,
        enters_at_once=options.enters_at_once,
        clock_ms=_now_ms,
    )
