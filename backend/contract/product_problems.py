"""Refusals of changes of the catalogue that have more to say than words."""

from backend.contract.problems import ProblemDetails
from backend.contract.products import StaffProduct


class ProductProblem(ProblemDetails, frozen=True, kw_only=True):
    """`product_changed`: the editor did not see the product as it is now, which is this."""

    product: StaffProduct


class ProductFieldProblem(ProblemDetails, frozen=True, kw_only=True):
    """`product_not_fit`: a field of the product cannot be so.

    Attributes:
        pointer: to the field in the request, such as `/new_skus/2/floor_minor` (RFC 6901).
    """

    pointer: str


class ReferenceProblem(ProductFieldProblem, frozen=True, kw_only=True):
    """`reference_offered`, `reference_sold`, `reference_none`: this price may not be crossed out.

    Attributes:
        allowed: which one may be, as people read it; empty for none.
    """

    allowed: str


class CodeProblem(ProblemDetails, frozen=True, kw_only=True):
    """`code_taken`: another SKU, of this product, has the code."""

    code: str
    spu_id: str


class PictureProblem(ProblemDetails, frozen=True, kw_only=True):
    """`unknown_picture`: there is no such picture; `picture_in_use`: it cannot go."""

    name: str
