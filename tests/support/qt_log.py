"""Qt tells of misuse only in its log: a test in which it warned has failed."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

# What the offscreen platform cannot do, or a machine without speakers, is no fault of ours.
HARMLESS: Final = ("This plugin does not support", "PulseAudioService")


def fail_on_qt_warnings(items: Iterable[pytest.Item], folder: Path, *, besides: tuple[str, ...] = ()) -> None:
    """Let Qt's warnings fail the tests below a folder, except in the named folders right below it."""
    for item in items:
        if not item.path.is_relative_to(folder):
            continue
        if item.path.relative_to(folder).parts[0] not in besides:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(*HARMLESS))
