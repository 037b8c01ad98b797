"""The host's hands: keys pressed in a real window on a virtual screen."""

import asyncio
import os
from pathlib import Path

WINDOW_TIMEOUT_S = 10


class Desktop:
    """A virtual screen with the studio's window on it.

    Args:
        display: the X display's name.
    """

    def __init__(self, display: str) -> None:
        self.display = display

    async def press(self, keys: str) -> None:
        """Press keys, such as `ctrl+1`, or several one after the other, in the studio's window."""
        await self._run(
            "xdotool", "search", "--sync", "--onlyvisible", "--name", "Livestall", "windowactivate", "--sync"
        )
        await self._run("xdotool", "key", "--delay", "60", *keys.split())

    async def write(self, text: str) -> None:
        """Type a text of ASCII letters where the keyboard is."""
        await self._run("xdotool", "type", "--delay", "20", text)

    async def screenshot(self, path: Path) -> None:
        """Save what the screen shows as PNG, for a person to look at."""
        await self._run("import", "-window", "root", str(path))

    async def _run(self, *command: str) -> None:
        process = await asyncio.create_subprocess_exec(*command, env={**os.environ, "DISPLAY": self.display})
        assert await asyncio.wait_for(process.wait(), WINDOW_TIMEOUT_S) == 0, " ".join(command)
