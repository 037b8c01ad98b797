"""Moves campaigns on when their time has come, and ends those whose live session is over."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import msgspec
from sqlalchemy import Connection, func, select

from backend.contract.campaigns import CampaignKind, CampaignPhase, EndReason
from backend.shop.campaigns.kind import Kind, NotArmed
from backend.shop.campaigns.rows import (
    CampaignRow,
    change_campaign,
    find_campaign,
    read_readable_running,
)
from backend.shop.campaigns.telling import tell_rooms
from backend.shop.left_alone import LeftAlone
from backend.shop.orders.known import read_sessions
from backend.storage.campaign_tables import CAMPAIGNS
from backend.storage.database import Database, StorageError
from backend.storage.writer import BusyError, GroupWriter

log = logging.getLogger("livestall.shop")

LOOK_EVERY_S: Final = 0.5
LEAST_S: Final = 0.01
# How long a campaign is left alone that could not be moved on: a show does not wait for ten minutes.
PAUSE_MS: Final = 10_000
_TAKES_REQUESTS: Final = frozenset({CampaignPhase.PREHEAT, CampaignPhase.OPEN})


class CampaignTimer:
    """The clock of campaigns: any node's may move one on, the first does.

    Args:
        kinds: by name.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        database: Database,
        writer: GroupWriter,
        kinds: Mapping[CampaignKind, Kind],
        *,
        clock_ms: Callable[[], int],
    ) -> None:
        self._database = database
        self._writer = writer
        self._kinds = kinds
        self._clock_ms = clock_ms
        self._left_alone = LeftAlone(clock_ms, longest_ms=PAUSE_MS)

    async def run(self) -> None:
        """Look for ever."""
        while True:
            try:
                await self.sweep()
                rest_s = await self._database.read(self._rest_s)
            except (StorageError, BusyError) as error:
                log.warning("Campaigns were not moved on this time: %s", error)
                rest_s = LOOK_EVERY_S
            except Exception:
                # The border of a task: what nobody foresaw must not end it.
                log.exception("Campaigns were not moved on this time")
                rest_s = LOOK_EVERY_S
            await asyncio.sleep(rest_s)

    async def sweep(self) -> None:
        """Do what is due now."""
        for row in await self._database.read(self._due):
            try:
                await self._writer.run(partial(self._move, campaign_id=row.campaign_id))
            except BusyError:
                raise  # all of them would be turned away now
            except Exception:
                # One that fails, by its rows or by the database, must not hold up the others.
                log.exception("The campaign %s was not moved on this time", row.campaign_id)
                self._left_alone.add(row.campaign_id)
            else:
                self._left_alone.forget(row.campaign_id)

    def _on_unreadable(self, campaign_id: str, error: msgspec.MsgspecError) -> None:
        # One of a newer version, as may be: it is looked at with each sweep, and told now and then.
        if campaign_id not in self._left_alone.names():
            log.error("The campaign %s cannot be read: %s", campaign_id, error)
            self._left_alone.add(campaign_id)

    def _rest_s(self, connection: Connection) -> float:
        at_ms = connection.scalar(
            select(func.min(CAMPAIGNS.c.next_at_ms)).where(CAMPAIGNS.c.next_at_ms > self._clock_ms())
        )
        if at_ms is None:
            return LOOK_EVERY_S
        return min(max((int(at_ms) - self._clock_ms()) / 1000, LEAST_S), LOOK_EVERY_S)

    def _due(self, connection: Connection) -> list[CampaignRow]:
        now_ms = self._clock_ms()
        readable = read_readable_running(connection, self._on_unreadable)
        left_alone = set(self._left_alone.names())
        running = [row for row in readable if row.campaign_id not in left_alone]
        sessions = read_sessions(connection, {row.room_id for row in running})
        return [row for row in running if _is_due(row, sessions, now_ms)]

    def _move(self, connection: Connection, campaign_id: str) -> None:
        row, now_ms = find_campaign(connection, campaign_id), self._clock_ms()
        if row is None or row.is_over:
            return
        kind, sessions = self._kinds[row.kind], read_sessions(connection, {row.room_id})
        if row.next_at_ms is not None and row.next_at_ms <= now_ms:
            change = kind.move_on(connection, row, now_ms)
        elif _is_left(row, sessions):
            stopped = kind.stop(connection, row, EndReason.SESSION_ENDED, now_ms)
            if isinstance(stopped, NotArmed):
                return  # it ends by its own time
            change = stopped
        else:
            return
        changed = change_campaign(connection, row, change)
        if changed is not None:
            tell_rooms(connection, self._kinds, [changed], now_ms)


def _is_due(row: CampaignRow, sessions: Mapping[str, str], now_ms: int) -> bool:
    is_time = row.next_at_ms is not None and row.next_at_ms <= now_ms
    return is_time or _is_left(row, sessions)


def _is_left(row: CampaignRow, sessions: Mapping[str, str]) -> bool:
    """Whether the live session that it was begun in is over."""
    return row.phase in _TAKES_REQUESTS and sessions.get(row.room_id) != row.session_id
