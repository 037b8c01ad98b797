"""Why something happened in the shop, in words: people's own, or what the shop did by itself."""

from PySide6.QtCore import QCoreApplication

from backend.contract.own_reasons import OwnReason


def reason_text(reason: str) -> str:
    """Return a reason in the host's language where the shop gave it; what people wrote stays as it is."""
    translate = QCoreApplication.translate
    known: dict[str, str] = {
        OwnReason.NOT_PAID_IN_TIME: translate("Reasons", "not paid in time"),
        OwnReason.PAID_AFTER_ALL: translate("Reasons", "the money came after all"),
        OwnReason.COINS_CREDITED: translate("Reasons", "the coins are in the wallet"),
        OwnReason.SENT_LONG_AGO: translate("Reasons", "sent 10 days ago"),
        OwnReason.ARRIVED_LONG_AGO: translate("Reasons", "delivered 7 days ago"),
        OwnReason.NOT_SENT_BACK_IN_TIME: translate("Reasons", "not sent back in time"),
        OwnReason.NOBODY_ANSWERED_IN_TIME: translate("Reasons", "nobody answered in time"),
        OwnReason.SHIPPING_NOT_NEEDED: translate(
            "Reasons", "shipping that was kept for other orders of the same parcel"
        ),
        OwnReason.BY_STAFF: translate("Reasons", "given back by the shop"),
        OwnReason.REFUND_CAME_BACK: translate("Reasons", "the refund did not reach the buyer"),
        OwnReason.MADE_AT_THE_PROVIDER: translate("Reasons", "given back in the provider's console"),
    }
    return known.get(reason, reason)
