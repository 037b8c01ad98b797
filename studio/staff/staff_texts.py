"""Why the audit log, the host token or a saved file failed, in the host's language, with the remedy."""

import errno
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from studio.connection.error_details import detail_of
from studio.connection.room_http import RejectedError


def audit_problem(error: Exception) -> str:
    """Why the audit log could not be read, and what helps."""
    translate = QCoreApplication.translate
    if isinstance(error, RejectedError):
        text = translate(
            "Reports",
            "The server shows the audit log to the host alone. Check the host token in Settings → Network. "
            "It said: {detail}",
        )
    else:
        text = translate(
            "Reports",
            "The audit log could not be read ({detail}). Check the line to the server, then try again.",
        )
    return text.format(detail=detail_of(error))


def host_token_problem(error: Exception) -> str:
    """Why the host token was not renewed, and what helps."""
    translate = QCoreApplication.translate
    if isinstance(error, RejectedError):
        text = translate(
            "Reports",
            "The host token was not renewed. Check it in Settings → Network. The server said: {detail}",
        )
    else:
        text = translate(
            "Reports",
            "The host token was not renewed: the server was not reached ({detail}). Try again.",
        )
    return text.format(detail=detail_of(error))


def file_problem(path: Path, error: OSError) -> str:
    """Why a file could not be written, and what helps."""
    translate = QCoreApplication.translate
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        text = translate(
            "Reports",
            "The disk is full, so {path} was not written. Free some space, or choose another folder.",
        )
    elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
        text = translate("Reports", "You may not write {path}. Choose another folder.")
    else:
        text = translate("Reports", "{path} could not be written ({detail}). Choose another folder.")
    return text.format(path=path, detail=error.strerror or type(error).__name__)
