"""Encodes pictures one at a time, in a thread of its own, for as many as may wait."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from backend.shop.catalog.pictures.reencoding import EncodedPicture, reencode

MOST_WAITING: Final = 8


class PicturesBusyError(Exception):
    """More pictures wait than are kept in memory; the same may be sent again later."""


class PictureEncoder:
    """See the module."""

    def __init__(self) -> None:
        # One at a time, as a decoded picture takes much memory; and in a thread that nobody else waits for.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pictures")
        self._waiting = 0

    async def encode(self, content: bytes) -> EncodedPicture:
        """Return a picture as it is kept.

        Raises:
            PictureError: it is none, or larger than is taken.
            PicturesBusyError: too many wait.
        """
        if self._waiting >= MOST_WAITING:
            raise PicturesBusyError(f"{MOST_WAITING} pictures wait already. Send it again in a moment.")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, reencode, content)
        finally:
            self._waiting -= 1
