"""The query of the audit log, as an address carries it."""

from collections.abc import Mapping

import msgspec
from starlette.exceptions import HTTPException

from backend.contract.audit import AuditKind
from backend.features.insights.audit import MOST_LINES


class AuditQuery(msgspec.Struct, frozen=True):
    """`?kind=product&before=17&limit=50&format=csv`; each is optional, `kind` may be several with commas."""

    kinds: tuple[AuditKind, ...]
    before: int | None
    limit: int
    is_csv: bool

    @staticmethod
    def read(parameters: Mapping[str, str]) -> "AuditQuery":
        """Read the parameters, or raise `HTTPException` (422)."""
        try:
            names = [name for name in parameters.get("kind", "").split(",") if name]
            before = parameters.get("before")
            return AuditQuery(
                kinds=tuple(map(AuditKind, names)) or tuple(AuditKind),
                before=None if before is None else int(before),
                limit=max(1, min(MOST_LINES, int(parameters.get("limit", "100")))),
                is_csv=parameters.get("format") == "csv",
            )
        except ValueError:
            kinds = ", ".join(AuditKind)
            message = f"Expected kind ({kinds}), before and limit (whole numbers), format (csv)."
            raise HTTPException(422, message) from None
