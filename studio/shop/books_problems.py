"""Why something of the books did not work, and what helps."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from studio.connection.error_details import detail_of
from studio.connection.room_http import RejectedError

_FORBIDDEN: Final = 403
_TOO_OFTEN: Final = 429


def reading_problem(error: Exception) -> str:
    """Why the books could not be read."""
    translate = QCoreApplication.translate
    if isinstance(error, RejectedError) and error.status == _FORBIDDEN:
        return _no_right()
    if isinstance(error, RejectedError) and error.status == _TOO_OFTEN:
        return translate(
            "Reports",
            "The books were asked too often: comparing asks each provider. Wait a minute, then try again.",
        )
    text = translate("Reports", "The books could not be read ({detail}). Check the line, then try again.")
    return text.format(detail=detail_of(error))


def settling_problem(error: Exception) -> str:
    """Why money was not settled."""
    translate = QCoreApplication.translate
    if not isinstance(error, RejectedError):
        text = translate(
            "Reports", "No answer came ({detail}). Settle it again: it is noted once, however often you try."
        )
        return text.format(detail=detail_of(error))
    if error.status == _FORBIDDEN:
        return _no_right()
    if error.kind == "settled_already":
        text = translate("Reports", "Somebody settled it before: {detail} Close this and look at “Settled”.")
    else:
        text = translate("Reports", "The shop does not take this: {detail}")
    return text.format(detail=detail_of(error))


def file_problem(path: Path, error: OSError) -> str:
    """Why a table could not be kept."""
    text = QCoreApplication.translate(
        "Reports", "{path} could not be written: {reason}. Choose another folder, then save again."
    )
    return text.format(path=path, reason=error.strerror or error)


def _no_right() -> str:
    return QCoreApplication.translate(
        "Reports",
        "You may not see the books. The host of the shop's first room does, and gives the right to payments "
        "under Live → Assistants.",
    )
