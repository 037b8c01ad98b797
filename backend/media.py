"""Lets rooms and relay know of each other: who may publish, who does, and how the relay is doing."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Final, Protocol

import msgspec
from starlette.routing import BaseRoute

from backend.contract.base import HOST_USER, Role
from backend.contract.startup import StartProblem
from backend.contract.stream import StreamCondition, ViewerLines
from backend.data_folder import StartError
from backend.egress.egress import Egress
from backend.egress.http import FragmentRoutes
from backend.features.actor import Actor
from backend.features.deliveries import Rejection
from backend.features.guests.guests import AskSeat, RecordGuestStream
from backend.features.live.live import RecordConditions, RecordPublisher, StreamFact
from backend.features.live.stream_key_log import RecordStreamKeys, RecordTakeOver
from backend.guest_streams import GuestStreams
from backend.http.request_limits import address_of
from backend.http.token_check import TokenCheck
from backend.identity.auth import Right, TokenError, TokenSigner, WrongRoomError
from backend.identity.host_tokens import HostTokens
from backend.identity.stream_keys import KeyRing
from backend.limits import OfferPace
from backend.relay.client import RelayClient
from backend.relay.doors import PublishDenial, show_doors
from backend.relay.http import RelayLike, relay_routes
from backend.relay.messages import RoomStats, WorkerStats
from backend.relay.outcomes import RelayProblem
from backend.relay.succession import HOST_PARTY, Contender
from backend.storage.database import StorageError

log = logging.getLogger("livestall.media")

# How long a key that another program or node revoked may go on publishing; one revoked here is cut at once.
LOOK_EVERY_S: Final = 1.0

# Longer than it takes to make or revoke a key and write it down: what is otherwise then, another program did.
SETTLED_S: Final = 5.0
MOST_TAKE_OVERS: Final = 1000
HOST: Final = Actor(HOST_USER, Role.HOST)

PublisherHeard = Callable[[str, bool], None]


class OnAir(Protocol):
    """What must know whether its stream comes."""

    def report(self, fact: StreamFact) -> None:
        """Take in what the relay says of its stream."""

    async def execute(
        self,
        command: RecordStreamKeys | RecordTakeOver | AskSeat | RecordGuestStream,
        actor: Actor,
    ) -> Rejection | None:
        """Carry a command out; why not, where it is not done."""


class RelayReport(msgspec.Struct, frozen=True):
    """The relay in numbers: the worker, and the room's tracks and peers; None while it is down."""

    worker: WorkerStats | None
    room: RoomStats | None


