"""Pictures of products, uploaded and deleted."""

import logging
from typing import Final

import msgspec

from backend.contract.base import AssistantRight
from backend.contract.pictures import MAX_PICTURE_BYTES, PictureName, PicturesRemoval, StoredPicture
from backend.contract.problems import ProblemDetails
from backend.contract.product_problems import PictureProblem
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, RawBody
from backend.http.api.problems import ApiError, refusal
from backend.http.api.product_refusals import NO_PICTURE, refuse_picture
from backend.shop.catalog.pictures.encoder import PicturesBusyError
from backend.shop.catalog.pictures.pictures import Pictures
from backend.shop.catalog.pictures.reencoding import PictureError

log = logging.getLogger("livestall.shop")

PICTURE_TYPES: Final = ("image/jpeg", "image/png", "image/webp", "image/gif")


class OnePicture(msgspec.Struct, frozen=True):
    """Which picture, by the address."""

    name: PictureName


class PictureRoutes:
    """The endpoints of pictures: for the host, and assistants with the right to products."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [
            Endpoint(
                method="POST",
                path="/api/v1/pictures",
                summary="Upload a picture. It is encoded anew, and has a name by which products take it.",
                who=AssistantRight.PRODUCTS,
                handle=self.upload,
                answer=StoredPicture,
                parameters=Nothing,
                body=RawBody,
                status=201,
                body_bytes=MAX_PICTURE_BYTES,
                body_types=PICTURE_TYPES,
            ),
            Endpoint(
                method="DELETE",
                path="/api/v1/pictures/{name}",
                summary="Delete a picture that no product, room or order shows.",
                who=AssistantRight.PRODUCTS,
                handle=self.delete,
                answer=PicturesRemoval,
                parameters=OnePicture,
                body=Nothing,
                problems={409: (PictureProblem,)},
            ),
            Endpoint(
                method="DELETE",
                path="/api/v1/pictures",
                summary="Delete all pictures that nothing shows and that are older than a day.",
                who=AssistantRight.PRODUCTS,
                handle=self.delete_unused,
                answer=PicturesRemoval,
                parameters=Nothing,
                body=Nothing,
            ),
        ]

    async def upload(self, call: Call[Nothing, RawBody]) -> StoredPicture:
        """Keep a picture."""
        try:
            return await self._pictures.take(call.body.content)
        except PictureError as error:
            problem = ProblemDetails(
                type="not_a_picture", title="The picture is not taken", status=422, detail=str(error)
            )
            raise ApiError(problem) from error
        except PicturesBusyError as error:
            raise refusal(429, str(error), {"Retry-After": "2"}) from error
        except OSError as error:
            log.exception("a picture could not be kept")
            raise refusal(
                503, "The backend cannot keep pictures now. Free some space on its disk."
            ) from error

    async def delete(self, call: Call[OnePicture, Nothing]) -> PicturesRemoval:
        """Delete a picture."""
        deleted = await self._pictures.delete(call.parameters.name)
        if deleted is None:
            raise refusal(404, NO_PICTURE)
        if isinstance(deleted, PicturesRemoval):
            return deleted
        raise refuse_picture(deleted)

    async def delete_unused(self, _call: Call[Nothing, Nothing]) -> PicturesRemoval:
        """Delete what nothing shows."""
        return await self._pictures.delete_unused()
