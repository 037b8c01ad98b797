import msgspec
import pytest
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from backend.contract.insights import Activity, LiveStats, LiveStatsChanged, MinuteStats, SourceCount
from backend.contract.protocol import StaffSnapshot
from widgets.audience.live_numbers import MINUTE_MS, LiveNumbers

NOON_MS = 20_000_000 * MINUTE_MS


@pytest.fixture
def panel(qtbot: QtBot) -> LiveNumbers:
    made = LiveNumbers()
    qtbot.addWidget(made)
    made.show()
    return made


def activity(danmu: int) -> Activity:
    return Activity(joins=1, danmu=danmu, likes=2, follows=3, gifts=4, coins=1500)


def stats(at_ms: int, viewers: int, danmu: int) -> LiveStats:
    return LiveStats(at_ms, viewers, 99, 5, activity(1000), activity(danmu))


def points(panel: LiveNumbers, curve: str) -> list[float]:
    return list(panel.curves[curve].values)


def staff_snapshot(minutes: list[MinuteStats], now: LiveStats) -> StaffSnapshot:
    return StaffSnapshot(now, minutes, [], [], [], [], [], 0)


def test_the_newest_point_runs_with_the_last_minute(panel: LiveNumbers) -> None:
    minutes = [MinuteStats(NOON_MS - MINUTE_MS, 7, activity(20)), MinuteStats(NOON_MS, 9, activity(2))]
    panel.apply(staff_snapshot(minutes, stats(NOON_MS + 5000, 8, 21)))
    assert points(panel, "danmu") == [20, 21]
    panel.apply(LiveStatsChanged(stats(NOON_MS + 6000, 5, 22)))

    assert points(panel, "danmu") == [20, 22]
    assert panel.curves["danmu"].text == "22"
    assert panel.curves["danmu"].accessibleDescription() == "22 1,000 in all"
    assert panel.curves["gifts"].accessibleDescription() == "4 1,500 coins in all"
    assert points(panel, "viewers") == [7, 9]
    assert panel.curves["viewers"].accessibleDescription() == "5 peak 99"


def test_orders_and_what_was_paid_for_them_are_among_the_live_numbers(panel: LiveNumbers) -> None:
    last = msgspec.structs.replace(activity(1), orders=3)
    total = msgspec.structs.replace(activity(1), orders=1200)
    now = LiveStats(NOON_MS, 3, 9, 5, total, last, currency="CNY")
    panel.apply(LiveStatsChanged(now))
    assert panel.curves["orders"].accessibleDescription() == "3 1,200 in all"
    paid = msgspec.structs.replace(total, gmv_minor=3_160_000)
    panel.apply(LiveStatsChanged(msgspec.structs.replace(now, total=paid)))
    assert panel.curves["orders"].accessibleDescription() == "3 ¥31,600.00 paid"


def test_a_minute_that_is_over_stays(panel: LiveNumbers) -> None:
    panel.apply(LiveStatsChanged(stats(NOON_MS, 3, 10)))
    panel.apply(LiveStatsChanged(stats(NOON_MS + MINUTE_MS - 1, 2, 30)))
    panel.apply(LiveStatsChanged(stats(NOON_MS + MINUTE_MS, 4, 31)))

    assert points(panel, "danmu") == [30, 31]
    assert points(panel, "viewers") == [3, 4]


def test_another_snapshot_begins_anew(panel: LiveNumbers) -> None:
    panel.apply(LiveStatsChanged(stats(NOON_MS, 3, 10)))
    panel.apply(staff_snapshot([], stats(NOON_MS + 5 * MINUTE_MS, 1, 1)))

    assert points(panel, "danmu") == [1]


def test_the_live_numbers_say_where_entries_came_from(panel: LiveNumbers) -> None:
    panel.apply(LiveStatsChanged(stats(NOON_MS, 3, 10)))
    assert panel.sources.text() == ""
    came = [SourceCount("qr", 1200), SourceCount("", 7), SourceCount("spring", 2)]
    panel.apply(LiveStatsChanged(msgspec.structs.replace(stats(NOON_MS, 3, 10), sources=came)))
    assert panel.sources.text() == "Viewers came by QR code 1,200 · directly 7 · spring 2"


def test_who_may_not_see_the_numbers_is_told_so(panel: LiveNumbers) -> None:
    panel.show_rights([AssistantRight.CHAT])
    assert panel.not_shown.isVisible()
    panel.show_rights([AssistantRight.NUMBERS])

    assert not panel.not_shown.isVisible()
    assert panel.curves["viewers"].isVisible()
