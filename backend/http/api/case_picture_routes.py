"""The pictures of cases: attached by buyers, seen by them and by staff, and by nobody else."""

from typing import Annotated

import msgspec

from backend.contract.base import AssistantRight
from backend.contract.bounds import UpTo
from backend.contract.cases import (
    CASE_PICTURE_TYPES,
    MAX_CASE_PICTURE_BYTES,
    MOST_CASE_PICTURES,
    MOST_ORDER_PICTURES,
    Case,
)
from backend.contract.pictures import PictureName
from backend.contract.problems import ProblemDetails
from backend.contract.shop_problems import CaseProblem
from backend.http.api.case_refusals import no_case, refuse_case
from backend.http.api.case_routes import OneCase
from backend.http.api.endpoint import (
    AnyEndpoint,
    BuyersFile,
    Call,
    Endpoint,
    FileAnswer,
    Nothing,
    RawBody,
    Who,
)
from backend.http.api.problems import ApiError, refusal
from backend.http.api.shop_call import person_of
from backend.shop.cases.pictures import CasePictures, PictureSize
from backend.shop.cases.results import CaseNotAllowedNow
from backend.shop.catalog.pictures.encoder import PicturesBusyError
from backend.shop.catalog.pictures.reencoding import PictureError


class OneCasePicture(msgspec.Struct, frozen=True):
    """Which picture of which case, by the address."""

    case_id: Annotated[str, UpTo(32)]
    name: PictureName


class CasePictureRoutes:
    """The endpoints of cases' pictures."""

    def __init__(self, pictures: CasePictures) -> None:
        self._pictures = pictures

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [
            Endpoint(
                method="POST",
                path="/api/v1/cases/{case_id}/pictures",
                summary=f"Attach a picture to one's own open case, {MOST_CASE_PICTURES} at most.",
                who=Who.MEMBER,
                handle=self.attach,
                answer=Case,
                parameters=OneCase,
                body=RawBody,
                status=201,
                body_bytes=MAX_CASE_PICTURE_BYTES,
                body_types=CASE_PICTURE_TYPES,
                problems={409: (CaseProblem,)},
            ),
            Endpoint(
                method="GET",
                path="/api/v1/cases/{case_id}/pictures/{name}",
                summary="Show a picture of a case.",
                who=Who.MEMBER,
                staff_right=AssistantRight.ORDERS,
                handle=self.whole,
                answer=FileAnswer,
                parameters=OneCasePicture,
                body=Nothing,
            ),
            Endpoint(
                method="GET",
                path="/api/v1/cases/{case_id}/thumbnails/{name}",
                summary="Show a small one of a case's picture.",
                who=Who.MEMBER,
                staff_right=AssistantRight.ORDERS,
                handle=self.small,
                answer=FileAnswer,
                parameters=OneCasePicture,
                body=Nothing,
            ),
        ]

    async def attach(self, call: Call[OneCase, RawBody]) -> Case:
        """Attach a picture."""
        try:
            result = await self._pictures.take(person_of(call), call.parameters.case_id, call.body.content)
        except PictureError as error:
            raise ApiError(
                ProblemDetails(
                    type="not_a_picture", title="The picture is not taken", status=422, detail=str(error)
                )
            ) from error
        except PicturesBusyError as error:
            raise refusal(429, str(error), {"Retry-After": "2"}) from error
        if isinstance(result, Case):
            return result
        if result is None:
            raise no_case()
        if isinstance(result, CaseNotAllowedNow):
            raise refuse_case(result)
        most = f"A case has at most {MOST_CASE_PICTURES} pictures, those of an order {MOST_ORDER_PICTURES}."
        raise refusal(422, most)

    async def whole(self, call: Call[OneCasePicture, Nothing]) -> BuyersFile:
        """Show a picture."""
        return await self._file(call, PictureSize.WHOLE)

    async def small(self, call: Call[OneCasePicture, Nothing]) -> BuyersFile:
        """Show a small one."""
        return await self._file(call, PictureSize.SMALL)

    async def _file(self, call: Call[OneCasePicture, Nothing], size: PictureSize) -> BuyersFile:
        wanted = call.parameters
        found = await self._pictures.read(person_of(call), wanted.case_id, wanted.name, size)
        if found is None:
            raise no_case()
        return BuyersFile(found.content, "image/webp", "case.webp", buyer_id=found.buyer_id)
