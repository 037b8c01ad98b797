import gc
from pathlib import Path

import pytest

from tests.conftest import pytest_ignore_collect, pytest_runtest_makereport

TESTS = Path(__file__).parent
JOURNEY = TESTS / "journeys" / "test_chat.py"
OTHER = TESTS / "test_main.py"


@pytest.mark.parametrize(
    ("marks", "left_out", "read"),
    [
        ("journey", [OTHER, TESTS / "widgets"], [TESTS, TESTS / "journeys", JOURNEY]),
        ("not journey", [TESTS / "journeys", JOURNEY], [TESTS, OTHER, TESTS / "widgets"]),
        ("", [], [TESTS, OTHER, JOURNEY]),
    ],
)
def test_only_the_folders_whose_tests_are_wanted_are_read(
    marks: str,
    left_out: list[Path],
    read: list[Path],
    pytestconfig: pytest.Config,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pytestconfig.option, "markexpr", marks)
    assert [pytest_ignore_collect(path, pytestconfig) for path in left_out] == [True] * len(left_out)
    assert [pytest_ignore_collect(path, pytestconfig) for path in read] == [None] * len(read)


def test_no_garbage_is_collected_while_a_report_is_made() -> None:
    making = pytest_runtest_makereport()
    next(making)
    assert not gc.isenabled()
    making.close()
    assert gc.isenabled()
