"""Puts the backend's parts together; nothing else does."""

import asyncio
import secrets
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from backend.cluster.cluster import Cluster
from backend.cluster.front import RoomFront
from backend.cluster.node import Node
from backend.contract.base import HOST_USER, Role
from backend.contract.mail import PASSWORD_FILE
from backend.data_folder import StartError
from backend.erasing.eraser import Eraser
from backend.features.actor import Actor, SignOut
from backend.features.insights.audit import AuditLog
from backend.http.api.campaign_act_routes import CampaignActRoutes
from backend.http.api.coupon_claim_routes import CouponClaimRoutes
from backend.http.api.endpoint import AnyEndpoint
from backend.http.api.gift_routes import GiftRoutes
from backend.http.app_parts import AppParts, Hosted
from backend.http.player_files import PlayerFiles
from backend.http.public import certificate_of, trusted, viewer_base
from backend.http.rejections import Rejections
from backend.http.routes import make_app
from backend.http.server import BackendServer
from backend.http.stream_key_routes import StreamKeyRoutes
from backend.http.token_check import TokenCheck
from backend.identity.accounts import AccountStore
from backend.identity.auth import TicketOffice, Tickets, TokenSigner
from backend.identity.host_tokens import HostTokens, HostWatch
from backend.identity.stream_keys import StreamKeyStore
from backend.log.event_log import EventLog
from backend.mail_password import mail_password
from backend.media import Media
from backend.opening import GIFTS, RoomOpening, make_shelf
from backend.options import ServeOptions
from backend.payment_providers import open_providers
from backend.room.connection import Venue
from backend.room.history import History
from backend.room.room import Room
from backend.selling import Selling
from backend.shop.catalog.pictures.folder import PictureFolder
from backend.shop.coins.given import GivenGifts
from backend.shop.mail.mails import Mails
from backend.storage.database import Database
from backend.storage.database_clock import DatabaseClock

OWNED_WITHIN_S: Final = 15.0
PLAYER: Final = Path(__file__).parent / "player"
RESOURCES: Final = Path(__file__).parent.parent / "resources"
PICTURES: Final = "products"
DEMO_PICTURES: Final = RESOURCES / "demo" / "products"


