from widgets.shop.offered_undos import OfferedUndos
from widgets.shop.products_acts import SetTitle

FIRST, SECOND = SetTitle("p1", "Tea"), SetTitle("p2", "Cup")


def test_an_undo_is_taken_once_and_the_last_one_by_the_key() -> None:
    undos = OfferedUndos()
    undos.offer(FIRST)
    undos.offer(SECOND)
    assert undos.last == SECOND
    assert undos.take(SECOND)
    assert not undos.take(SECOND)
    assert undos.take(FIRST)


def test_an_undo_that_was_taken_is_not_the_keys_any_more() -> None:
    undos = OfferedUndos()
    undos.offer(FIRST)
    undos.take(FIRST)
    assert undos.last is None


def test_the_answer_to_an_undo_is_told_from_others_once() -> None:
    undos = OfferedUndos()
    undos.offer(FIRST)
    assert not undos.end(FIRST)
    undos.take(FIRST)
    assert undos.end(FIRST)
    assert not undos.end(FIRST)


def test_what_cannot_be_taken_back_leaves_no_undo_before_it_to_the_key() -> None:
    undos = OfferedUndos()
    undos.offer(FIRST)
    undos.offer(None)
    assert undos.last is None
    assert undos.take(FIRST)
    undos.clear()
    assert not undos.take(FIRST)
