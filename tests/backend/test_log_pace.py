import logging

import pytest
from typing_extensions import override

from backend.log_pace import LINES_ALIKE, MAX_KINDS, WINDOW_S, PacedHandler


class Kept(logging.Handler):
    def __init__(self, level: int = logging.INFO) -> None:
        super().__init__(level)
        self.lines: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


class Log:
    """A logger of its own behind the handler, and a clock that the test moves."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.all, self.warnings = Kept(), Kept(logging.WARNING)
        self.handler = PacedHandler((self.all, self.warnings), lambda: self.now_s)
        self.logger = logging.Logger("livestall.x")  # noqa: LOG001 - heard by this test alone
        self.logger.addHandler(self.handler)


@pytest.fixture
def log() -> Log:
    return Log()


def fail(log: Log, message: str) -> None:
    try:
        int(f"x{message}")
    except ValueError:
        log.logger.exception("it broke")


def test_of_lines_alike_the_first_are_printed_and_the_others_counted(log: Log) -> None:
    for number in range(1000):
        log.logger.warning("no answer from %s", number)
    log.logger.info("else")
    assert log.all.lines[-1] == "INFO livestall.x: else"
    assert len(log.warnings.lines) == LINES_ALIKE
    log.now_s = WINDOW_S
    log.logger.warning("no answer from %s", "last")
    assert log.warnings.lines[LINES_ALIKE:] == [
        f"WARNING livestall.x: {1000 - LINES_ALIKE} more like this within a minute: no answer from 999",
        "WARNING livestall.x: no answer from last",
    ]


def test_a_traceback_that_repeats_keeps_its_cause(log: Log) -> None:
    for number in range(LINES_ALIKE + 2):
        fail(log, str(number))
    log.handler.close()
    assert len(log.all.lines) == LINES_ALIKE + 1
    assert log.all.lines[-1].startswith(
        "ERROR livestall.x: 2 more like this within a minute: it broke ValueError in line "
    )


def test_lines_that_differ_are_all_printed(log: Log) -> None:
    for number in range(MAX_KINDS * 2):
        log.logger.info(f"line {number}")  # noqa: G004 - each its own
    log.handler.close()
    assert len(log.all.lines) == MAX_KINDS * 2
