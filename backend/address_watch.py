"""Follows the machine from network to network: Wi-Fi to cable, another lease, a night of sleep."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from backend.relay.outcomes import RelayProblem

log = logging.getLogger("livestall.serve")

LOOK_EVERY_S: Final = 2.0


class AddressWatch:
    """Looks at the machine's addresses, and tells the relay and viewers when they are others.

    Args:
        look: returns the addresses of now, the best first; it may block.
        listen_on: makes the relay listen on these; returns why it cannot on all of them.
        told: the addresses at the start, which relay and viewers know.
        on_moved: called with the best address when it is another one.
    """

    def __init__(
        self,
        look: Callable[[], Sequence[str]],
        listen_on: Callable[[Sequence[str]], Awaitable[RelayProblem | None]],
        told: Sequence[str],
        on_moved: Callable[[str], None],
    ) -> None:
        self._look = look
        self._listen_on = listen_on
        self._told = list(told)
        self._on_moved = on_moved
        self._problem = ""

    async def run(self) -> None:
        """Look every two seconds until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await self.look()
            except OSError:
                log.exception("the machine's addresses cannot be read; trying again")

    async def look(self) -> None:
        """Look once; what the relay could not take is tried again the next time."""
        addresses = list(await asyncio.to_thread(self._look))
        if addresses == self._told and not self._problem:
            return
        before, self._told = self._told, addresses
        if addresses != before:
            log.info("the machine's addresses are %s now", ", ".join(addresses))
        failure = await self._listen_on(addresses)
        problem = failure.message if failure is not None else ""
        if problem and problem != self._problem:
            log.warning("media does not go by all addresses of this machine: %s", problem)
        self._problem = problem
        if addresses[0] != before[0]:
            self._on_moved(addresses[0])
