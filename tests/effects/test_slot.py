"""The slot: the newest wins, and who waits is let go."""

import threading

from effects.slot import Slot


def test_the_newest_wins_and_the_rest_is_counted() -> None:
    slot: Slot[int] = Slot()
    for number in range(5):
        slot.put(number)
    assert slot.take() == 4
    assert slot.dropped == 4


def test_what_is_in_it_is_still_taken_when_it_is_closed() -> None:
    slot: Slot[int] = Slot()
    slot.put(1)
    slot.close()
    assert (slot.take(), slot.take()) == (1, None)


def test_who_waits_is_woken_by_an_item_and_by_the_end() -> None:
    slot: Slot[int] = Slot()
    taken: list[int | None] = []
    first_is_taken = threading.Event()

    def wait() -> None:
        taken.append(slot.take())
        first_is_taken.set()
        taken.append(slot.take())

    thread = threading.Thread(target=wait)
    thread.start()
    slot.put(7)
    assert first_is_taken.wait(10)
    slot.close()
    thread.join(10)
    assert taken == [7, None]


def test_whoever_waits_can_be_woken_once_without_an_item() -> None:
    slot: Slot[int] = Slot()
    slot.wake()
    assert slot.take() is None
    slot.put(3)
    assert not slot.is_empty
    assert slot.take() == 3
    assert slot.is_empty
