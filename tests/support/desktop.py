"""The host's hands: keys pressed in a real window on a virtual screen."""

import asyncio
import os
from pathlib import Path

import cv2
import numpy as np
from Xlib import X
from Xlib.display import Display

WINDOW_TIMEOUT_S = 20
OPENED_WITHIN_S = 5
TRIES = 4


class Desktop:
    """A virtual screen with the studio's window on it.

    Args:
        display: the X display's name.
    """

    def __init__(self, display: str) -> None:
        self.display = display

    async def activate(self, title: str) -> None:
        """Give the keyboard to the window with this in its title, as soon as it is there."""
        search = ("xdotool", "search", "--sync", "--onlyvisible", "--name", title, "windowactivate", "--sync")
        # Any window that closes while xdotool looks at it ends xdotool (BadWindow): then it looks again.
        async with asyncio.timeout(WINDOW_TIMEOUT_S):
            while await self._exit_code(*search) != 0:
                pass

    async def fill_screen(self, title: str) -> None:
        """Let the window with this in its title take the whole screen."""
        await self.activate(title)
        await self._run("xdotool", "getactivewindow", "windowmove", "0", "0", "windowsize", "100%", "100%")

    async def press(self, keys: str, title: str = "Livestall") -> None:
        """Press keys, such as `ctrl+1`, or several one after the other, in the studio's window."""
        await self.activate(title)
        await self._run("xdotool", "key", "--delay", "60", *keys.split())

    async def press_until(self, keys: str, title: str, opened: str) -> None:
        """Press keys until they opened the window of this title: what they need may not be there yet."""
        for _ in range(TRIES):
            await self.press(keys, title)
            try:
                async with asyncio.timeout(OPENED_WITHIN_S):
                    await self.activate(opened)
            except TimeoutError:
                continue
            return
        raise AssertionError(f"{keys} opened no {opened} in {title}")

    async def write(self, text: str) -> None:
        """Type a text of ASCII letters where the keyboard is."""
        await self._run("xdotool", "type", "--delay", "20", text)

    async def screenshot(self, path: Path) -> None:
        """Save what the screen shows as PNG, for a person to look at."""
        await asyncio.to_thread(_save_screen, self.display, path)

    async def _run(self, *command: str) -> None:
        async with asyncio.timeout(WINDOW_TIMEOUT_S):
            assert await self._exit_code(*command) == 0, " ".join(command)

    async def _exit_code(self, *command: str) -> int:
        process = await asyncio.create_subprocess_exec(*command, env={**os.environ, "DISPLAY": self.display})
        try:
            return await process.wait()
        finally:
            if process.returncode is None:
                process.kill()


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
