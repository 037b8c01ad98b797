"""Why the shop did not answer as wished, and what helps."""

from PySide6.QtCore import QCoreApplication

from studio.connection.error_details import detail_of
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
        cause = translate("Orders", "This server has no shop ({detail}).")
        remedy = translate("Orders", "Update Livestall on the server, then try again.")
    else:
        cause = translate("Orders", "The orders could not be read ({detail}).")
        remedy = translate("Orders", "Check the line to the server, then try again.")
    return cause.format(detail=detail_of(error)), remedy


def action_problem(error: Exception) -> str:
    """Why an action was not carried out, and what helps."""
    translate = QCoreApplication.translate
    if isinstance(error, RejectedError):
        # The shop's own words name cause and remedy too, but in English alone.
        known = _refusals().get(error.kind)
        return known.replace("{left}", f"{error.left:,}") if known else str(error)
    text = translate(
        "Orders", "No answer came ({detail}). Try again: what was done already is not done twice."
    )
    return text.format(detail=detail_of(error))


def _refusals() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "case_not_allowed_now": translate(
            "Orders",
            "The case does not allow it any more: somebody may have been faster. Close this, look again.",
        ),
        "not_allowed_now": translate(
            "Orders",
            "The order does not allow this any more: somebody may have been faster. Close this, look again.",
        ),
        "not_in_order": translate(
            "Orders", "Less of it is left to send than this parcel would hold. Close this and look again."
        ),
        "not_claimable": translate(
            "Orders", "More would be for sale again than came back. Lower the numbers."
        ),
        "shipping_too_much": translate(
            "Orders", "So much of the shipping is not left to pay back. Enter less, or nothing."
        ),
        "coins_spent": translate(
            "Orders",
            "The buyer has {left} coins left: the others were given away. Take back no more than these.",
        ),
        "sold_out": translate(
            "Orders", "Not enough of it is in stock. Add stock first, or pay the money back instead."
        ),
        "not_found": translate(
            "Orders", "It is not there any more. Close this and read the list again (F5)."
        ),
        "forbidden": translate("Orders", "You need the right to orders. Ask the host for it."),
    }


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
