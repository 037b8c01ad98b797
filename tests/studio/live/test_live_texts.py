import pytest

from backend.contract.startup import StartProblem
from studio.live import live_texts
from studio.live.broadcast import BroadcastNote
from studio.processes.backend_process import BackendFailure, FailureKind

TRANSLATED = {
    StartProblem.DISK_FULL,
    StartProblem.FOLDER_TAKEN,
    StartProblem.PORT_TAKEN,
    StartProblem.PORT_FORBIDDEN,
    StartProblem.RELAY,
}


@pytest.mark.parametrize("kind", list(FailureKind))
def test_every_failure_of_the_backend_has_cause_and_remedy(kind: FailureKind) -> None:
    cause, remedy = live_texts.backend_problem(BackendFailure(kind, 8787, "Do this."))

    assert cause
    assert remedy
    assert "{" not in cause


@pytest.mark.parametrize("problem", list(StartProblem))
def test_why_a_backend_cannot_start_is_told_with_what_it_said_or_in_the_hosts_language(
    problem: StartProblem,
) -> None:
    _, remedy = live_texts.backend_problem(
        BackendFailure(FailureKind.CANNOT_START, 87, "{Do} this.", problem)
    )

    assert remedy
    assert ("{Do} this." in remedy) != (problem in TRANSLATED)


def test_what_another_host_did_is_told() -> None:
    assert len({live_texts.note(note) for note in BroadcastNote}) == len(BroadcastNote)
