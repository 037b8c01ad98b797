"""What the host is told of API tokens and webhooks."""

from PySide6.QtCore import QCoreApplication

from studio.connection.error_details import detail_of
from studio.connection.room_http import RejectedError


def api_token_problem(error: Exception) -> str:
    """Why API tokens could not be read or changed, and what helps."""
    translate = QCoreApplication.translate
    match _status(error):
        case 409:
            return translate("Reports", "An API token of this name is there already. Choose another name.")
        case 422:
            return translate("Reports", "Nobody could read this name. Choose another one.")
    return _other_problem(error)


def webhook_problem(error: Exception) -> str:
    """Why webhooks could not be read or changed, and what helps."""
    translate = QCoreApplication.translate
    match _status(error):
        case 409:
            return translate("Reports", "Webhooks go to this address already. Delete that one first.")
        case 422:
            text = translate(
                "Reports",
                "Webhooks cannot go to this address. It begins with https://, or is one of this computer or "
                "its network, where the server allows those. The server said: {detail}",
            )
            return text.format(detail=str(error))
    return _other_problem(error)


def _status(error: Exception) -> int:
    return error.status if isinstance(error, RejectedError) else 0


def _other_problem(error: Exception) -> str:
    translate = QCoreApplication.translate
    if _status(error):
        text = translate(
            "Reports",
            "The server lets the host alone change this. Check the host token in Settings → Network. It "
            "said: {detail}",
        )
    else:
        text = translate(
            "Reports", "The server was not reached ({detail}). Check the line to it, then try again."
        )
    return text.format(detail=detail_of(error))
