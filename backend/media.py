"""Lets rooms and relay know of each other: who may publish, who does, and how the relay is doing."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Protocol

import msgspec
from starlette.routing import BaseRoute

from backend.auth import Right, TokenError, TokenSigner, WrongRoomError
from backend.contract.startup import StartProblem
from backend.data_folder import StartError
from backend.relay.client import RelayClient
from backend.relay.http import OfferPace, RelayLike, Verdict, relay_routes
from backend.relay.messages import RoomStats, WorkerStats
from backend.requests import address_of

PublisherHeard = Callable[[str, bool], None]


class OnAir(Protocol):
    """What must know whether its stream comes."""

    def publisher_changed(self, *, is_publishing: bool) -> None:
        """Take in that the relay gets a stream now, or none any more."""


class RelayReport(msgspec.Struct, frozen=True):
    """The relay in numbers: the worker, and the room's tracks and peers; None while it is down."""

    worker: WorkerStats | None
    room: RoomStats | None


class Media:
    """The relay at the service of the rooms.

    Args:
        make_relay: makes the client; it calls what it is given with a room and whether it gets media.
        signer: tells whose token may publish.
        share: makes of this node's relay that of all nodes.
        pace: how often one address may offer to publish or to watch.
    """

    def __init__(
        self,
        make_relay: Callable[[PublisherHeard], RelayClient],
        signer: TokenSigner,
        share: Callable[[RelayLike], RelayLike] = lambda relay: relay,
        pace: OfferPace = OfferPace(),  # noqa: B008  # a tuple
    ) -> None:
        self._relay = make_relay(self._on_publisher_changed)
        self._shared = share(self._relay)
        self._signer = signer
        self._pace = pace
        self._rooms: Mapping[str, OnAir] = {}

    def routes(self) -> Sequence[BaseRoute]:
        """Return the routes of WHIP and WHEP."""
        return relay_routes(self._shared, self._authorize, self._rooms_have, self._pace, address_of)

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
            yield

    async def report(self, room: str) -> RelayReport:
        """Return the relay's numbers for one room."""
        stats = await self._relay.stats()
        if stats is None:
            return RelayReport(None, None)
        ours = next((one for one in stats.rooms if one.room == room), None)
        return RelayReport(stats.worker, ours)

    def _rooms_have(self, room: str) -> bool:
        return room in self._rooms

    def _on_publisher_changed(self, room: str, is_publishing: bool) -> None:  # noqa: FBT001 - the relay's call
        if room in self._rooms:
            self._rooms[room].publisher_changed(is_publishing=is_publishing)

    def _authorize(self, room: str, token: str | None) -> Verdict:
        try:
            claims = self._signer.verify(token or "", room)
        except WrongRoomError:
            return Verdict.FORBIDDEN
        except TokenError:
            return Verdict.UNAUTHORIZED
        return Verdict.ALLOWED if Right.PUBLISH in claims.rights else Verdict.FORBIDDEN
