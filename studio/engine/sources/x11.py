"""What there is to capture on an X11 display: monitors and windows, by their names and ids."""

import contextlib
import os
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.engine.messages.values import Device
from studio.engine.sources.source import SourceError

_CODED_NAME: Final = "_NET_WM_NAME"
_HIDDEN_TYPES: Final = ("_NET_WM_WINDOW_TYPE_DOCK", "_NET_WM_WINDOW_TYPE_DESKTOP")


@dataclass(frozen=True)
class Area:
    """A rectangle in pixels: a monitor's place on the screen, or a window's size (its x and y are 0)."""

    x: int
    y: int
    width: int
    height: int


def display_of(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the X11 display to capture; None without one, or where Wayland hides windows from X11."""
    if sys.platform != "linux" or environment.get("WAYLAND_DISPLAY"):
        return None
    return environment.get("DISPLAY") or None


class X11Display:
    """A connection to an X server, for one thread; close it.

    Args:
        name: such as `:0`.
        own_pids: whose windows are not listed: those of the engine and of the studio that started it.

    Raises:
        SourceError: the display cannot be reached; also from every method.
    """

    def __init__(self, name: str, own_pids: Collection[int] = frozenset()) -> None:
        from Xlib.display import Display  # there is no Xlib elsewhere than on Linux

        self._name = name
        self._own_pids = frozenset(own_pids)
        with self._translated():
            self._display: Any = Display(name)

    def close(self) -> None:
        """Close the connection."""
        with contextlib.suppress(SourceError), self._translated():
            self._display.close()

    def monitors(self) -> list[tuple[Device, Area]]:
        """List the monitors, the primary one first."""
        with self._translated():
            screen = self._display.screen()
            if not self._display.has_extension("RANDR"):
                whole = Area(0, 0, screen.width_in_pixels, screen.height_in_pixels)
                return [(Device("screen", ""), whole)]
            found = sorted(screen.root.xrandr_get_monitors().monitors, key=lambda each: -int(each.primary))
            return [(self._to_device(each.name), _to_area(each)) for each in found]

    def windows(self) -> list[Device]:
        """List the windows that the window manager knows, without panels and the desktop."""
        with self._translated():
            return [
                Device(f"0x{number:x}", name)
                for number in self._property(self._display.screen().root, "_NET_CLIENT_LIST")
                if not self._is_own(int(number)) and (name := self._window_name(int(number)))
            ]

    def window_area(self, device_id: str) -> Area:
        """Return a window's size.

        Raises:
            SourceError: it is gone, minimized, or the id is none.
        """
        from Xlib import X
        from Xlib.error import XError

        missing = SourceError(
            "window_missing",
            f"The window {device_id} is not on the screen. Open or restore it, or choose another window.",
        )
        with self._translated():
            try:
                window = self._display.create_resource_object("window", int(device_id, 0))
                if window.get_attributes().map_state != X.IsViewable:
                    raise missing
                geometry = window.get_geometry()
            except (XError, ValueError) as error:
                raise missing from error
        return Area(0, 0, int(geometry.width), int(geometry.height))

    def _to_device(self, atom: int) -> Device:
        name = str(self._display.get_atom_name(atom))
        # What a server without a graphics card calls its one screen is no name.
        return Device(name, "" if name == "screen" else name)

    def _is_own(self, number: int) -> bool:
        """Whether it is the studio's: a picture of itself would be of no use to anybody."""
        from Xlib.error import XError

        try:
            window = self._display.create_resource_object("window", number)
            return bool(self._own_pids & set(self._property(window, "_NET_WM_PID")))
        except XError:
            return False

    def _window_name(self, number: int) -> str:
        """The window's title; empty for one that is gone, has none, or is no application's."""
        from Xlib.error import XError

        try:
            window = self._display.create_resource_object("window", number)
            hidden = {self._display.get_atom(name) for name in _HIDDEN_TYPES}
            if hidden & set(self._property(window, "_NET_WM_WINDOW_TYPE")):
                return ""
            title = self._property(window, _CODED_NAME)
            if title:
                return bytes(title).decode("utf-8", "replace")
            return str(window.get_wm_name() or "")
        except XError:
            return ""

    def _property(self, window: Any, name: str) -> list[int]:  # noqa: ANN401 - Xlib's objects have no useful type
        from Xlib import X

        found = window.get_full_property(self._display.get_atom(name), X.AnyPropertyType)
        return list(found.value) if found is not None else []

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        from Xlib.error import ConnectionClosedError, DisplayError, XError

        try:
            yield
        except (ConnectionClosedError, DisplayError, XError, OSError) as error:
            raise SourceError(
                "display_lost",
                f"The X display {self._name} cannot be reached ({error}). Is its server running?",
            ) from error


def _to_area(monitor: Any) -> Area:  # noqa: ANN401 - Xlib's objects have no useful type
    return Area(monitor.x, monitor.y, monitor.width_in_pixels, monitor.height_in_pixels)
