"""The service of campaigns: staff arm and stop them, viewers take part, reports say what came of them."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import msgspec
from sqlalchemy import Connection

from backend.contract.base import RejectReason
from backend.contract.campaigns import (
    Campaign,
    CampaignKind,
    CampaignPhase,
    CampaignReport,
    CampaignsPage,
    CoinBudget,
    EndReason,
    MyPart,
    NewCampaign,
    StopCampaign,
    Template,
    TemplatesPage,
)
from backend.shop.campaigns.budget import read_budget, write_budget
from backend.shop.campaigns.kind import ActResult, CampaignAct, Kind, NotArmed
from backend.shop.campaigns.refusals import Refusals
from backend.shop.campaigns.reporting import report_on
from backend.shop.campaigns.rows import (
    NOTHING,
    CampaignRow,
    Change,
    change_campaign,
    find_campaign,
    insert_campaign,
    read_campaigns,
    read_running,
)
from backend.shop.campaigns.telling import shown, tell_rooms
from backend.shop.campaigns.templates import TooManyTemplates, add_template, drop_template, read_templates
from backend.shop.campaigns.timer import CampaignTimer
from backend.shop.idempotency import KeyReused, Request, whole, write_once
from backend.shop.ids import new_id
from backend.shop.orders.known import read_sessions
from backend.shop.people import Person
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

MOST_LISTED: Final = 50
OK: Final = 200
CREATED: Final = 201

NOT_LIVE: Final = NotArmed("not_live", "The room is not live. Go live first.")
RUNS_ALREADY: Final = NotArmed("already", "One of this kind runs already. Wait for its end, or stop it.")
OVER_BUDGET: Final = NotArmed(
    "over_budget", "It would give away more coins than the room's cap for one live session leaves."
)
NOT_OFFERED: Final = NotArmed("not_offered", "This backend does not know campaigns of this kind yet.")
NEEDS_REASON: Final = NotArmed("reason_needed", "People took part in it. Say why it is called off.")
IS_OVER: Final = NotArmed("over", "It is over already.")


class Campaigns:
    """The campaigns of the shop; all methods may raise `StorageError`, those that write `BusyError` too.

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
        self._acts = {act: operation for kind in kinds.values() for act, operation in kind.acts.items()}
        self._refusals = Refusals(writer)
        self._timer = CampaignTimer(database, writer, kinds, clock_ms=clock_ms)

    async def run(self) -> None:
        """Move campaigns on when their time has come, and write what was counted, for ever."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._timer.run())
            tasks.create_task(self._refusals.run())

    # --- Viewers ---

    async def act(self, act: CampaignAct) -> ActResult:
        """Decide what a viewer does, in its turn; what is refused, or cannot be decided, is counted."""
        try:
            refused = await self._writer.run_bulk(self._acts[type(act)], act)
        except Exception:
            self._count(act, RejectReason.UNAVAILABLE)
            raise
        if refused is not None:
            self._count(act, refused)
        return refused

    def count_refusal(self, campaign_id: str, reason: RejectReason, at_ms: int) -> None:
        """Count a request that was refused, for the report."""
        self._refusals.count(campaign_id, at_ms, reason)

    def _count(self, act: CampaignAct, reason: RejectReason) -> None:
        if act.is_counted:
            self.count_refusal(act.campaign_id, reason, act.at_ms)

    async def part_of(self, person: Person, campaign_id: str) -> MyPart | None:
        """Return what a person has of a campaign; None where there is none."""

        def read(connection: Connection) -> MyPart | None:
            row = _of_room(connection, person, campaign_id)
            return None if row is None else self._kinds[row.kind].part_of(connection, row, person.user_id)

        return await self._database.read(read)

    # --- Staff ---

    async def page(self, person: Person) -> CampaignsPage:
        """Return the newest campaigns of a room."""

        def read(connection: Connection) -> CampaignsPage:
            rows = read_campaigns(connection, person.room_id, MOST_LISTED)
            return CampaignsPage([shown(connection, self._kinds[row.kind], row) for row in rows])

        return await self._database.read(read)

    async def arm(
        self, person: Person, wish: NewCampaign, request: Request
    ) -> Campaign | NotArmed | KeyReused:
        """Announce a campaign; it opens by itself after its countdown."""
        act = partial(self._arm, person=person, wish=wish)
        return await write_once(
            self._writer, request, whole(Campaign), act, status=CREATED, clock_ms=self._clock_ms
        )

    async def stop(
        self, person: Person, campaign_id: str, wish: StopCampaign, request: Request
    ) -> Campaign | NotArmed | KeyReused | None:
        """End a campaign early; None where there is none."""
        act = partial(self._stop, person=person, campaign_id=campaign_id, wish=wish)
        return await write_once(
            self._writer, request, whole(Campaign), act, status=OK, clock_ms=self._clock_ms
        )

    async def close_early(
        self, person: Person, campaign_id: str, request: Request
    ) -> Campaign | NotArmed | KeyReused | None:
        """Bring the result of a campaign forward; None where there is none."""
        act = partial(self._close_early, person=person, campaign_id=campaign_id)
        return await write_once(
            self._writer, request, whole(Campaign), act, status=OK, clock_ms=self._clock_ms
        )

    async def bundle(self, person: Person, campaign_id: str) -> str | None:
        """Return the file with which anybody checks a campaign; None where there is nothing to check."""

        def read(connection: Connection) -> str | None:
            row = _of_room(connection, person, campaign_id)
            return None if row is None else self._kinds[row.kind].bundle(connection, row)

        return await self._database.read(read)

    async def report(self, person: Person, campaign_id: str) -> CampaignReport | None:
        """Return what came of a campaign; None where there is none."""
        await self._refusals.flush()

        def read(connection: Connection) -> CampaignReport | None:
            row = _of_room(connection, person, campaign_id)
            return None if row is None else report_on(connection, self._kinds[row.kind], row)

        return await self._database.read(read)

    async def templates(self, person: Person) -> TemplatesPage:
        """Return the templates of a room."""
        return await self._database.read(lambda connection: read_templates(connection, person.room_id))

    async def keep_template(
        self, person: Person, wish: NewCampaign, request: Request
    ) -> Template | TooManyTemplates | KeyReused:
        """Keep what staff chose, to start it again."""

        def act(connection: Connection) -> Template | TooManyTemplates:
            return add_template(connection, person, wish, self._clock_ms())

        return await write_once(
            self._writer, request, whole(Template), act, status=CREATED, clock_ms=self._clock_ms
        )

    async def drop_template(self, person: Person, template_id: str) -> TemplatesPage:
        """Keep a template no longer; return those that are left."""
        return await self._writer.run(
            lambda connection: drop_template(connection, person.room_id, template_id)
        )

    async def budget(self, person: Person) -> CoinBudget:
        """Return how many coins the campaigns of one session may give away."""
        return await self._database.read(lambda connection: read_budget(connection, person.room_id))

    async def set_budget(self, person: Person, session_coins: int | None) -> CoinBudget:
        """Set or lift the cap; what runs goes on."""
        return await self._writer.run(
            lambda connection: write_budget(connection, person.room_id, session_coins)
        )

    # --- In the writer's turn ---

    def _arm(self, connection: Connection, person: Person, wish: NewCampaign) -> Campaign | NotArmed:
        now_ms = self._clock_ms()
        session_id = read_sessions(connection, {person.room_id}).get(person.room_id)
        if session_id is None:
            return NOT_LIVE
        kind = self._kinds.get(CampaignKind(str(wish.terms.__struct_config__.tag)))
        if kind is None:
            return NOT_OFFERED
        row = _new_row(person, wish, session_id, coins=kind.coins(wish.terms), now_ms=now_ms)
        running = [one for one in read_running(connection, row.room_id) if one.kind is row.kind]
        if sum(kind.is_in_the_way(one) for one in running) >= kind.most_at_once:
            return RUNS_ALREADY
        if not _is_within_budget(connection, row):
            return OVER_BUDGET
        savepoint = connection.begin_nested()
        insert_campaign(connection, row)
        change = kind.arm(connection, row, now_ms)
        if isinstance(change, NotArmed):
            savepoint.rollback()
            return change
        savepoint.commit()
        return self._change(connection, row, change, now_ms) or IS_OVER

    def _stop(
        self, connection: Connection, person: Person, campaign_id: str, wish: StopCampaign
    ) -> Campaign | NotArmed | None:
        row, now_ms = _of_room(connection, person, campaign_id), self._clock_ms()
        if row is None:
            return None
        if row.is_over:
            return IS_OVER
        kind = self._kinds[row.kind]
        if kind.needs_reason and not wish.reason.strip():
            return NEEDS_REASON
        change = kind.stop(connection, row, EndReason.STOPPED, now_ms)
        if isinstance(change, NotArmed):
            return change
        change = msgspec.structs.replace(change, public_reason=wish.reason)
        return self._change(connection, row, change, now_ms) or IS_OVER

    def _close_early(
        self, connection: Connection, person: Person, campaign_id: str
    ) -> Campaign | NotArmed | None:
        row, now_ms = _of_room(connection, person, campaign_id), self._clock_ms()
        if row is None:
            return None
        change = self._kinds[row.kind].close_early(connection, row, EndReason.STOPPED, now_ms)
        if isinstance(change, NotArmed):
            return change
        return self._change(connection, row, change, now_ms) or IS_OVER

    def _change(
        self, connection: Connection, row: CampaignRow, change: Change, now_ms: int
    ) -> Campaign | None:
        changed = change_campaign(connection, row, change)
        if changed is None:
            return None
        tell_rooms(connection, self._kinds, [changed], now_ms)
        return shown(connection, self._kinds[row.kind], changed)


def _of_room(connection: Connection, person: Person, campaign_id: str) -> CampaignRow | None:
    row = find_campaign(connection, campaign_id)
    return row if row is not None and row.room_id == person.room_id else None


def _is_within_budget(connection: Connection, row: CampaignRow) -> bool:
    budget = read_budget(connection, row.room_id)
    cap = budget.session_coins
    return not row.coins or cap is None or budget.given_coins + row.coins <= cap


def _new_row(person: Person, wish: NewCampaign, session_id: str, *, coins: int, now_ms: int) -> CampaignRow:
    terms = wish.terms
    opens_at_ms = now_ms + terms.countdown_s * 1000
    return CampaignRow(
        campaign_id=new_id(now_ms),
        room_id=person.room_id,
        session_id=session_id,
        kind=CampaignKind(str(terms.__struct_config__.tag)),
        phase=CampaignPhase.PREHEAT,
        version=0,
        title=wish.title,
        terms=msgspec.json.encode(terms).decode(),
        progress=NOTHING.decode(),
        opens_at_ms=opens_at_ms,
        closes_at_ms=opens_at_ms + terms.duration_s * 1000,
        next_at_ms=opens_at_ms,
        end_reason="",
        public_reason="",
        coins=coins,
        actor=person.user_id,
        created_at_ms=now_ms,
    )
