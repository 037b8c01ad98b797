"""`main.py check`: whether the books of a shop agree, and where they do not; it changes nothing."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec
import platformdirs

from backend.keeping.check_coins import check_coins
from backend.keeping.check_journal import check_journal
from backend.keeping.check_money import check_money
from backend.keeping.check_orders import check_orders
from backend.keeping.check_stock import check_stock
from backend.keeping.check_suspense import check_suspense
from backend.keeping.check_waiting import check_waiting
from backend.keeping.errors import KeepingError
from backend.keeping.finding import Finding
from backend.keeping.looking import file_faults, looking
from backend.storage.database import FILE_NAME

EXIT_WRONG: Final = 1
EXIT_REFUSED: Final = 2


class CheckOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for.

    Attributes:
        data, database: as the backend's, see `ServeOptions`.
    """

    data: Path | None = None
    database: str | None = None


def check(options: CheckOptions) -> int:
    """Check, print what is wrong, and return the exit code."""
    count = 0
    try:
        for finding in findings(options):
            print(f"{finding.where}: {finding.what}", flush=True)  # noqa: T201 - what the command is for
            count += 1
    except KeepingError as error:
        print(f"livestall: {error}", file=sys.stderr)  # noqa: T201 - to the person who started it
        return EXIT_REFUSED
    print(f"Wrong: {count}." if count else "The books agree.", file=sys.stderr)  # noqa: T201
    return EXIT_WRONG if count else 0


def findings(
    options: CheckOptions, clock_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000
) -> Iterator[Finding]:
    """Give what is wrong, all as it was at one moment.

    Raises:
        KeepingError: it cannot be checked.
    """
    folder = options.data or Path(platformdirs.user_data_dir("livestall", appauthor=False))
    with looking(folder, options.database) as connection:
        faults = file_faults(folder, options.database)
        yield from [Finding(f"file {folder / FILE_NAME}", fault) for fault in faults]
        yield from check_money(connection)
        yield from check_coins(connection)
        yield from check_stock(connection)
        yield from check_orders(connection)
        yield from check_journal(connection)
        yield from check_suspense(connection)
        yield from check_waiting(connection, clock_ms())
