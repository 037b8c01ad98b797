from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.common.throttle import Throttle


def test_the_first_value_goes_at_once(record: Record) -> None:
    throttle: Throttle[int] = Throttle(1000)
    passed = record(throttle.passed)

    throttle.put(1)

    assert passed == [(1,)]


def test_of_the_values_in_between_only_the_newest_follows(qtbot: QtBot, record: Record) -> None:
    throttle: Throttle[int] = Throttle(20)
    passed = record(throttle.passed)

    for value in range(5):
        throttle.put(value)
    with qtbot.waitSignal(throttle.passed):
        pass

    assert passed == [(0,), (4,)]


def test_after_a_quiet_time_the_next_value_goes_at_once_again(qtbot: QtBot, record: Record) -> None:
    throttle: Throttle[int] = Throttle(20)
    throttle.put(1)
    quiet = QSignalSpy(throttle.quiet)
    assert quiet.wait(2000)
    passed = record(throttle.passed)

    throttle.put(2)

    assert passed == [(2,)]


def test_what_waits_can_be_passed_on_at_once_and_is_not_passed_twice(qtbot: QtBot, record: Record) -> None:
    throttle: Throttle[int] = Throttle(20)
    throttle.put(1)
    throttle.put(2)
    passed, quiet = record(throttle.passed), QSignalSpy(throttle.quiet)

    throttle.flush()
    throttle.flush()
    assert quiet.wait(2000)

    assert passed == [(2,)]
