"""Keeps what repeats from filling the log: of lines alike the first are printed, the others counted."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

from typing_extensions import override

LINES_ALIKE: Final = 30
WINDOW_S: Final = 60.0
MAX_KINDS: Final = 500
MAX_TEXT: Final = 300

_Kind = tuple[str, int, str, str]


class _Alike:
    """Lines of one kind within the window."""

    def __init__(self, since_s: float) -> None:
        self.since_s = since_s
        self.count = 0
        self.last = ""


class PacedHandler(logging.Handler):
    """Hands records on: of those alike (logger, level, words before they are filled in, error) some a minute.

    What was left out is logged with its number and the last one's words once the minute is over and something
    else is printed, or at the end.

    Args:
        handlers: to whom; each keeps its own level.
        clock_s: a clock that never goes back, in seconds.
    """

    def __init__(
        self, handlers: Sequence[logging.Handler], clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._handlers = handlers
        self._clock_s = clock_s
        self._kinds: OrderedDict[_Kind, _Alike] = OrderedDict()

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler.emit`."""
        now_s = self._clock_s()
        self._end_windows(now_s)
        kind = (record.name, record.levelno, str(record.msg), _error_of(record))
        alike = self._kinds.setdefault(kind, _Alike(now_s))
        alike.count += 1
        if alike.count <= LINES_ALIKE:
            self._hand_on(record)
        else:
            alike.last = record.getMessage()
        if len(self._kinds) > MAX_KINDS:
            self._tell(*self._kinds.popitem(last=False))

    @override
    def close(self) -> None:
        """Tell the rest, and close all."""
        while self._kinds:
            self._tell(*self._kinds.popitem(last=False))
        for handler in self._handlers:
            handler.close()
        super().close()

    def _end_windows(self, now_s: float) -> None:
        # Windows are equally long, so the oldest stand first.
        while self._kinds:
            kind, alike = next(iter(self._kinds.items()))
            if now_s - alike.since_s < WINDOW_S:
                return
            del self._kinds[kind]
            self._tell(kind, alike)

    def _tell(self, kind: _Kind, alike: _Alike) -> None:
        name, level, _, error = kind
        left_out = alike.count - LINES_ALIKE
        if left_out > 0:
            what = f"{left_out:,} more like this within a minute: {alike.last} {error}".strip()[:MAX_TEXT]
            self._hand_on(logging.makeLogRecord(_shape(name, level, what)))

    def _hand_on(self, record: logging.LogRecord) -> None:
        for handler in self._handlers:
            if record.levelno >= handler.level:
                handler.handle(record)


def _shape(name: str, level: int, text: str) -> dict[str, object]:
    return {"name": name, "levelno": level, "levelname": logging.getLevelName(level), "msg": text}


def _error_of(record: logging.LogRecord) -> str:
    """Name the error and the line it comes from."""
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    trace = record.exc_info[2]
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{record.exc_info[0].__name__} in line {trace.tb_lineno if trace else 0}"
