from pathlib import Path
from typing import Literal

import pytest

from tests.support.skips import ALLOWED, fail_what_may_not_be_skipped, must_run_all

TESTS = Path(__file__).parents[1]


def report(reason: str, outcome: Literal["skipped", "passed"] = "skipped") -> pytest.TestReport:
    longrepr = ("test_a.py", 1, f"Skipped: {reason}") if outcome == "skipped" else None
    return pytest.TestReport("test_a.py::test_a", ("test_a.py", 1, "test_a"), {}, outcome, longrepr, "call")


def test_a_skip_for_want_of_a_file_is_a_failure() -> None:
    judged = report("talking_woman is missing: see footage.toml")
    fail_what_may_not_be_skipped(judged)
    assert judged.failed
    assert "talking_woman is missing" in str(judged.longrepr)


def test_a_skip_on_another_system_stays_a_skip() -> None:
    judged = report("signals")
    fail_what_may_not_be_skipped(judged)
    assert judged.skipped


def test_what_passed_stays_passed() -> None:
    judged = report("", "passed")
    fail_what_may_not_be_skipped(judged)
    assert judged.passed


def test_each_allowed_reason_is_given_by_some_test() -> None:
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for path in TESTS.rglob("*.py")
        if path.name not in {"skips.py", "test_skips.py"}
    )
    assert [reason for reason in ALLOWED if f'"{reason}"' not in sources] == []


@pytest.mark.parametrize(("value", "must"), [("true", True), ("1", True), ("false", False), ("", False)])
def test_all_tests_must_run_in_ci(monkeypatch: pytest.MonkeyPatch, value: str, must: bool) -> None:  # noqa: FBT001
    monkeypatch.setenv("CI", value)
    assert must_run_all() is must
