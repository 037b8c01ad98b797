"""Guests' streams at the relay, beside the show of their room: who may send and get them."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from backend.contract.base import HOST_USER, RejectReason, Role
from backend.features.actor import Actor
from backend.features.deliveries import Rejection
from backend.features.guests.guests import AskSeat, RecordGuestStream
from backend.http.token_check import TokenCheck
from backend.identity.auth import Claims, TokenError, WrongRoomError
from backend.relay.doors import Door, PathParameters, PublishDenial
from backend.relay.messages import PeerRole
from backend.relay.streams import beside, room_of
from backend.relay.succession import Contender
from backend.storage.database import StorageError

log = logging.getLogger("livestall.media")

# How long one who lost their seat may go on sending; the studio shows nothing of it from the first moment.
LOOK_EVERY_S: Final = 1.0
HOST: Final = Actor(HOST_USER, Role.HOST)
NEEDS_SEAT: Final = "Guests send their own token of this room: Authorization: Bearer <token>."
KIND: Final = "guests"


class GuestRoom(Protocol):
    """What must know whether its guests' streams come."""

    async def execute(self, command: AskSeat | RecordGuestStream, actor: Actor) -> Rejection | None:
        """Carry a command out; why not, where it is not done."""


class GuestRelay(Protocol):
    """What is asked of the relay."""

    @property
    def publishers(self) -> set[tuple[str, str]]:
        """Who publishes, or is about to: streams and parties."""

    def is_publishing(self, stream: str) -> bool:
        """Whether a stream comes."""

    async def cut(self, stream: str, party: str) -> None:
        """Close what a party publishes."""


class GuestStreams:
    """Lets in who has a seat, and cuts off who has none any more.

    Args:
        rooms: by id, as they are at the moment.
    """

    def __init__(
        self, relay: GuestRelay, tokens: TokenCheck, rooms: Callable[[], Mapping[str, GuestRoom]]
    ) -> None:
        self._relay = relay
        self._tokens = tokens
        self._rooms = rooms
        self._changed = asyncio.Event()

    def doors(self) -> list[Door]:
        """Return where guests publish, and where the studio and the other guests get their streams."""
        return [
            Door(
                "/whip/{room}/guests/{user_id}",
                PeerRole.PUBLISHER,
                self._stream_of,
                self._authorize_guest,
                NEEDS_SEAT,
            ),
            Door(
                "/whep/{room}/guests/{user_id}",
                PeerRole.SUBSCRIBER,
                self._stream_of,
                self._authorize_listener,
                NEEDS_SEAT,
            ),
        ]

    def changed(self) -> None:
        """Look at once: a stream came or went."""
        self._changed.set()

    async def watch(self) -> None:
        """Tell rooms whose streams come, and cut off who has no seat, until cancelled."""
        told: set[str] = set()
        while True:
            told = await self._look(told)
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._changed.wait()
            except TimeoutError:
                pass
            self._changed.clear()

    async def _look(self, told: set[str]) -> set[str]:
        """Return whose streams come; those who were told of and are gone, the rooms hear of."""
        coming = {stream for stream, _ in self._relay.publishers if _guest(stream)}
        streaming = {stream for stream in coming if self._relay.is_publishing(stream)}
        for stream in sorted(told - streaming):
            await self._record(stream, is_streaming=False)
        for stream in sorted(streaming):
            if await self._record(stream, is_streaming=True) is RejectReason.FORBIDDEN:
                await self._relay.cut(stream, _guest(stream))
        return streaming

    async def _record(self, stream: str, *, is_streaming: bool) -> RejectReason | None:
        room = self._rooms().get(room_of(stream))
        if room is None:
            return RejectReason.FORBIDDEN
        rejection = await room.execute(RecordGuestStream(_guest(stream), is_streaming), HOST)
        return rejection.reason if rejection is not None else None

    def _stream_of(self, path: PathParameters) -> str | None:
        return beside(path["room"], KIND, path["user_id"]) if path["room"] in self._rooms() else None

    async def _authorize_guest(self, path: PathParameters, token: str | None) -> Contender | PublishDenial:
        claims = await self._claims(path["room"], token)
        if isinstance(claims, PublishDenial):
            return claims
        if claims.user_id != path["user_id"]:
            return PublishDenial.FORBIDDEN
        return await self._seated(path["room"], claims)

    async def _authorize_listener(self, path: PathParameters, token: str | None) -> Contender | PublishDenial:
        claims = await self._claims(path["room"], token)
        if isinstance(claims, PublishDenial):
            return claims
        if claims.role is Role.HOST:
            return Contender(claims.user_id)
        return await self._seated(path["room"], claims)

    async def _seated(self, room: str, claims: Claims) -> Contender | PublishDenial:
        actor = Actor(claims.user_id, claims.role, version=claims.version)
        rejection = await self._rooms()[room].execute(AskSeat(), actor)
        if rejection is None:
            # A page that was reloaded takes over from its own stream that still comes.
            return Contender(claims.user_id, takes_over=True)
        is_down = rejection.reason is RejectReason.UNAVAILABLE
        return PublishDenial.UNAVAILABLE if is_down else PublishDenial.FORBIDDEN

    async def _claims(self, room: str, token: str | None) -> Claims | PublishDenial:
        try:
            return await self._tokens.verify(token or "", room)
        except WrongRoomError:
            return PublishDenial.FORBIDDEN
        except TokenError:
            return PublishDenial.UNAUTHORIZED
        except StorageError as error:
            log.warning("tokens cannot be looked up: %s", error)
            return PublishDenial.UNAVAILABLE


def _guest(stream: str) -> str:
    """Return whose stream it is; empty of all that is no guest's."""
    return stream.partition(f"/{KIND}/")[2]
