"""A person's colour is learnt and told from others."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from effects.buffers import Buffers
from effects.filter import Face
from effects.person_color import PersonColor, PersonColors

SKIN, LIPS, CLOTH = (160, 150, 110), (120, 170, 115), (90, 100, 170)
CORE = np.full((40, 60), 255, np.uint8)


def cloud(color: tuple[int, int, int], seed: int = 1) -> npt.NDArray[np.uint8]:
    noise = np.random.default_rng(seed).normal(0, 4, (40, 60, 3))
    return np.clip(np.array(color) + noise, 0, 255).astype(np.uint8)


def learnt(color: tuple[int, int, int]) -> PersonColor:
    known = PersonColors().learn(1, cloud(color), CORE, Buffers())
    assert known is not None
    return known


def test_what_was_learnt_is_recognised_and_other_colors_are_not() -> None:
    skin = learnt(SKIN)
    assert skin.likeness(cloud(SKIN, 2), Buffers()).mean() > 230
    assert skin.likeness(cloud(CLOTH), Buffers()).max() == 0


def test_light_that_glances_off_skin_is_skin() -> None:
    skin = learnt(SKIN)
    lighter, darker = (np.full((4, 4, 3), (160 + off, 150, 110), np.uint8) for off in (26, -26))
    assert skin.likeness(lighter, Buffers()).min() > skin.likeness(darker, Buffers()).max()


def test_of_two_colors_the_nearer_one_wins() -> None:
    skin, lips = learnt(SKIN), learnt(LIPS)
    assert lips.rather_than(skin, cloud(LIPS, 2), Buffers()).mean() > 240
    assert lips.rather_than(skin, cloud(SKIN, 2), Buffers()).mean() < 15


def test_where_two_colors_are_alike_nothing_is_shut_out() -> None:
    one, other = learnt(SKIN), learnt((161, 150, 110))
    assert one.rather_than(other, cloud(SKIN), Buffers()).min() == 255


def test_a_passing_hand_does_not_change_what_is_known_much_but_new_light_does_in_time() -> None:
    colors = PersonColors()
    known = None
    for _ in range(30):
        colors.learn(1, cloud(SKIN), CORE, Buffers())
    for _ in range(3):
        known = colors.learn(1, cloud(CLOTH), CORE, Buffers())
    assert known is not None
    assert abs(known.mean[1] - SKIN[1]) < 10
    for _ in range(90):
        known = colors.learn(1, cloud((130, 145, 120)), CORE, Buffers())
    assert known is not None
    assert np.abs(known.mean - (130, 145, 120)).max() < 3


def test_too_little_to_see_teaches_nothing() -> None:
    assert PersonColors().learn(1, cloud(SKIN), np.zeros_like(CORE), Buffers()) is None


def test_people_who_are_gone_are_forgotten() -> None:
    colors, face = PersonColors(), Face(np.zeros((478, 2), np.float32), track=1)
    colors.learn(1, cloud(SKIN), CORE, Buffers())
    colors.keep([face])
    assert colors.learn(1, cloud(SKIN), np.zeros_like(CORE), Buffers()) is not None
    colors.keep([replace(face, track=2)])
    assert colors.learn(1, cloud(SKIN), np.zeros_like(CORE), Buffers()) is None
