"""What the host asks about stream keys: which there are, to make one, to revoke one."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from backend.contract.stream_keys import NewStreamKey, StreamKey, StreamKeys
from backend.features.actor import Actor
from backend.features.live.stream_key_log import RecordStreamKey
from backend.http.problems import json_response
from backend.http.request_limits import read_body
from backend.http.token_check import TokenCheck
from backend.identity.stream_keys import StreamKeyError, StreamKeyStore, party_of
from backend.room.connection import Venue
from backend.storage.database import StorageError

FOR_THE_HOST: Final = "Stream keys are the host's. Send the host token."
NO_KEY: Final = "There is no such stream key; it may have been revoked already."
UNAVAILABLE: Final = "The backend could not keep it; its log names the cause. Try again."


class Publishing(Protocol):
    """What the routes need of `Media`."""

    def keys_changed(self, room: str) -> None:
        """Take in that a key was made or revoked."""

    async def standing(self, room: str) -> tuple[str, Sequence[str]]:
        """Return the party that publishes, and those that are held back."""

    async def let_in(self, room: str, party: str) -> None:
        """Hold a party back no more."""


class StreamKeyRoutes:
    """The routes of stream keys.

    Args:
        rooms: by room id.
        tokens: tell who is the host.
        media: hears which rooms' keys have changed, and knows who publishes.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        store: StreamKeyStore,
        *,
        rooms: Mapping[str, Venue],
        tokens: TokenCheck,
        media: Publishing,
        clock_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._tokens = tokens
        self._media = media
        self._clock_ms = clock_ms

    def routes(self) -> list[BaseRoute]:
        """Return them."""
        base = "/api/rooms/{room}/stream-keys"
        return [
            Route(base, self.list_keys),
            Route(base, self.make, methods=["POST"]),
            Route(f"{base}/{{key_id}}", self.revoke, methods=["DELETE"]),
            Route(f"{base}/{{key_id}}/let-in", self.let_in, methods=["POST"]),
        ]

    async def list_keys(self, request: Request) -> Response:
        """List the room's keys; the keys themselves nobody knows here."""
        room, _ = await self._host(request)
        keys = await self._all(room)
        publisher, held_back = await self._media.standing(room)
        shown = [
            msgspec.structs.replace(
                key, is_publishing=party_of(key) == publisher, is_held_back=party_of(key) in held_back
            )
            for key in keys
        ]
        return json_response(StreamKeys(shown))

    async def _all(self, room: str) -> list[StreamKey]:
        try:
            return [key for key, _digest in await asyncio.to_thread(self._store.all, room)]
        except StorageError as error:
            raise HTTPException(503, UNAVAILABLE) from error

    async def make(self, request: Request) -> Response:
        """Honour a key that the host made, from now on."""
        room, actor = await self._host(request)
        wanted = await read_body(request, NewStreamKey)
        try:
            key = await asyncio.to_thread(self._store.add, room, wanted.name, wanted.digest, self._clock_ms())
        except StreamKeyError as error:
            raise HTTPException(error.status, str(error)) from error
        except StorageError as error:
            raise HTTPException(503, UNAVAILABLE) from error
        if await self._rooms[room].execute(RecordStreamKey("made", key.name), actor) is not None:
            await asyncio.to_thread(self._store.remove, room, key.key_id)  # what is not on record is not made
            raise HTTPException(503, UNAVAILABLE)
        self._media.keys_changed(room)
        return json_response(key)

    async def revoke(self, request: Request) -> Response:
        """Make a key worthless, and end what is published with it."""
        room, actor = await self._host(request)
        try:
            key = await self._remove(room, str(request.path_params["key_id"]))
        except StorageError as error:
            raise HTTPException(503, UNAVAILABLE) from error
        await self._rooms[room].execute(RecordStreamKey("revoked", key.name), actor)
        return json_response(key)

    async def let_in(self, request: Request) -> Response:
        """Let a key publish again that was displaced: it may take the room over like any other."""
        room, actor = await self._host(request)
        key_id = str(request.path_params["key_id"])
        key = next((key for key in await self._all(room) if key.key_id == key_id), None)
        if key is None:
            raise HTTPException(404, NO_KEY)
        if await self._rooms[room].execute(RecordStreamKey("let_in", key.name), actor) is not None:
            raise HTTPException(503, UNAVAILABLE)
        await self._media.let_in(room, party_of(key))
        return json_response(key)

    async def _remove(self, room: str, key_id: str) -> StreamKey:
        key = await asyncio.to_thread(self._store.remove, room, key_id)
        if key is None:
            raise HTTPException(404, NO_KEY)
        self._media.keys_changed(room)
        return key

    async def _host(self, request: Request) -> tuple[str, Actor]:
        room = str(request.path_params["room"])
        if room not in self._rooms:
            raise HTTPException(404, f"There is no room {room!r}. Check the address.")
        claims = await self._tokens.host(request, room, FOR_THE_HOST)
        return room, Actor(claims.user_id, claims.role)
