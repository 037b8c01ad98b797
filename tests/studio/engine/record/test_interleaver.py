from studio.engine.media import AudioBlock
from studio.engine.record.interleaver import Interleaver, Item, time_of
from tests.studio.engine.record.show import BEGIN, Show


def test_items_leave_in_the_order_of_their_time_though_sound_comes_later() -> None:
    interleaver, show = Interleaver(), Show()
    items = [due for item in show.play(2) for due in interleaver.add(item)]
    items += interleaver.flush()
    times = [time_of(item) for item in items]
    assert times == sorted(times)
    assert len(items) > 60 + 90


def test_a_picture_waits_until_sound_has_come_as_far() -> None:
    interleaver, show = Interleaver(), Show()
    first = next(show.play(1))
    assert list(interleaver.add(first)) == []


def test_pictures_go_on_where_sound_stays_away() -> None:
    interleaver, show = Interleaver(), Show()
    left: list[Item] = []
    for item in show.play(3):
        if not isinstance(item, AudioBlock):
            left += interleaver.add(item)
    assert left
    assert time_of(left[-1]) > BEGIN + 1.8
