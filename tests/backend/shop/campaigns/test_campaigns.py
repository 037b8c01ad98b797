"""Campaigns, as staff arm and stop them and viewers take part."""

import msgspec
import pytest
from sqlalchemy import insert, select, update

from backend.contract.base import RejectReason
from backend.contract.campaigns import Campaign, CampaignPhase, EndReason, StopCampaign
from backend.shop.campaigns.campaigns import NOT_LIVE, OVER_BUDGET, RUNS_ALREADY, Campaigns
from backend.shop.campaigns.closing import DRAINED_AFTER_MS
from backend.shop.campaigns.kind import NotArmed
from backend.shop.campaigns.timer import PAUSE_MS
from backend.shop.idempotency import Request
from backend.shop.outbox import CampaignMoved
from backend.shop.people import Person
from backend.storage.campaign_tables import CAMPAIGN_REFUSALS, CAMPAIGNS
from backend.storage.database import Database, StorageError
from backend.storage.order_tables import SHOP_OUTBOX
from backend.storage.tables import LIVE_SESSIONS
from backend.storage.writer import BusyError
from tests.backend.shop.campaigns.conftest import go_live
from tests.backend.shop.campaigns.sample import ENDS_IN_MS, OPENS_IN_MS, Knock, SampleKind, new
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import ROOM, STAFF, open_rooms


def asked(key: str, route: str = "campaigns") -> Request:
    return Request("host", route, key, "hash")


async def armed(campaigns: Campaigns, key: str = "k", coins: int = 100) -> Campaign:
    campaign = await campaigns.arm(STAFF, new(coins), asked(key))
    assert isinstance(campaign, Campaign), campaign
    return campaign


def told(database: Database) -> list[Campaign]:
    with database.reading() as connection:
        bodies = connection.scalars(select(SHOP_OUTBOX.c.body).order_by(SHOP_OUTBOX.c.outbox_id))
        return [msgspec.json.decode(body, type=CampaignMoved).campaign for body in bodies]