class Media:
    """The relay at the service of the rooms.

    Args:
        make_relay: makes the client; it calls what it is given with a room and whether it gets media.
        signer: tells whose token may publish.
        keys: tells whose stream key may; None where there are none.
        host_tokens: tells which tokens of the host still count; None where all do.
        share: makes of this node's relay that of all nodes.
        pace: how often one address may offer to publish or to watch.
    """

    def __init__(
        self,
        make_relay: Callable[[PublisherHeard], RelayClient],
        signer: TokenSigner,
        keys: KeyRing | None = None,
        host_tokens: HostTokens | None = None,
        *,
        share: Callable[[RelayLike], RelayLike] = lambda relay: relay,
        pace: OfferPace = OfferPace(),  # noqa: B008  # a tuple
    ) -> None:
        self._relay = make_relay(self._on_publisher_changed)
        self._relay.on_conditions_changed = self._on_conditions_changed
        self._shared = share(self._relay)
        self._egress = Egress(self._relay)
        self._tokens = TokenCheck(signer, host_tokens)
        self._pace = pace
        self._keys = keys
        self._keys_changed = asyncio.Event()
        self._take_overs: asyncio.Queue[tuple[str, RecordTakeOver]] = asyncio.Queue(MOST_TAKE_OVERS)
        self._relay.on_taken_over = self._on_taken_over
        self._rooms: Mapping[str, OnAir] = {}
        self._guests = GuestStreams(self._relay, self._tokens, lambda: self._rooms)

    def routes(self) -> Sequence[BaseRoute]:
        """Return the routes of WHIP and WHEP, and of the fragments for who cannot use them."""
        doors = [*self._guests.doors(), *show_doors(self._authorize, self._rooms_have)]
        fragments = FragmentRoutes(self._egress, self._rooms_have, self._pace, address_of)
        return [*relay_routes(self._shared, doors, self._pace, address_of), *fragments.routes()]

    def _rooms_have(self, room: str) -> bool:
        return room in self._rooms

    @asynccontextmanager
    async def serving(self, rooms: Mapping[str, OnAir]) -> AsyncIterator[None]:
        """Run the relay for these rooms while the block runs; it is up when the block begins.

        Raises:
            StartError: it does not come up.
        """
        self._rooms = rooms
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self._relay)
            except (RuntimeError, ExceptionGroup) as error:
                raise StartError(
                    "The media relay did not start. Its reason stands above, or in the data folder's logs.",
                    StartProblem.RELAY,
                ) from error
            await stack.enter_async_context(self._egress)
            yield

    # --- Stream keys ---

    def keys_changed(self, room: str) -> None:
        """Cut off, now, who publishes with a key that is gone."""
        if self._keys is not None:
            self._keys.forget(room)
            self._keys_changed.set()

    async def watch_keys(self) -> None:
        """Cut off who publishes with a key that is gone, whoever revoked it, until cancelled."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._keys_changed.wait()
            self._keys_changed.clear()
            await self._cut_revoked()

    async def _cut_revoked(self) -> None:
        if self._keys is None:
            return
        for room, party in self._relay.publishers:
            try:
                may_publish = await self._keys.has(room, party)
            except StorageError as error:
                log.warning("stream keys cannot be looked up; who publishes goes on: %s", error)
                return
            if not may_publish:
                log.info("room %s: the stream key of %s was revoked", room, party)
                await self._relay.cut(room, party)

    async def watch_names(self) -> None:
        """Write down which keys other programs made and revoked, until cancelled."""
        before: dict[str, set[str]] = {}
        written: dict[str, RecordStreamKeys] = {}
        while self._keys is not None:
            for room in self._rooms:
                names = await self._names(self._keys, room)
                if names is not None:
                    seen = before.get(room, set())
                    before[room] = names
                    record = RecordStreamKeys(sorted(names & seen), sorted(names | seen))
                    if written.get(room) != record and await self._write(room, record):
                        written[room] = record
            await asyncio.sleep(SETTLED_S)

    async def _names(self, keys: KeyRing, room: str) -> set[str] | None:
        try:
            return await keys.names(room)
        except StorageError as error:
            log.warning("stream keys cannot be looked up: %s", error)
            return None

    async def watch_guests(self) -> None:
        """Tell rooms whose guests' streams come, and cut off who has no seat, until cancelled."""
        await self._guests.watch()

    async def write_take_overs(self) -> None:
        """Write down who took a room over from whom, until cancelled."""
        while True:
            room, record = await self._take_overs.get()
            await self._write(room, record)

    async def _write(self, room: str, record: RecordStreamKeys | RecordTakeOver) -> bool:
        rejection = await self._rooms[room].execute(record, HOST)
        if rejection is not None:
            log.warning("room %s: not written down (%s): %s", room, rejection.reason.value, record)
        return rejection is None

    def _on_taken_over(self, room: str, by: Contender, before: Contender) -> None:
        if room in self._rooms and not self._take_overs.full():
            self._take_overs.put_nowait((room, RecordTakeOver(by.name, before.name)))

    async def standing(self, room: str) -> tuple[str, Sequence[str]]:
        """Return the party that publishes through this node, empty for none, and those it holds back."""
        ours = (await self.report(room)).room
        return (ours.publisher, ours.held_back) if ours is not None else ("", ())

    async def let_in(self, room: str, party: str) -> None:
        """Let a party that was displaced take the room over like anybody."""
        await self._relay.let_in(room, party)

    async def listen_on(self, addresses: Sequence[str]) -> RelayProblem | None:
        """Let the relay follow the machine to these addresses; why it cannot, where it cannot to all."""
        return await self._relay.listen_on(addresses)

    async def report(self, room: str) -> RelayReport:
        """Return the relay's numbers for one room."""
        stats = await self._relay.stats()
        if stats is None:
            return RelayReport(None, None)
        ours = next((one for one in stats.rooms if one.room == room), None)
        return RelayReport(stats.worker, ours)

    async def lines(self, room: str) -> ViewerLines | None:
        """Return how a room's stream reaches its viewers; None while the relay is down."""
        return await self._relay.lines(room)

    def _on_publisher_changed(self, room: str, is_publishing: bool) -> None:  # noqa: FBT001 - the relay's call
        if room in self._rooms:
            self._rooms[room].report(RecordPublisher(is_publishing))
        else:
            self._guests.changed()

    def _on_conditions_changed(self, room: str, conditions: Sequence[StreamCondition]) -> None:
        if room in self._rooms:
            self._rooms[room].report(RecordConditions(list(conditions)))

    async def _authorize(self, room: str, token: str | None) -> Contender | PublishDenial:
        token = token or ""
        try:
            contender = await self._keys.contender(room, token) if self._keys is not None else None
        except StorageError as error:
            log.warning("stream keys cannot be looked up: %s", error)
            return PublishDenial.UNAVAILABLE
        return contender or await self._check_token(room, token)

    async def end_host(self, room: str) -> None:
        """Close what the host publishes on this node: the token it began with counts no more."""
        await self._relay.cut(room, HOST_PARTY)

    async def _check_token(self, room: str, token: str) -> Contender | PublishDenial:
        try:
            claims = await self._tokens.verify(token, room)
        except WrongRoomError:
            return PublishDenial.FORBIDDEN
        except TokenError:
            return PublishDenial.UNAUTHORIZED
        except StorageError as error:
            log.warning("host tokens cannot be looked up: %s", error)
            return PublishDenial.UNAVAILABLE
        return Contender(HOST_PARTY) if Right.PUBLISH in claims.rights else PublishDenial.FORBIDDEN
