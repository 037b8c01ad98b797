import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.messages.values import Bitrate
from studio.engine.publish.layers import LOWER_LAYERS, LayerBudget

MIDDLE, LOW = LOWER_LAYERS
BOTH = ("m", "l")
KBPS = {layer.rid: layer.kbps for layer in LOWER_LAYERS}


@pytest.mark.parametrize(
    ("whole", "middle", "low"),
    [
        ((720, 1280), (360, 640), (180, 320)),
        ((1280, 720), (640, 360), (320, 180)),
        ((1080, 1920), (360, 640), (180, 320)),
        ((360, 640), None, (180, 320)),
        ((160, 284), None, None),
    ],
)
def test_layers_keep_the_pictures_shape_and_are_not_larger_than_it(
    whole: tuple[int, int], middle: tuple[int, int] | None, low: tuple[int, int] | None
) -> None:
    assert (MIDDLE.size(*whole), LOW.size(*whole)) == (middle, low)


@pytest.mark.parametrize(
    ("fps", "steps"), [(30, (1, 2)), (25, (1, 2)), (60, (2, 4)), (15, (1, 1)), (1, (1, 1))]
)
def test_layers_take_every_so_many_th_picture(fps: int, steps: tuple[int, int]) -> None:
    assert (MIDDLE.step(fps), LOW.step(fps)) == steps


def test_the_ceiling_is_that_of_all_layers_that_fit_below_it() -> None:
    assert LayerBudget(BOTH).bounds(Bitrate(400, 2500)) == Bitrate(400, 3160)
    assert LayerBudget(BOTH).bounds(Bitrate(200, 800)) == Bitrate(200, 910)
    assert LayerBudget(BOTH).bounds(Bitrate(100, 300)) == Bitrate(100, 300)
    assert LayerBudget(("l",)).bounds(Bitrate(400, 2500)) == Bitrate(400, 2610)
    assert LayerBudget().bounds(Bitrate(400, 2500)) == Bitrate(400, 2500)


def test_a_line_that_narrows_gives_up_the_middle_layer_then_the_lowest() -> None:
    budget = LayerBudget(BOTH)
    sent = [sorted(budget.divide(kbps).lower) for kbps in (3160, 1760, 1759, 440, 439, 100)]
    assert sent == [["l", "m"], ["l", "m"], ["l"], ["l"], [], []]


def test_a_layer_comes_back_only_where_there_is_more_than_it_needs() -> None:
    budget = LayerBudget(BOTH)
    budget.divide(1700)
    assert budget.divide(1800).lower == {"l"}
    assert budget.divide(2000).lower == {"l", "m"}
    assert budget.divide(1800).lower == {"l", "m"}


def test_what_another_cause_leaves_out_goes_to_the_top_layer() -> None:
    assert LayerBudget(BOTH).divide(3000, without={"m"}).top_kbps == 3000 - LOW.kbps


@given(st.lists(st.integers(50, 6000), min_size=1), st.sampled_from([(), ("l",), ("m",), BOTH]))
def test_the_parts_are_the_whole_and_the_top_layer_keeps_its_share(
    totals: list[int], rids: tuple[str, ...]
) -> None:
    budget = LayerBudget(rids)
    for total in totals:
        share = budget.divide(total)
        assert share.top_kbps + sum(KBPS[rid] for rid in share.lower) == total
        assert share.lower <= set(rids)
        for layer in LOWER_LAYERS:
            assert layer.rid not in share.lower or share.top_kbps >= layer.kbps * layer.top_factor
