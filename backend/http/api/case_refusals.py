"""What cases refuse, as problem details."""

from typing import Final

from backend.contract.problems import ProblemDetails
from backend.contract.shop_problems import (
    CaseLineProblem,
    CaseProblem,
    CoinsSpentProblem,
    ShippingProblem,
    WindowProblem,
)
from backend.http.api.problems import ApiError, refusal
from backend.http.api.shop_refusals import refuse
from backend.shop.cases.cases import CaseRefusal
from backend.shop.cases.results import (
    CaseNotAllowedNow,
    CoinsSpent,
    NotClaimable,
    ShippingTooMuch,
    WindowOver,
)

NO_CASE: Final = "There is no such case, or it is not yours."

_OfCase = CaseNotAllowedNow | NotClaimable | ShippingTooMuch | CoinsSpent | WindowOver


def no_case() -> ApiError:
    """Refuse who asks for a case that is not there, or is another's: nobody learns which."""
    return refusal(404, NO_CASE)


def refuse_case(result: CaseRefusal) -> ApiError:
    """Return the refusal that a result means."""
    if isinstance(result, _OfCase):
        return ApiError(_problem(result))
    return refuse(result)


def _problem(result: _OfCase) -> ProblemDetails:
    match result:
        case CaseNotAllowedNow(case=case):
            return CaseProblem(
                type="case_not_allowed_now",
                title="The case does not allow it now",
                status=409,
                detail=f"The case is {case.state}. Load it again: somebody may have been faster.",
                case=case,
            )
        case NotClaimable(line=line, left=left):
            return CaseLineProblem(
                type="not_claimable",
                title="The case cannot be about so many",
                status=409,
                detail=f"Of line {line} a case can be about {left}.",
                line=line,
                left=left,
            )
        case ShippingTooMuch(left_minor=left_minor):
            return ShippingProblem(
                type="shipping_too_much",
                title="So much was not paid for shipping",
                status=409,
                detail=f"Of the shipping {left_minor} are left, in the minor unit.",
                left_minor=left_minor,
            )
        case CoinsSpent(left=left):
            return CoinsSpentProblem(
                type="coins_spent",
                title="So many of the coins are not there any more",
                status=409,
                detail=f"The buyer has {left} coins left. Give back no more coins than these.",
                left=left,
            )
        case WindowOver(ended_at_ms=ended_at_ms):
            return WindowProblem(
                type="window_over",
                title="The time to send it back is over",
                status=409,
                detail="The order is complete, and the days in which goods go back are over.",
                ended_at_ms=ended_at_ms,
            )
