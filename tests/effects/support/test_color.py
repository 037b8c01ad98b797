import numpy as np
import pytest

from tests.effects.support.color import delta_e_2000


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_published_pairs_are_as_far_apart_as_published(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    assert delta_e_2000(np.array(one), np.array(other)).item() == pytest.approx(expected, abs=1e-4)
