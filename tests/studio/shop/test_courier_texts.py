import pytest

from studio.shop import courier_texts
from studio.shop.courier.table_in import TableProblem
from studio.shop.courier.tracking import LineProblem, RefusedLine


@pytest.mark.parametrize("problem", LineProblem)
def test_each_refused_line_names_its_place_and_its_reason(problem: LineProblem) -> None:
    text = courier_texts.refused_line(RefusedLine(7, "261201482119040", problem))
    assert text.startswith("Line 7, 261201 482119040: ")
    assert len(text) > 40


@pytest.mark.parametrize("problem", TableProblem)
def test_each_unreadable_file_names_a_remedy(problem: TableProblem) -> None:
    assert courier_texts.table_problem(problem).count(".") >= 2


def test_nothing_to_write_is_said_only_where_there_is_nothing() -> None:
    assert courier_texts.nothing_to_write([]) != ""
