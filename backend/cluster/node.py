"""One node of several: it lets viewers in to every room, and owns the rooms that no other node owns."""

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import Callable, Mapping
from typing import Final

from backend.cluster.bus import Bus
from backend.cluster.front import RoomFront
from backend.cluster.lease import CLAIM_S, LEASE_MS, RENEW_S, Lease, LeaseStore
from backend.cluster.owner import OwnedRoom
from backend.room.room import Room
from backend.storage.database import StorageError

log = logging.getLogger("livestall.cluster")

# Before the lease is over by the database's clock, it is over by ours.
GIVE_UP_AFTER_S: Final = LEASE_MS / 1000 - 0.5


class Node:
    """Works until cancelled; then its rooms are free at once.

    Args:
        fronts: what its viewers see of the rooms, by room id.
        open_room: opens a room from what is kept, for its new owner; blocks.
    """

    def __init__(
        self,
        node_id: str,
        *,
        fronts: Mapping[str, RoomFront],
        leases: LeaseStore,
        bus: Bus,
        open_room: Callable[[Lease], Room],
    ) -> None:
        self._node_id = node_id
        self._fronts = fronts
        self._leases = leases
        self._bus = bus
        self._open_room = open_room

    async def run(self) -> None:
        """Serve until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for room_id, front in self._fronts.items():
                tasks.create_task(front.run(), name=f"front of room {room_id}")
                tasks.create_task(self._keep_claiming(room_id), name=f"claim of room {room_id}")

    async def _keep_claiming(self, room_id: str) -> None:
        while True:
            try:
                lease = await asyncio.to_thread(self._leases.take, room_id, self._node_id)
                if lease is not None:
                    await self._own(lease)
            except StorageError as error:
                log.warning("room %s cannot be owned now: %s", room_id, error)
            except Exception:  # the top of a task: one room must not take all others with it
                log.exception("room %s failed; it is opened again", room_id)
            # Nodes that start together do not ask together for ever.
            await asyncio.sleep(CLAIM_S * random.uniform(0.75, 1.25))

    async def _own(self, lease: Lease) -> None:
        log.info("this node owns room %s now (term %d)", lease.room_id, lease.term)
        try:
            async with asyncio.TaskGroup() as tasks:
                holding = tasks.create_task(self._hold(lease), name=f"lease of room {lease.room_id}")
                serving = tasks.create_task(self._serve(lease), name=f"ownership of room {lease.room_id}")
                await asyncio.wait((holding, serving), return_when=asyncio.FIRST_COMPLETED)
                holding.cancel()
                serving.cancel()
        except* StorageError as errors:
            log.warning("room %s is given up: %s", lease.room_id, errors.exceptions[0])
        finally:
            with contextlib.suppress(StorageError):
                await asyncio.shield(asyncio.to_thread(self._leases.release, lease))

    async def _serve(self, lease: Lease) -> None:
        room = await asyncio.to_thread(self._open_room, lease)
        await OwnedRoom(room, lease, self._bus).run()

    async def _hold(self, lease: Lease) -> None:
        renewed_at_s = time.monotonic()
        while True:
            await asyncio.sleep(RENEW_S)
            asked_at_s = time.monotonic()
            try:
                async with asyncio.timeout(GIVE_UP_AFTER_S - (asked_at_s - renewed_at_s)):
                    is_ours = await asyncio.to_thread(self._leases.renew, lease)
            except TimeoutError:
                log.warning("the lease of room %s could not be renewed in time", lease.room_id)
                return
            if not is_ours:
                log.warning("room %s has another owner", lease.room_id)
                return
            renewed_at_s = asked_at_s
