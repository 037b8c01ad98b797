"""How long a recording can go on before its disk is full."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

RESERVE_BYTES: Final = 512 << 20
"""A recording ends while so much is free: the shop's database and the system need it."""


def free_bytes(folder: Path) -> int:
    """Give how much may still be written there; the folder need not be there yet.

    Raises:
        OSError: the disk does not say.
    """
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


class DiskSpace:
    """Watches the disk of a folder.

    Args:
        folder: where is written.
        free: gives the free bytes of a folder; tests hand in their own.
    """

    def __init__(self, folder: Path, free: Callable[[Path], int] = free_bytes) -> None:
        self._folder = folder
        self._free = free

    @property
    def is_full(self) -> bool:
        """Whether no more may be written; where the disk does not say, writing will tell."""
        try:
            return self._free(self._folder) <= RESERVE_BYTES
        except OSError:
            return False

    def seconds_left(self, bytes_a_second: float) -> float | None:
        """Give how long one can go on like this; None while nothing is written or the disk does not say."""
        try:
            left = self._free(self._folder) - RESERVE_BYTES
        except OSError:
            return None
        return max(0.0, left / bytes_a_second) if bytes_a_second > 0 else None
