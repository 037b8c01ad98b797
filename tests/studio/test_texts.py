import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.contract.startup import StartProblem
from backend.messages import Rejection
from studio import texts
from studio.backend_process import BackendFailure, FailureKind
from studio.broadcast import BroadcastNote
from studio.settings import SettingsError, SettingsProblem

ENGINE = Path(texts.__file__).parent / "engine"
ERRORS = {
    "SourceError": texts.source_problem,
    "LineLostError": texts.publish_problem,
    "WhipRefusedError": texts.publish_problem,
    "WhipUnavailableError": texts.publish_problem,
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


TRANSLATED = {
    StartProblem.DISK_FULL,
    StartProblem.FOLDER_TAKEN,
    StartProblem.PORT_TAKEN,
    StartProblem.PORT_FORBIDDEN,
    StartProblem.RELAY,
}


@pytest.mark.parametrize(("error", "code"), sorted(set(codes())))
def test_every_failure_the_engine_names_is_told_in_the_hosts_language(error: str, code: str) -> None:
    assert ERRORS[error](code, "english detail") != "english detail"


@pytest.mark.parametrize("tell", [texts.source_problem, texts.publish_problem])
def test_a_failure_without_a_text_is_told_in_the_engines_words(tell: object) -> None:
    assert callable(tell)
    assert tell("brand_new", "Do this.") == "Do this."


def test_every_refusal_has_its_own_words() -> None:
    assert len({texts.rejection(reason) for reason in Rejection}) == len(Rejection)


@pytest.mark.parametrize("kind", list(FailureKind))
def test_every_failure_of_the_backend_has_cause_and_remedy(kind: FailureKind) -> None:
    cause, remedy = texts.backend_problem(BackendFailure(kind, 8787, "Do this."))

    assert cause
    assert remedy
    assert "{" not in cause


@pytest.mark.parametrize("problem", list(StartProblem))
def test_why_a_backend_cannot_start_is_told_with_what_it_said_or_in_the_hosts_language(
    problem: StartProblem,
) -> None:
    _, remedy = texts.backend_problem(BackendFailure(FailureKind.CANNOT_START, 87, "{Do} this.", problem))

    assert remedy
    assert ("{Do} this." in remedy) != (problem in TRANSLATED)


def test_what_another_host_did_is_told() -> None:
    assert len({texts.note(note) for note in BroadcastNote}) == len(BroadcastNote)


@pytest.mark.parametrize("problem", list(SettingsProblem))
def test_every_problem_of_the_settings_names_file_and_remedy(problem: SettingsProblem) -> None:
    path = Path("/data/studio.json")
    told = texts.settings_problem(SettingsError(problem, path, "no luck"))

    assert str(path) in told
    assert "{" not in told
