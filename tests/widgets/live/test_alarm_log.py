from widgets.live.alarm_log import MOST, QUIET_MS, AlarmLog
from widgets.live.alarms import Alarm
from widgets.live.toasts import Tone

FAULT = Alarm("backend", "Port 8787 is taken.", "Close that program.", Tone.BAD)
WARNING = Alarm("video", "No picture.")


def record(log: AlarmLog, now_ms: int, *shown: Alarm, explained: str = "") -> bool:
    return log.record(shown, {alarm.key for alarm in shown} | {explained}, now_ms)


def test_an_alarm_is_kept_with_how_long_it_lasted() -> None:
    log = AlarmLog()
    record(log, 1_000, WARNING)
    (going_on,) = log.newest_first
    assert (going_on.began_ms, going_on.ended_ms) == (1_000, None)
    record(log, 9_000)
    (over,) = log.newest_first
    assert (over.alarm, over.began_ms, over.ended_ms) == (WARNING, 1_000, 9_000)


def test_the_newest_alarm_stands_first() -> None:
    log = AlarmLog()
    record(log, 1_000, WARNING)
    record(log, 2_000, WARNING, FAULT)

    assert [one.alarm.key for one in log.newest_first] == ["backend", "video"]


def test_an_alarm_that_says_something_else_is_the_same_trouble() -> None:
    log = AlarmLog()
    record(log, 1_000, WARNING)
    log.see()
    record(log, 2_000, Alarm("video", "没有画面。"))
    (one,) = log.newest_first

    assert (one.alarm.text, one.began_ms) == ("没有画面。", 1_000)
    assert not log.unseen


def test_a_warning_that_becomes_a_fault_is_another_trouble() -> None:
    log = AlarmLog()
    record(log, 1_000, Alarm("backend", "It is slow."))
    log.see()

    assert record(log, 2_000, FAULT)
    assert [(one.alarm.tone, one.ended_ms) for one in log.newest_first] == [
        (Tone.BAD, None),
        (Tone.WARN, 2_000),
    ]
    assert len(log.unseen) == 1


def test_what_another_alarm_explains_is_not_over() -> None:
    log = AlarmLog()
    record(log, 1_000, WARNING)
    record(log, 2_000, FAULT, explained="video")
    record(log, 3_000, WARNING)

    assert [(one.alarm.key, one.ended_ms) for one in log.newest_first] == [
        ("backend", 3_000),
        ("video", None),
    ]


def test_what_was_looked_at_is_not_counted_again() -> None:
    log = AlarmLog()
    record(log, 1_000, WARNING, FAULT)
    assert len(log.unseen) == 2
    log.see()
    record(log, 2_000)
    record(log, 3_000, WARNING)
    assert [one.alarm.key for one in log.unseen] == ["video"]


def test_a_new_fault_is_heard_once() -> None:
    log = AlarmLog()
    assert not record(log, 0, WARNING)
    assert record(log, 0, WARNING, FAULT)
    assert not record(log, 1_000, WARNING, FAULT)


def test_a_fault_that_comes_and_goes_is_not_heard_each_time() -> None:
    log = AlarmLog()
    assert record(log, 0, FAULT)
    record(log, 1_000)
    assert not record(log, 2_000, FAULT)
    record(log, 3_000)
    assert record(log, QUIET_MS, FAULT)


def test_the_oldest_alarms_are_left_out() -> None:
    log = AlarmLog()
    for number in range(MOST + 1):
        record(log, 2 * number, Alarm("video", f"No picture, {number}."))
        record(log, 2 * number + 1)

    assert len(log.newest_first) == MOST
    assert log.newest_first[-1].alarm.text == "No picture, 1."
    assert len(log.unseen) == MOST


def test_the_worst_that_goes_on_is_known() -> None:
    log = AlarmLog()
    worst: list[Tone | None] = []
    for now_ms, shown in enumerate(((), (WARNING, FAULT), (WARNING,))):
        record(log, now_ms, *shown)
        worst.append(log.worst_now)

    assert worst == [None, Tone.BAD, Tone.WARN]


def test_a_clock_that_was_set_back_makes_nothing_last_less_than_no_time() -> None:
    log = AlarmLog()
    record(log, 9_000, FAULT)
    record(log, 1_000)
    assert log.newest_first[0].ended_ms == 9_000
    assert record(log, 2_000, FAULT)
