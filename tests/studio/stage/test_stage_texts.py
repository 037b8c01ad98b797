import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.live import live_texts
from studio.stage import stage_texts

ENGINE = Path(stage_texts.__file__).parents[1] / "engine"
ERRORS = {
    "SourceError": stage_texts.source_problem,
    "LineLostError": live_texts.publish_problem,
    "WhipRefusedError": live_texts.publish_problem,
    "WhipUnavailableError": live_texts.publish_problem,
}


def codes() -> Iterator[tuple[str, str]]:
    """Every code that the engine gives for a failure, with the kind of error that carries it."""
    for path in ENGINE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute) and node.args:
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                first = node.args[0]
                if name in ERRORS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield name, first.value


@pytest.mark.parametrize(("error", "code"), sorted(set(codes())))
def test_every_failure_the_engine_names_is_told_in_the_hosts_language(error: str, code: str) -> None:
    assert ERRORS[error](code, "english detail") != "english detail"


@pytest.mark.parametrize("tell", [stage_texts.source_problem, live_texts.publish_problem])
def test_a_failure_without_a_text_is_told_in_the_engines_words(tell: object) -> None:
    assert callable(tell)
    assert tell("brand_new", "Do this.") == "Do this."
