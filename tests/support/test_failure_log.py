from pathlib import Path

import pytest

from tests.support.failure_log import MOST_CHARACTERS, VARIABLE, FailureLog, failure_log


def report(text: str) -> pytest.TestReport:
    place = ("test_a.py", 1, "test_a")
    return pytest.TestReport("test_a.py::test_a", place, {}, "failed" if text else "passed", text, "call")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    return tmp_path / "failures.txt"


def test_a_failed_test_is_noted_with_the_end_of_what_it_says(path: Path) -> None:
    FailureLog(path).pytest_runtest_logreport(report("x" * MOST_CHARACTERS + "the cause \ud800"))
    noted = path.read_text(encoding="utf-8")
    assert noted.startswith("--- test_a.py::test_a (call, after 0 s)\n")
    assert noted.endswith("the cause \\ud800\n")
    assert len(noted) < MOST_CHARACTERS + 100


def test_a_passed_test_is_not_noted(path: Path) -> None:
    FailureLog(path).pytest_runtest_logreport(report(""))
    assert not path.exists()


def test_a_worker_leaves_its_reports_to_the_main_process(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw1")
    FailureLog(path).pytest_runtest_logreport(report("no"))
    assert not path.exists()


def test_a_worker_notes_that_pytest_broke(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw1")
    FailureLog(path).pytest_internalerror("RuntimeError: no disk")
    assert path.read_text(encoding="utf-8") == "--- pytest broke in gw1\nRuntimeError: no disk\n"


def test_nothing_is_logged_unless_a_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert failure_log() is None
