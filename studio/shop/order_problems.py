"""Why the shop did not answer as wished, and what helps."""

from PySide6.QtCore import QCoreApplication

from studio.connection.room_http import RejectedError

NO_RIGHT = frozenset({401, 403})
NO_SHOP = 404


def reading_problem(error: Exception) -> tuple[str, str]:
    """Why the orders could not be read, and what helps."""
    translate = QCoreApplication.translate
    if isinstance(error, RejectedError) and error.status in NO_RIGHT:
        cause = translate("Orders", "These orders are not shown to you ({detail}).")
        remedy = translate(
            "Orders", "Assistants ask the host for the right to orders; the host checks Settings → Network."
        )
    elif isinstance(error, RejectedError) and error.status == NO_SHOP:
        cause = translate("Orders", "This backend has no shop ({detail}).")
        remedy = translate("Orders", "Bring the backend up to date, then try again.")
    else:
        cause = translate("Orders", "The orders could not be read ({detail}).")
        remedy = translate("Orders", "Check the line to the backend, then try again.")
    return cause.format(detail=_detail(error)), remedy


def action_problem(error: Exception) -> str:
    """Why an action was not carried out, and what helps."""
    translate = QCoreApplication.translate
    if isinstance(error, RejectedError):
        return str(error)  # the shop's own words name cause and remedy
    text = translate(
        "Orders", "No answer came ({detail}). Try again: what was done already is not done twice."
    )
    return text.format(detail=_detail(error))


def no_place() -> tuple[str, str]:
    """Why there are no orders while there is no room."""
    translate = QCoreApplication.translate
    return (
        translate("Orders", "Not connected to a room."),
        translate("Orders", "The orders come as soon as there is one."),
    )


def no_right() -> tuple[str, str]:
    """Why an assistant sees no orders."""
    translate = QCoreApplication.translate
    return (
        translate("Orders", "You need the right to orders."),
        translate("Orders", "Ask the host for it."),
    )


def _detail(error: Exception) -> str:
    return str(error) or type(error).__name__
