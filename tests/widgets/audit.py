"""Lines of the audit log, for tests."""

from backend.contract.audit import AuditKind, AuditLine
from backend.contract.base import Author
from tests.widgets.people import HOST, NOON_MS


def audit_line(
    what: str,
    old: str = "",
    new: str = "",
    *,
    kind: AuditKind = AuditKind.PRODUCT,
    about: str = "1 tea",
    by: Author | None = HOST,
    reason: str = "",
    number: int = 1,
) -> AuditLine:
    """A line by the host at noon, unless another one is given."""
    currency = "CNY" if what == "price" else ""
    return AuditLine(number, NOON_MS, "s1", by, kind, what, about, old, new, reason, currency)