def end_session(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(update(LIVE_SESSIONS).values(ended_at_ms=2))


async def test_an_armed_campaign_has_one_start_for_all_and_the_room_hears_of_it(
    campaigns: Campaigns, database: Database, clock: Clock
) -> None:
    campaign = await armed(campaigns)
    assert campaign.phase is CampaignPhase.PREHEAT
    assert campaign.opens_at_ms == clock() + OPENS_IN_MS
    assert campaign.closes_at_ms == clock() + ENDS_IN_MS
    assert told(database) == [campaign]


async def test_a_campaign_opens_and_ends_by_its_timer_and_each_change_is_told(
    campaigns: Campaigns, database: Database, clock: Clock, kind: SampleKind
) -> None:
    await armed(campaigns)
    await campaigns._timer.sweep()
    clock.turn(OPENS_IN_MS)
    await campaigns._timer.sweep()
    clock.turn(ENDS_IN_MS - OPENS_IN_MS)
    await campaigns._timer.sweep()
    phases = [one.phase for one in told(database)]
    assert phases == [CampaignPhase.PREHEAT, CampaignPhase.OPEN, CampaignPhase.ENDED]
    assert [one.version for one in told(database)] == [1, 2, 3]
    assert kind.held == 0


async def test_two_timers_move_a_campaign_on_once(
    campaigns: Campaigns, database: Database, clock: Clock, kind: SampleKind
) -> None:
    other = Campaigns(database, campaigns._writer, {kind.name: kind}, clock_ms=clock)
    await armed(campaigns)
    clock.turn(OPENS_IN_MS)
    due = await database.read(campaigns._timer._due)
    assert due == await database.read(other._timer._due)
    await campaigns._timer.sweep()
    await other._timer.sweep()
    assert [one.version for one in told(database)] == [1, 2]


async def test_a_campaign_that_cannot_be_read_does_not_hold_up_the_others(
    campaigns: Campaigns, database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    campaign = await armed(campaigns)
    with database.transaction() as connection:
        row = dict(connection.execute(select(CAMPAIGNS)).mappings().one())
        newer = {**row, "campaign_id": "newer", "kind": "not known yet"}
        connection.execute(insert(CAMPAIGNS).values(newer))
    clock.turn(OPENS_IN_MS)
    for _ in range(2):
        await campaigns._timer.sweep()
    assert [(one.campaign_id, one.phase) for one in told(database)[1:]] == [
        (campaign.campaign_id, CampaignPhase.OPEN)
    ]
    assert caplog.text.count("The campaign newer cannot be read") == 1


@pytest.mark.parametrize("error", [StorageError("its rows are gone"), RuntimeError("nobody foresaw it")])
async def test_a_campaign_that_fails_does_not_hold_up_the_others(
    campaigns: Campaigns,
    database: Database,
    clock: Clock,
    kind: SampleKind,
    error: Exception,
) -> None:
    good = await armed(campaigns)
    with database.transaction() as connection:
        row = dict(connection.execute(select(CAMPAIGNS)).mappings().one())
        connection.execute(insert(CAMPAIGNS).values({**row, "campaign_id": "zz-bad"}))
    kind.broken["zz-bad"] = error
    clock.turn(OPENS_IN_MS)
    await campaigns._timer.sweep()
    assert [(one.campaign_id, one.phase) for one in told(database)[1:]] == [
        (good.campaign_id, CampaignPhase.OPEN)
    ]
    kind.broken.clear()
    await campaigns._timer.sweep()
    assert told(database)[-1] == told(database)[1]
    clock.turn(PAUSE_MS)
    await campaigns._timer.sweep()
    assert told(database)[-1].campaign_id == "zz-bad"


async def test_the_same_key_arms_one_campaign(campaigns: Campaigns, kind: SampleKind) -> None:
    assert await armed(campaigns) == await armed(campaigns)
    assert kind.held == 100


async def test_a_room_that_is_not_live_has_no_campaigns(campaigns: Campaigns, database: Database) -> None:
    end_session(database)
    assert await campaigns.arm(STAFF, new(), asked("k")) == NOT_LIVE


async def test_a_second_one_of_a_kind_waits_for_the_end_of_the_first(
    campaigns: Campaigns, database: Database
) -> None:
    first = await armed(campaigns)
    assert await campaigns.arm(STAFF, new(), asked("k2")) == RUNS_ALREADY
    await campaigns.stop(STAFF, first.campaign_id, StopCampaign(), asked("k", "stop"))
    await armed(campaigns, "k3")


async def test_a_campaign_ends_with_its_live_session(
    campaigns: Campaigns, database: Database, kind: SampleKind
) -> None:
    await armed(campaigns)
    end_session(database)
    await campaigns._timer.sweep()
    assert told(database)[-1].end_reason is EndReason.SESSION_ENDED
    assert kind.held == 0


async def test_a_campaign_of_an_earlier_session_ends_in_the_next_one(
    campaigns: Campaigns, database: Database
) -> None:
    await armed(campaigns)
    end_session(database)
    go_live(database, "s-2")
    await campaigns._timer.sweep()
    assert told(database)[-1].phase is CampaignPhase.ENDED


async def test_a_stopped_campaign_carries_its_public_reason_and_is_stopped_once(
    campaigns: Campaigns, kind: SampleKind
) -> None:
    first = await armed(campaigns)
    wish = StopCampaign("价格写错了")
    stopped = await campaigns.stop(STAFF, first.campaign_id, wish, asked("k", "stop"))
    assert isinstance(stopped, Campaign)
    assert (stopped.end_reason, stopped.public_reason) == (EndReason.STOPPED, "价格写错了")
    again = await campaigns.stop(STAFF, first.campaign_id, wish, asked("k2", "stop"))
    assert isinstance(again, NotArmed)
    assert kind.held == 0


async def test_the_campaign_of_another_room_is_not_there(campaigns: Campaigns, database: Database) -> None:
    campaign = await armed(campaigns)
    open_rooms(database, "other")
    stranger = Person("host", "other", is_staff=True)
    assert await campaigns.stop(stranger, campaign.campaign_id, StopCampaign(), asked("k", "x")) is None
    assert await campaigns.report(stranger, campaign.campaign_id) is None


@pytest.mark.parametrize("kind", [SampleKind(NotArmed("too_dear", "It is too dear."))])
async def test_what_the_kind_refuses_leaves_nothing_behind(
    campaigns: Campaigns, database: Database, kind: SampleKind
) -> None:
    refused = await campaigns.arm(STAFF, new(), asked("k"))
    assert refused == NotArmed("too_dear", "It is too dear.")
    with database.reading() as connection:
        assert connection.execute(select(CAMPAIGNS)).all() == []
    assert told(database) == []


async def test_the_cap_of_a_session_counts_what_runs_and_what_was_given(
    campaigns: Campaigns, database: Database
) -> None:
    budget = await campaigns.set_budget(STAFF, 150)
    assert (budget.session_coins, budget.given_coins) == (150, 0)
    first = await armed(campaigns)
    assert (await campaigns.budget(STAFF)).given_coins == 100
    await campaigns.stop(STAFF, first.campaign_id, StopCampaign(), asked("k", "stop"))
    assert await campaigns.arm(STAFF, new(151), asked("k2")) == OVER_BUDGET
    await armed(campaigns, "k3", coins=150)
    assert (await campaigns.set_budget(STAFF, None)).session_coins is None


async def test_the_report_counts_each_request_once(campaigns: Campaigns, clock: Clock) -> None:
    campaign = await armed(campaigns)
    early = Knock(campaign.campaign_id, ROOM, "anna", clock())
    assert await campaigns.act(early) is RejectReason.NOT_OPEN
    clock.turn(OPENS_IN_MS)
    await campaigns._timer.sweep()
    for user_id in ("anna", "bert"):
        knock = Knock(campaign.campaign_id, ROOM, user_id, clock())
        assert await campaigns.act(knock) is None
    campaigns.count_refusal(campaign.campaign_id, RejectReason.IS_STAFF, clock() + 250)
    report = await campaigns.report(STAFF, campaign.campaign_id)
    assert report is not None
    counts = {one.outcome: one.count for one in report.outcomes}
    assert counts == {"accepted": 2, "not_open": 1, "is_staff": 1}
    assert report.received == sum(counts.values()) == sum(one.count for one in report.arrivals)
    assert {one.tenth: one.count for one in report.arrivals} == {-1: 1, 0: 2, 2: 1}
    assert (await campaigns.part_of(Person("anna", ROOM), campaign.campaign_id)).is_in  # type: ignore[union-attr]


async def test_a_request_that_could_not_be_decided_is_in_the_report(
    campaigns: Campaigns, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = await armed(campaigns)

    async def is_busy(*_: object) -> None:
        raise BusyError("too many wait")

    with monkeypatch.context() as patch:
        patch.setattr(campaigns._writer, "run_bulk", is_busy)
        with pytest.raises(BusyError):
            await campaigns.act(Knock(campaign.campaign_id, ROOM, "anna", clock()))
    report = await campaigns.report(STAFF, campaign.campaign_id)
    assert report is not None
    assert {one.outcome: one.count for one in report.outcomes} == {"accepted": 0, "unavailable": 1}


async def test_what_comes_when_all_is_decided_is_one_row_however_long_it_comes(
    campaigns: Campaigns,
) -> None:
    campaign = await armed(campaigns)
    for after_ms in (DRAINED_AFTER_MS, 60_000, 3_600_000, 48 * 3_600_000):
        campaigns.count_refusal(campaign.campaign_id, RejectReason.EXPIRED, campaign.closes_at_ms + after_ms)
    report = await campaigns.report(STAFF, campaign.campaign_id)
    assert report is not None
    assert [one.count for one in report.arrivals] == [4]


async def test_a_refusal_of_a_campaign_that_is_not_there_is_written_nowhere(
    campaigns: Campaigns, database: Database, clock: Clock
) -> None:
    campaigns.count_refusal("none", RejectReason.EXPIRED, clock())
    await campaigns._refusals.flush()
    with database.reading() as connection:
        assert connection.execute(select(CAMPAIGN_REFUSALS)).all() == []


async def test_a_template_is_kept_and_dropped_in_its_room(campaigns: Campaigns, database: Database) -> None:
    kept = await campaigns.keep_template(STAFF, new(title="开播红包"), asked("k", "t"))
    assert (await campaigns.templates(STAFF)).templates == [kept]
    open_rooms(database, "other")
    stranger = Person("host", "other", is_staff=True)
    assert (await campaigns.templates(stranger)).templates == []
    template_id = (await campaigns.templates(STAFF)).templates[0].template_id
    await campaigns.drop_template(stranger, template_id)
    assert len((await campaigns.templates(STAFF)).templates) == 1
    assert (await campaigns.drop_template(STAFF, template_id)).templates == []
