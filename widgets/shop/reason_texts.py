"""Why something happened in the shop, in words: people's own, or what the shop writes by itself."""

from PySide6.QtCore import QCoreApplication


def reason_text(reason: str) -> str:
    """Return a reason in the host's language where the shop gave it; what people wrote stays as it is."""
    translate = QCoreApplication.translate
    known = {
        "not paid in time": translate("Reasons", "not paid in time"),
        "late payment": translate("Reasons", "late payment"),
        "10 days sent": translate("Reasons", "10 days sent"),
        "7 days delivered": translate("Reasons", "7 days delivered"),
        "not sent back in time": translate("Reasons", "not sent back in time"),
        "nobody answered in time": translate("Reasons", "nobody answered in time"),
    }
    return known.get(reason, reason)
