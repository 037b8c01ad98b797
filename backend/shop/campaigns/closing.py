"""How campaigns that people take from open and close: what came in time is decided before they are over."""

from typing import Final

from backend.contract.campaigns import CampaignPhase, EndReason
from backend.shop.campaigns.kind import NotArmed
from backend.shop.campaigns.rows import CampaignRow, Change

DRAINED_AFTER_MS: Final = 2000
"""How long requests that came in time are waited for."""

TOO_LATE: Final = NotArmed("over", "It is over already: what came in time is being decided.")
_TAKES_REQUESTS: Final = frozenset({CampaignPhase.PREHEAT, CampaignPhase.OPEN})


def move_on_until_drained(row: CampaignRow, now_ms: int) -> Change | None:
    """Return what time makes of a campaign; None where all that came in time is decided and it is to end."""
    match row.phase:
        case CampaignPhase.PREHEAT if now_ms < row.opens_at_ms:
            return Change(row.phase, row.opens_at_ms)
        case CampaignPhase.PREHEAT:
            return Change(CampaignPhase.OPEN, row.closes_at_ms)
        case CampaignPhase.OPEN if now_ms < row.closes_at_ms:
            return Change(row.phase, row.closes_at_ms)  # other counts are all that is new
        case CampaignPhase.OPEN:
            return Change(CampaignPhase.CLOSING, row.closes_at_ms + DRAINED_AFTER_MS)
        case _ if now_ms < (drained_ms := row.closes_at_ms + DRAINED_AFTER_MS):
            return Change(row.phase, drained_ms)
        case _:
            return None


def close_early(row: CampaignRow, reason: EndReason, now_ms: int) -> Change | NotArmed | None:
    """Return how a campaign takes nothing more from now on; None where nothing can have come in time."""
    if row.phase not in _TAKES_REQUESTS or now_ms >= row.closes_at_ms:
        return TOO_LATE
    if now_ms < row.opens_at_ms:
        return None
    return Change(CampaignPhase.CLOSING, now_ms + DRAINED_AFTER_MS, end_reason=reason, closes_at_ms=now_ms)
