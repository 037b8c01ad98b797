"""The options of the backend that the studio itself runs, from settings and command line."""

import socket
from pathlib import Path
from typing import Final

from studio.parts import StudioOptions
from studio.processes.backend_process import BackendOptions
from studio.settings import Settings
from widgets.settings.settings_values import BackendPlace

LOOPBACK: Final = "127.0.0.1"
# Chosen by the host, for phones on the network, whichever kind of address that has.
ALL_ADDRESSES: Final = "::" if socket.has_dualstack_ipv6() else "0.0.0.0"  # noqa: S104


def backend_here(
    options: StudioOptions, settings: Settings, *, folder: Path, secret: bytes, language: str
) -> BackendOptions | None:
    """Return how to start it; None where the settings name another machine, and the command line nothing.

    Args:
        options: of the command line; what it says of the network counts more than the settings.
        settings: what the host chose.
        folder: the data folder.
        secret: signs the backend's tokens.
        language: `zh_CN` or `en`.
    """
    if settings.backend_place is BackendPlace.REMOTE and options.host is None and options.port is None:
        return None
    return BackendOptions(
        data=folder,
        host=options.host or (ALL_ADDRESSES if settings.is_open_to_lan else LOOPBACK),
        port=settings.port if options.port is None else options.port,
        secret=secret,
        has_demo=options.has_demo,
        language=language,
    )
