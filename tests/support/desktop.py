"""The host's hands: keys pressed in a real window on a virtual screen."""

import asyncio
import os
from pathlib import Path

import cv2
import numpy as np
from Xlib import X
from Xlib.display import Display

WINDOW_TIMEOUT_S = 20


class Desktop:
    """A virtual screen with the studio's window on it.

    Args:
        display: the X display's name.
    """

    def __init__(self, display: str) -> None:
        self.display = display

    async def activate(self, title: str) -> None:
        """Give the keyboard to the window with this in its title, as soon as it is there."""
        await self._run(
            "xdotool", "search", "--sync", "--onlyvisible", "--name", title, "windowactivate", "--sync"
        )

    async def press(self, keys: str, title: str = "Livestall") -> None:
        """Press keys, such as `ctrl+1`, or several one after the other, in the studio's window."""
        await self.activate(title)
        await self._run("xdotool", "key", "--delay", "60", *keys.split())

    async def write(self, text: str) -> None:
        """Type a text of ASCII letters where the keyboard is."""
        await self._run("xdotool", "type", "--delay", "20", text)

    async def screenshot(self, path: Path) -> None:
        """Save what the screen shows as PNG, for a person to look at."""
        await asyncio.to_thread(_save_screen, self.display, path)

    async def _run(self, *command: str) -> None:
        process = await asyncio.create_subprocess_exec(*command, env={**os.environ, "DISPLAY": self.display})
        assert await asyncio.wait_for(process.wait(), WINDOW_TIMEOUT_S) == 0, " ".join(command)


def _save_screen(display: str, path: Path) -> None:
    connection = Display(display)
    try:
        root = connection.screen().root
        size = root.get_geometry()
        grabbed = root.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
        # Depth 24 comes as four bytes a pixel: blue, green, red and nothing.
        pixels = np.frombuffer(grabbed.data, np.uint8).reshape(size.height, size.width, 4)
    finally:
        connection.close()
    assert cv2.imwrite(str(path), pixels[..., :3]), f"{path} cannot be written"
