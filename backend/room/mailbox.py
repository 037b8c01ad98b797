"""Brings a room what waits for it elsewhere: each message stays there until the room's log has it."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Protocol

from backend.features.feature_set import QueuedCommand
from backend.log.entries import Entry
from backend.storage.database import StorageError

log = logging.getLogger("livestall.room")

LOOK_EVERY_S: Final = 1.0
REST_S: Final = 0.05
AT_ONCE: Final = 200


class Mailbox(Protocol):
    """Where messages wait for a room. The log's companions take away those that are saved."""

    def read(self, most: int) -> Sequence[Entry | QueuedCommand]:
        """Return what at most so many messages say; blocks. Entries are the log's, commands it decides.

        Raises:
            StorageError: it cannot be read now.
        """


class EmptyMailbox:
    """Of a room that nobody writes to."""

    def read(self, most: int) -> Sequence[Entry | QueuedCommand]:
        """See `Mailbox.read`."""
        return ()


Accept = Callable[[Sequence[Entry | QueuedCommand]], Awaitable[bool]]
"""Puts what they make into the log and returns whether it is saved."""


class MailWatch:
    """Looks into the mailbox when it is woken, and once a second.

    At most `AT_ONCE` messages are on their way into the log at a time, beside the commands of the same
    transaction: a flood of messages does not hold up who chats.
    """

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._has_mail = asyncio.Event()
        self._looks = 0
        self._turn = asyncio.Lock()  # what is on its way into the log still waits in the mailbox
        self._is_failing = False

    def wake(self) -> None:
        """Look soon: there is something."""
        self._has_mail.set()

    async def run(self, accept: Accept) -> None:
        """Watch until cancelled."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._has_mail.wait()
            self._has_mail.clear()
            await self.empty(accept)
            # Woken by each of many commits, it brings several in one transaction and leaves room for others.
            await asyncio.sleep(REST_S)

    async def empty(self, accept: Accept) -> None:
        """Bring what waits, until nothing does or it cannot be saved; many who ask at once look once."""
        wanted = self._looks + 1
        async with self._turn:
            if self._looks >= wanted:
                return  # a look that began since found it
            self._looks += 1
            while entries := await self._read():
                if not await accept(entries):
                    return  # what was not saved is still there

    async def _read(self) -> Sequence[Entry | QueuedCommand]:
        try:
            entries = await asyncio.to_thread(self._mailbox.read, AT_ONCE)
        except StorageError as error:
            if not self._is_failing:  # said once, not at every look
                log.warning("what waits for the room cannot be read: %s", error)
            self._is_failing = True
            return ()
        self._is_failing = False
        return entries