class Backend:
    """A backend in working order.

    Args:
        folder: its data folder.
        database: opened; it stays the caller's.
        signer: signs and checks the tokens of its rooms.
        media: the relay; None for rooms without a picture.
        cluster: this node's place among others; None where it is alone.

    Attributes:
        rooms: what the routes know of each room.
        selling: the shop of all its rooms.
        endpoints: of the API.
        local: the rooms at work in this process alone; none where there are other nodes.
        on_host_renewed: called in a thread, with room and generation, where older host tokens ended.
    """

    def __init__(
        self,
        options: ServeOptions,
        folder: Path,
        *,
        database: Database,
        signer: TokenSigner,
        media: Media | None = None,
        cluster: Cluster | None = None,
    ) -> None:
        self._clock = DatabaseClock(database)
        self._clock.look()
        self.selling = _open_selling(options, folder, database, signer, self._clock)
        accounts = AccountStore(database)
        accounts.fill_keys()
        opening = partial(RoomOpening, database=database, accounts=accounts, shop=self.selling.shop)
        openings = [opening(room_id, options, folder, clock_ms=self._clock) for room_id in options.rooms]
        self._cluster = cluster
        self.on_host_renewed: Callable[[str, int], None] = lambda _room, _generation: None
        self._put_to_work(openings)
        self._venues: Mapping[str, Room | RoomFront] = {**self.local, **self._fronts}
        self.rooms = {one.room_id: _hosted(one, self._venues[one.room_id], database) for one in openings}
        self._eraser = Eraser(database, self._venues, clock_ms=self._clock)
        self.selling.on_erased = self._eraser.wake
        self._media = media
        host_tokens = HostTokens(database)
        self._host_watch = HostWatch(host_tokens, self._venues, self._end_host)
        self.endpoints = [*self.selling.endpoints, *self._in_rooms(database, signer)]
        parts = msgspec.structs.replace(
            _make_parts(
                options,
                folder,
                self.rooms,
                signer,
                cluster.tickets if cluster else TicketOffice(),
                clock_ms=self._clock,
            ),
            accounts=accounts,
            host_tokens=host_tokens,
            host_renewed=self._host_watch.look,
            endpoints=self.endpoints,
            pages=self.selling.routes,
            api_tokens=self.selling.api_tokens,
        )
        if media is not None:
            keys = _key_routes(database, self._venues, signer, host_tokens, media, clock_ms=self._clock)
            parts = _with_media(parts, media, keys)
        self.server = _make_server(options, parts)

    def _put_to_work(self, openings: Sequence[RoomOpening]) -> None:
        """Open the rooms here, or let the nodes agree on who owns them."""
        self._node: Node | None = None
        self.local: dict[str, Room] = {}
        self._fronts: dict[str, RoomFront] = {}
        cluster = self._cluster
        if cluster is None:
            epoch = secrets.token_hex(6)
            self.local = {opening.room_id: opening.open(History(epoch)) for opening in openings}
            return
        self._fronts = {one.room_id: cluster.front(one.room_id, one.refresh_catalog) for one in openings}
        by_room = {opening.room_id: opening for opening in openings}
        self._node = cluster.node(lambda lease: by_room[lease.room_id].open_owned(lease))

    def _in_rooms(self, database: Database, signer: TokenSigner) -> list[AnyEndpoint]:
        """Return the endpoints of what a room looks at before the shop decides it."""
        shop = self.selling.shop
        given = GivenGifts(database, shop.writer, clock_ms=self._clock)
        return [
            *GiftRoutes(self._venues, given).endpoints(),
            *CouponClaimRoutes(self._venues, shop.coupons).endpoints(),
            *CampaignActRoutes(self._venues, shop.campaigns, origin=signer.origin).endpoints(),
        ]

    async def run(self, listener: socket.socket) -> None:
        """Serve on a listening socket until `end`."""
        loop = asyncio.get_running_loop()
        self.selling.shop.writer.on_touched = lambda rooms: _soon(loop, self._tell_of_mail, rooms)
        media = self._media.serving(self._venues) if self._media else nullcontext()
        async with media, asyncio.TaskGroup() as tasks:
            working = [tasks.create_task(room.run()) for room in self.local.values()]
            if self._media is not None:
                watches = (
                    self._media.watch_keys(),
                    self._media.watch_names(),
                    self._media.watch_guests(),
                    self._media.write_take_overs(),
                )
                working += [tasks.create_task(one) for one in watches]
            working += [tasks.create_task(self._host_watch.run()), tasks.create_task(self.selling.run())]
            working += [tasks.create_task(self._eraser.run()), tasks.create_task(self._clock.run())]
            if self._cluster is not None and self._node is not None:
                await self._cluster.open()
                working.append(tasks.create_task(self._node.run()))
                await self._until_owned()
            await self.server.serve(sockets=[listener])
            for task in working:
                task.cancel()
        await self.selling.end()

    async def _end_host(self, room: str, generation: int) -> bool:
        if self._media is not None:
            await self._media.end_host(room)
        host = Actor(HOST_USER, Role.HOST)
        if await self._venues[room].execute(SignOut(generation), host) is not None:
            return False
        await asyncio.to_thread(self.on_host_renewed, room, generation)
        return True

    def _tell_of_mail(self, rooms: frozenset[str]) -> None:
        for room_id in rooms & self.rooms.keys():
            if self._cluster is None:
                self.local[room_id].look_for_mail()
            else:
                self._cluster.tell_of_mail(room_id)

    async def _until_owned(self) -> None:
        try:
            async with asyncio.timeout(OWNED_WITHIN_S):
                for front in self._fronts.values():
                    await front.until_attached()
        except TimeoutError:
            raise StartError(
                f"No node owns the rooms after {OWNED_WITHIN_S:.0f} s. Check that all nodes use the same "
                "--database and --bus, and that the bus lets them listen and send."
            ) from None

    def end(self) -> None:
        """Close what is open in good order; `run` then returns."""
        self.server.end()


