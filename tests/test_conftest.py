import gc

from tests.conftest import pytest_runtest_makereport


def test_no_garbage_is_collected_while_a_report_is_made() -> None:
    making = pytest_runtest_makereport()
    next(making)
    assert not gc.isenabled()
    making.close()
    assert gc.isenabled()
