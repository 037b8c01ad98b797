import string

import pytest

from backend.contract.exchange import LineProblem, LineRefusal
from backend.shop.catalog.exchange.line_texts import _TEXTS, text_of
from widgets.shop.import_texts import refusal_text


@pytest.mark.parametrize("problem", sorted(set(LineProblem) - {LineProblem.OTHER}))
def test_each_problem_of_a_line_is_said_in_words_of_the_studio(problem: LineProblem) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(_TEXTS[problem]) if name]
    values = {name: f"{{{name}}}!" for name in names}
    told = refusal_text(LineRefusal(2, "price", "in the backend's words", problem, values))
    assert told == text_of(problem, values)
    assert all(value in told for value in values.values())


def test_a_problem_without_words_here_is_said_in_the_backends() -> None:
    for problem in (LineProblem.OTHER, LineProblem.TOO_LARGE):
        assert refusal_text(LineRefusal(2, "price", "So.", problem)) == "So."
