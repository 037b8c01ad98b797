"""Why something of coupons did not work, and what helps."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from studio.connection.error_details import detail_of
from studio.connection.room_http import RejectedError

_FORBIDDEN: Final = 403
_CONFLICT: Final = 409


def reading_problem(error: Exception) -> str:
    """Why the coupons could not be read."""
    if isinstance(error, RejectedError) and error.status == _FORBIDDEN:
        return _no_right()
    translate = QCoreApplication.translate
    text = translate("Reports", "The coupons could not be read ({detail}). Check the line, then try again.")
    return text.format(detail=detail_of(error))


def writing_problem(error: Exception) -> str:
    """Why a coupon was not made or stopped."""
    translate = QCoreApplication.translate
    if not isinstance(error, RejectedError):
        text = translate("Reports", "No answer came ({detail}). Look at the list before you try again.")
        return text.format(detail=detail_of(error))
    if error.status == _FORBIDDEN:
        return _no_right()
    if error.status == _CONFLICT:
        return translate("Reports", "Another coupon has this code. Choose another one.")
    return translate("Reports", "The shop does not take this: {detail}").format(detail=detail_of(error))


def _no_right() -> str:
    return QCoreApplication.translate(
        "Reports",
        "You may not see or change coupons. The host of the shop's first room does, and gives the right to "
        "campaigns under Live → Assistants.",
    )
