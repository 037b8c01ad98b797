"""Memory is used again, but never while somebody looks at it."""

import numpy as np

from effects.buffers import Buffers

SHAPE = (4, 6, 3)


def test_a_frame_that_is_held_is_not_given_again() -> None:
    buffers = Buffers()
    held = [buffers.frame(SHAPE) for _ in range(20)]
    assert len({id(frame) for frame in held}) == 20


def test_a_frame_comes_back_when_nobody_holds_it() -> None:
    buffers = Buffers()
    first = id(buffers.frame(SHAPE))
    assert id(buffers.frame(SHAPE)) == first


def test_a_view_holds_its_frame() -> None:
    buffers = Buffers()
    view = buffers.frame(SHAPE)[1:, :2]
    view[:] = 7
    buffers.frame(SHAPE)[:] = 9
    assert (view == 7).all()


def test_filters_share_frames_but_not_scratch() -> None:
    buffers = Buffers()
    one, other = buffers.for_filter(), buffers.for_filter()
    assert not np.shares_memory(one.scratch("a", (9,)), other.scratch("a", (9,)))
    first = id(one.frame(SHAPE))
    assert id(other.frame(SHAPE)) == first


def test_scratch_grows_and_does_not_move_when_it_shrinks() -> None:
    buffers = Buffers()
    large = buffers.scratch("a", (10, 10))
    assert np.shares_memory(large, buffers.scratch("a", (3, 3)))
    assert buffers.scratch("a", (40, 40)).shape == (40, 40)
    assert buffers.scratch("a", (3, 3), np.float32).dtype == np.float32


def test_a_source_is_copied_before_it_is_written_and_only_once() -> None:
    buffers = Buffers()
    source = np.full(SHAPE, 5, np.uint8)
    buffers.begin(source)
    copy = buffers.writable(source)
    assert copy is not source
    assert np.array_equal(copy, source)
    assert buffers.writable(copy) is copy


def test_a_source_of_the_same_pool_is_copied_too() -> None:
    buffers = Buffers()
    source = buffers.frame(SHAPE)
    buffers.begin(source)
    assert buffers.writable(source) is not source
