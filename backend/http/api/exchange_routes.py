"""The catalogue as files: imported and exported."""

from typing import Annotated, Final, Literal

import msgspec

from backend.contract.base import AssistantRight
from backend.contract.exchange import (
    MAX_IMPORT_BYTES,
    MOST_IMPORT_LINES,
    FileFormat,
    ImportReport,
    ImportUndone,
    PicturesOf,
    StockOf,
)
from backend.contract.problems import ProblemDetails
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, FileAnswer, Nothing, RawBody
from backend.http.api.problems import ApiError, refusal
from backend.http.api.product_routes import need_rights
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import refuse
from backend.shop.catalog.exchange.exchange import Exchange, ImportWish
from backend.shop.catalog.exchange.tables import FileError

_TYPES: Final = {FileFormat.CSV: "text/csv; charset=utf-8", FileFormat.JSON: "application/json"}


class HowToImport(msgspec.Struct, frozen=True):
    """How a file is imported.

    Attributes:
        dry_run: only tells what would be done.
        stock: what is done to the stock of SKUs that are there, where a file only says how much it is.
        pictures: whether links to pictures are followed.
        pictures_after: `pictures_next` of the report before, where links wait; the key is the same again.
        in_room: whether the room of the token shows what is new, after all others.
    """

    dry_run: bool = False
    format: FileFormat = FileFormat.AUTO
    stock: StockOf = StockOf.LEAVE
    pictures: PicturesOf = PicturesOf.LEAVE
    pictures_after: Annotated[int, msgspec.Meta(ge=0, le=MOST_IMPORT_LINES)] = 0
    in_room: bool = False


class WhichImport(msgspec.Struct, frozen=True):
    """How the file was imported whose import is taken back; its key is the request's key."""

    format: FileFormat = FileFormat.AUTO
    stock: StockOf = StockOf.LEAVE
    in_room: bool = False


class HowToExport(msgspec.Struct, frozen=True):
    """As what the catalogue is written."""

    format: Literal["csv", "json"] = "csv"


class ExchangeRoutes:
    """The endpoints of files: for the host, and assistants with the rights to products and prices."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [
            Endpoint(
                method="POST",
                path="/api/v1/catalog/import",
                summary="Import products: our CSV and JSON, and CSVs as Shopify and WooCommerce export them.",
                who=AssistantRight.PRODUCTS,
                or_right=AssistantRight.PRICES,
                handle=self.take,
                answer=ImportReport,
                parameters=HowToImport,
                body=RawBody,
                is_idempotent=True,
                body_bytes=MAX_IMPORT_BYTES,
                body_types=("text/csv", "application/json"),
            ),
            Endpoint(
                method="POST",
                path="/api/v1/catalog/import/undo",
                summary="Take an import back, under its key: what nobody changed or sold since is as before.",
                who=AssistantRight.PRODUCTS,
                or_right=AssistantRight.PRICES,
                handle=self.undo,
                answer=ImportUndone,
                parameters=WhichImport,
                body=Nothing,
                is_idempotent=True,
            ),
            Endpoint(
                method="GET",
                path="/api/v1/catalog/export",
                summary="Export all products as a file that an import takes unchanged.",
                who=AssistantRight.PRODUCTS,
                handle=self.give,
                answer=FileAnswer,
                parameters=HowToExport,
                body=Nothing,
                answer_types=("text/csv", "application/json"),
            ),
        ]

    async def take(self, call: Call[HowToImport, RawBody]) -> ImportReport:
        """Import a file."""
        need_rights(call.rights, AssistantRight.PRODUCTS, AssistantRight.PRICES)
        how = call.parameters
        wish = ImportWish(
            is_dry_run=how.dry_run,
            format=how.format,
            stock_of=how.stock,
            pictures=how.pictures,
            pictures_after=how.pictures_after,
            is_in_room=how.in_room,
        )
        request = request_of(call, f"import {how.format} {how.stock} {how.in_room}")
        try:
            report = await self._exchange.import_file(person_of(call), call.body.content, wish, request)
        except FileError as error:
            raise ApiError(
                ProblemDetails(
                    type="not_a_catalog", title="The file is not taken", status=422, detail=str(error)
                )
            ) from error
        if isinstance(report, ImportReport):
            return report
        raise refuse(report)

    async def undo(self, call: Call[WhichImport, Nothing]) -> ImportUndone:
        """Take an import back."""
        need_rights(call.rights, AssistantRight.PRODUCTS, AssistantRight.PRICES)
        how = call.parameters
        request = request_of(call, f"import {how.format} {how.stock} {how.in_room}")
        undone = await self._exchange.undo(person_of(call), request)
        if undone is not None:
            return undone
        raise refusal(404, "No import of yours under this key is kept. It is for 30 days.")

    async def give(self, call: Call[HowToExport, Nothing]) -> FileAnswer:
        """Export the catalogue."""
        kind = FileFormat(call.parameters.format)
        return FileAnswer(await self._exchange.export(kind), _TYPES[kind], f"products.{kind}")
