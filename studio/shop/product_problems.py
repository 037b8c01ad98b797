"""Why the catalogue did not answer as wished, and what helps."""

from PySide6.QtCore import QCoreApplication

from backend.contract.base import RejectReason
from backend.contract.protocol import Rejected
from studio import texts
from widgets.common.money import amount_text
from widgets.shop.products_acts import ProductAct, SetPrice, SetTitle


def reading_problem(error: Exception) -> tuple[str, str]:
    """Why the products could not be read, and what helps."""
    translate = QCoreApplication.translate
    cause = translate("Products", "The products could not be read ({detail}).")
    remedy = translate("Products", "Check the line to the backend, then try again.")
    return cause.format(detail=str(error) or type(error).__name__), remedy


def no_place() -> tuple[str, str]:
    """Why there are no products while there is no room."""
    translate = QCoreApplication.translate
    return (
        translate("Products", "Not connected to a room."),
        translate("Products", "The products come as soon as there is one."),
    )


def no_right() -> tuple[str, str]:
    """Why an assistant changes no products."""
    translate = QCoreApplication.translate
    return (
        translate("Products", "You need the right to products or to prices."),
        translate("Products", "Ask the host for it."),
    )


def not_connected() -> str:
    """Why nothing was sent."""
    translate = QCoreApplication.translate
    return translate("Products", "Not connected: it may not have been saved. Look again in a moment.")


def refusal(act: ProductAct, answer: Rejected) -> str:
    """Why the room refused a change, and what stands there now where another was faster."""
    translate = QCoreApplication.translate
    conflict = answer.conflict
    if answer.reason is RejectReason.MALFORMED and isinstance(act, SetPrice):
        return translate("Products", "This price cannot be: it may be below the floor.")
    if conflict is None or conflict.product is None:
        return texts.reject_reason(answer.reason)
    product = conflict.product
    who = conflict.by.name if conflict.by is not None else translate("Products", "Another editor")
    if isinstance(act, SetTitle):
        now = product.title
    elif isinstance(act, SetPrice):
        now = amount_text(product.price_minor, product.currency)
    else:
        now = f"{product.stock:,}"
    text = translate("Products", "{who} was faster; it is {now} now.")
    return text.format(who=who, now=now)
