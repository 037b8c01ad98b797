"""A lock that lets threads in one after the other, in their order."""

import threading

import pytest

from backend.storage.fair_lock import FairLock, LockTimeoutError

LONG_S = 60.0


def wait_for(lock: FairLock, taken: list[str], name: str) -> threading.Thread:
    """Start a thread that writes its name down once it has the lock, and return when it waits."""

    def work() -> None:
        with lock.held(LONG_S):
            taken.append(name)

    before = lock.waiting
    thread = threading.Thread(target=work)
    thread.start()
    tick = threading.Event()
    while lock.waiting == before:
        tick.wait(0.001)
    return thread


def test_who_lets_go_and_asks_again_stands_behind_who_waits() -> None:
    lock, taken = FairLock(), list[str]()
    with lock.held(LONG_S):
        threads = [wait_for(lock, taken, name) for name in ("second", "third")]
    with lock.held(LONG_S):
        taken.append("first again")
    for thread in threads:
        thread.join()
    assert taken == ["second", "third", "first again"]


def test_who_waited_too_long_is_told_and_stands_in_nobodys_way() -> None:
    lock = FairLock()
    with lock.held(LONG_S):
        with pytest.raises(LockTimeoutError), lock.held(0.001):
            raise AssertionError
        assert lock.waiting == 0
    with lock.held(0.001):
        assert lock.waiting == 0


def test_a_failure_inside_lets_go_of_it() -> None:
    lock = FairLock()
    with pytest.raises(ZeroDivisionError), lock.held(LONG_S):
        raise ZeroDivisionError
    with lock.held(0.001):
        assert lock.waiting == 0
