"""The catalogue's refusals as problem details."""

from typing import Final, assert_never

from backend.contract.listing import MOST_LISTED
from backend.contract.problems import ProblemDetails
from backend.contract.product_problems import (
    CodeProblem,
    PictureProblem,
    ProductFieldProblem,
    ProductProblem,
    ReferenceProblem,
)
from backend.http.api.problems import ApiError, refusal
from backend.http.api.shop_refusals import refuse
from backend.shop.catalog.pictures.pictures import PictureInUse
from backend.shop.catalog.results import (
    BadReference,
    ChangedMeanwhile,
    CodeTaken,
    ListingFull,
    NotFit,
    ProductRefused,
    UnknownPicture,
)
from backend.shop.idempotency import KeyReused

NO_PRODUCT: Final = "The shop has no such product. Read the products again."
NO_PICTURE: Final = "No picture of this name was uploaded. Upload it again."


def refuse_product(result: ProductRefused | KeyReused) -> ApiError:
    """Return the refusal that a result of the catalogue means."""
    return refuse(result) if isinstance(result, KeyReused) else ApiError(_problem(result))


def refuse_picture(result: PictureInUse) -> ApiError:
    """Return the refusal of a deletion."""
    return ApiError(
        PictureProblem(
            type="picture_in_use",
            title="The picture is in use",
            status=409,
            detail="A product, a room or an order shows the picture. Take it out of there first.",
            name=result.name,
        )
    )


def no_product() -> ApiError:
    """Refuse who asks for a product that is not there."""
    return refusal(404, NO_PRODUCT)


def _problem(result: ProductRefused) -> ProblemDetails:
    match result:
        case ChangedMeanwhile(product=product):
            return ProductProblem(
                type="product_changed",
                title="The product has changed",
                status=409,
                detail="Somebody changed the product meanwhile. Look at it as it is now, and try again.",
                product=product,
            )
        case CodeTaken(code=code, spu_id=spu_id, title=title):
            return CodeProblem(
                type="code_taken",
                title="Another SKU has the code",
                status=409,
                detail=f"A SKU of {title!r} has the code {code}. Give this one another.",
                code=code,
                spu_id=spu_id,
            )
        case NotFit(pointer=pointer, why=why):
            return ProductFieldProblem(
                type="product_not_fit",
                title="The product cannot be so",
                status=422,
                detail=why,
                pointer=pointer,
            )
        case BadReference():
            return _reference_problem(result)
        case UnknownPicture(name=name):
            return PictureProblem(
                type="unknown_picture",
                title="There is no such picture",
                status=404,
                detail=NO_PICTURE,
                name=name,
            )
        case ListingFull():
            return ProblemDetails(
                type="listing_full",
                title="The room shows as much as it may",
                status=409,
                detail=f"A room shows at most {MOST_LISTED} products. Take one out first.",
            )
    assert_never(result)


def _reference_problem(result: BadReference) -> ReferenceProblem:
    return ReferenceProblem(
        type=result.kind,
        title="This price may not be crossed out",
        status=422,
        detail=result.why,
        pointer=result.pointer,
        allowed=result.allowed,
    )