def _open_selling(
    options: ServeOptions, folder: Path, database: Database, signer: TokenSigner, clock_ms: Callable[[], int]
) -> Selling:
    return Selling(
        database,
        open_providers(options, folder, database=database, clock_ms=clock_ms),
        pictures=PictureFolder(folder / PICTURES, DEMO_PICTURES),
        signer=signer,
        reach=options.webhooks,
        mails=lambda writer: Mails(
            database,
            writer,
            password=mail_password(folder),
            password_file=str(folder / PASSWORD_FILE),
            link_of=partial(_viewer_link, options),
            clock_ms=clock_ms,
        ),
        clock_ms=clock_ms,
    )


def _viewer_link(options: ServeOptions, room_id: str) -> str:
    # Without a name there is no address that a buyer could open from anywhere.
    return f"{viewer_base(options, '', options.port)}/r/{room_id}" if options.names else ""


def _soon(
    loop: asyncio.AbstractEventLoop, call: Callable[[frozenset[str]], None], rooms: frozenset[str]
) -> None:
    # The writer's thread may write after the loop has ended.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(call, rooms)


def _hosted(opening: RoomOpening, venue: Venue, database: Database) -> Hosted:
    room_id = opening.room_id
    audit = AuditLog(EventLog(database, room_id))
    return Hosted(venue, opening.catalog, audit)


def _make_server(options: ServeOptions, parts: AppParts) -> BackendServer:
    return BackendServer(
        make_app(parts),
        trusted_proxies=trusted(options.trusted_proxies),
        certificate=certificate_of(options),
        limits=options.limits,
        rejections=parts.rejections,
        uploads=[one.path for one in parts.endpoints if one.body_bytes > options.limits.body_bytes],
    )


def _with_media(parts: AppParts, media: Media, keys: StreamKeyRoutes) -> AppParts:
    routes = [*media.routes(), *keys.routes()]
    return msgspec.structs.replace(
        parts, media_routes=routes, read_stats=media.report, read_lines=media.lines
    )


def _key_routes(
    database: Database,
    rooms: Mapping[str, Venue],
    signer: TokenSigner,
    host_tokens: HostTokens,
    media: Media,
    *,
    clock_ms: Callable[[], int],
) -> StreamKeyRoutes:
    return StreamKeyRoutes(
        StreamKeyStore(database),
        rooms=rooms,
        tokens=TokenCheck(signer, host_tokens),
        media=media,
        clock_ms=clock_ms,
    )


def _make_parts(
    options: ServeOptions,
    folder: Path,
    rooms: Mapping[str, Hosted],
    signer: TokenSigner,
    tickets: Tickets,
    *,
    clock_ms: Callable[[], int],
) -> AppParts:
    given = [name.host for name in options.names]
    names = ("localhost", socket.gethostname(), f"{socket.gethostname()}.local", *given)
    return AppParts(
        rooms=rooms,
        signer=signer,
        tickets=tickets,
        player=PlayerFiles(PLAYER),
        pictures=(folder / PICTURES, DEMO_PICTURES),
        gifts=make_shelf(options).catalog,
        gift_pictures=GIFTS,
        names=names,
        prefix=options.prefix,
        enters_per_second=options.enters_per_second,
        hold_back_s=options.hold_back_s,
        api_pace=options.api,
        enters_at_once=options.enters_at_once,
        limits=options.limits,
        rejections=Rejections(),
        clock_ms=clock_ms,
    )
