"""What the host of another room reads about what is for the shop's first room alone."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from studio.connection.room_http import RejectedError

_FORBIDDEN: Final = 403


def first_room_problem(error: Exception) -> str:
    """Who sees to it, where a room was refused that is not the shop's first one; empty else."""
    if not isinstance(error, RejectedError) or error.status != _FORBIDDEN:
        return ""
    return QCoreApplication.translate(
        "Reports",
        "This counts for the whole shop, with all its rooms. The host of the shop's first room sees to it: "
        "ask them.",
    )
