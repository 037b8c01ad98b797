"""Where a face's skin is free: in place, and not asked where the network is not to be believed."""

from dataclasses import replace

import numpy as np
import pytest

from effects import landmarks
from effects.buffers import Buffers
from effects.filter import Context, Quality
from effects.frame import Mask
from effects.free_skin import free_skin, is_free
from effects.opinion import Opinion
from effects.place import Place
from tests.effects.support.faces import WIDE, placed


def opinion(free: Mask) -> Opinion:
    nothing = np.zeros(free.shape, np.float32)
    return Opinion(nothing, nothing, free)


def asked(context: Context, zoom: float = 2.0, scale: int = 2) -> Mask | None:
    frame, face = placed(zoom=zoom)
    place = Place.around(face.points[list(landmarks.LIPS_OUTSIDE)], 6, frame, scale, scale)
    assert place is not None
    return free_skin(context, face, place, frame, Buffers())


def all_free() -> Mask:
    return np.full((144, 256), 255, np.uint8)


def test_without_an_opinion_nothing_is_held_back() -> None:
    assert asked(Context()) is None


def test_the_governor_can_do_without() -> None:
    assert asked(Context(opinion=opinion(all_free()), quality=Quality(skin_gate=False))) is None


def test_a_face_too_small_for_the_network_is_left_alone() -> None:
    context = Context(opinion=opinion(all_free()))
    assert asked(context, zoom=0.5) is None
    assert asked(context, zoom=2.0) is not None


def test_where_the_network_sees_no_face_at_all_it_is_not_believed() -> None:
    assert asked(Context(opinion=opinion(np.zeros((144, 256), np.uint8)))) is None


@pytest.mark.parametrize("scale", [1, 2, 4])
def test_the_mask_lies_where_it_lies_in_the_frame(scale: int) -> None:
    _, face = placed()
    middle = float(face.points[list(landmarks.LIPS_OUTSIDE), 0].mean())
    free = all_free()
    free[:, round(middle * 256 / WIDE[0]) :] = 0
    seen = asked(Context(opinion=opinion(free)), scale=scale)
    assert seen is not None
    border = np.flatnonzero(seen[seen.shape[0] // 2] < 128)[0] / seen.shape[1]
    assert abs(border - 0.5) < 0.06
    assert seen[:, 0].min() == 255
    assert seen[:, -1].max() == 0


def test_a_colour_is_not_learnt_while_something_is_held_before_it() -> None:
    core, free = np.full((20, 20), 255, np.uint8), np.full((20, 20), 255, np.uint8)
    assert is_free(core, None)
    assert is_free(core, free)
    free[:5] = 0
    assert not is_free(core, free)
    core[:5] = 0
    assert is_free(core, free)


def test_a_fading_face_is_asked_like_any_other() -> None:
    frame, face = placed()
    place = Place.around(face.points, 6, frame, 2, 2)
    assert place is not None
    context = Context(opinion=opinion(all_free()))
    assert free_skin(context, replace(face, strength=0.2), place, frame, Buffers()) is not None
