"""What tests may be skipped for: another system. A file or a program that is missing is a failure in CI."""

import os
from typing import Final

import pytest

# The reasons, as the tests give them. All others fail where the whole suite must run.
ALLOWED: Final = frozenset(
    {
        "LiteRT is not here",  # no wheel for Intel Macs
        "POSIX modes",
        "POSIX permissions",
        "no IPv6 here",
        "only Linux can forbid it",
        "other systems always have a display",
        "root may write everywhere",
        "segmentation offload is Linux'",
        "signals",
        "singletons are immortal since 3.12 (PEP 683)",
        "there is no such limit",
    }
)


def must_run_all() -> bool:
    """Whether this run may skip nothing but what another system is the reason of: in CI."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def fail_what_may_not_be_skipped(report: pytest.TestReport) -> None:
    """Make a failure of a skip for a reason that is not allowed; leave all other reports as they are."""
    if not report.skipped or hasattr(report, "wasxfail") or not isinstance(report.longrepr, tuple):
        return
    reason = report.longrepr[2].removeprefix("Skipped: ")
    if reason not in ALLOWED:
        report.outcome = "failed"
        report.longrepr = (
            f"skipped: {reason}\nIn CI all tests run; tests/support/skips.py lists what may be skipped."
        )
