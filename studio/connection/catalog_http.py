"""What the studio asks the shop's catalogue over HTTP."""

from typing import Final
from urllib.parse import quote

import httpx
import msgspec

from backend.contract.decoding import decode_json
from backend.contract.exchange import FileFormat, ImportReport, ImportUndone, PicturesOf, StockOf
from backend.contract.listing import PlaceProduct, RoomListing
from backend.contract.pictures import StoredPicture
from backend.contract.product_problems import ProductProblem
from backend.contract.products import (
    BatchResult,
    ChangeProduct,
    EditProducts,
    NewProduct,
    ProductRemoval,
    ProductsPage,
    ProductUpdate,
    StaffProduct,
)
from backend.contract.stock import MoveStock, SkuStock, StockLedger
from studio.connection.room_http import RejectedError
from studio.connection.shop_answers import Answer, check, decoded
from studio.connection.shop_http import ShopHttp

PAGE: Final = 200
UPLOAD_TIMEOUT_S: Final = 60.0
# The backend follows links for half a minute, and one product more to its end.
IMPORT_TIMEOUT_S: Final = 180.0
MAX_PICTURE: Final = 4 * 1024 * 1024
CHANGED: Final = "product_changed"
_MAGIC: Final = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


class ChangedMeanwhileError(RejectedError):
    """Another editor was faster.

    Attributes:
        product: as it is now.
    """

    def __init__(self, product: StaffProduct, detail: str) -> None:
        super().__init__(detail, httpx.codes.CONFLICT, kind=CHANGED)
        self.product = product


class ImportQuery(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is imported, as the address says it.

    Attributes:
        pictures_after: where links are followed on, as the report before said under the same key.
        in_room: whether the room lists what is new.
    """

    dry_run: bool
    stock: StockOf
    pictures: PicturesOf
    pictures_after: int = 0
    in_room: bool


class CatalogHttp(ShopHttp):
    """HTTP to the catalogue, for the time of an `async with` block; it raises as `ShopHttp` does."""

    # --- Reading ---

    async def page(self, cursor: str | None = None) -> ProductsPage:
        """Read the shop's newest products, or those that come after a page."""
        params = {"limit": str(PAGE)} | ({} if cursor is None else {"cursor": cursor})
        return decoded(await self._http.get("/api/v1/products", params=params), ProductsPage)

    async def product(self, spu_id: str) -> StaffProduct:
        """Read one product as it is now."""
        return decoded(await self._http.get(_of(spu_id)), StaffProduct)

    async def listing(self) -> RoomListing:
        """Read which products the room lists, in its order."""
        return decoded(await self._http.get(f"/api/v1/rooms/{self.place.room}/listing"), RoomListing)

    async def ledger(self, sku_id: str) -> StockLedger:
        """Read the newest movements of a SKU's stock."""
        return decoded(await self._http.get(f"{_of_sku(sku_id)}/movements"), StockLedger)

    async def picture(self, path: str) -> bytes:
        """Read a picture; empty where it is larger than a list needs."""
        async with self._http.stream("GET", path) as answer:
            answer.raise_for_status()
            content = b""
            async for chunk in answer.aiter_bytes():
                content += chunk
                if len(content) > MAX_PICTURE:
                    return b""
        return content

    # --- Changing ---

    async def create(self, product: NewProduct, key: str) -> StaffProduct:
        """Add a product; the same key adds it once."""
        return await self._keyed("POST", "/api/v1/products", product, StaffProduct, key)

    async def change(self, spu_id: str, change: ChangeProduct, key: str) -> ProductUpdate:
        """Change a product.

        Raises:
            ChangedMeanwhileError: it has another version by now.
        """
        return await self._keyed("PATCH", _of(spu_id), change, ProductUpdate, key)

    async def change_alike(self, change: EditProducts, key: str) -> BatchResult:
        """Change many products alike."""
        return await self._keyed("POST", "/api/v1/products/batch", change, BatchResult, key)

    async def remove(self, spu_id: str, version: int) -> ProductRemoval:
        """Delete a product, or take it off the shelf where orders have it."""
        answer = await self._http.delete(_of(spu_id), params={"version": str(version)})
        return _decoded(answer, ProductRemoval)

    async def upload(self, content: bytes) -> StoredPicture:
        """Upload a picture; the same picture again has the same name."""
        kind = next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), "image/webp")
        answer = await self._http.post(
            "/api/v1/pictures", content=content, headers={"Content-Type": kind}, timeout=UPLOAD_TIMEOUT_S
        )
        return decoded(answer, StoredPicture)

    async def move_stock(self, sku_id: str, move: MoveStock, key: str) -> SkuStock:
        """Move the stock of a SKU."""
        return await self._keyed("POST", f"{_of_sku(sku_id)}/stock", move, SkuStock, key)

    async def put_in_room(self, wanted: PlaceProduct, key: str) -> RoomListing:
        """List a product in the room, or move it there."""
        path = f"/api/v1/rooms/{self.place.room}/listing"
        return await self._keyed("POST", path, wanted, RoomListing, key)

    async def take_from_room(self, spu_id: str) -> RoomListing:
        """Take a product out of what the room lists."""
        path = f"/api/v1/rooms/{self.place.room}/listing/{quote(spu_id, safe='')}"
        return decoded(await self._http.delete(path), RoomListing)

    async def import_file(self, content: bytes, key: str, query: ImportQuery) -> ImportReport:
        """Import products from a file, or say what that would do; the same key carries it out once."""
        kind = "application/json" if content.lstrip()[:1] in {b"{", b"["} else "text/csv"
        answer = await self._http.post(
            "/api/v1/catalog/import",
            params=msgspec.to_builtins(query),
            content=content,
            headers={"Idempotency-Key": key, "Content-Type": kind},
            timeout=IMPORT_TIMEOUT_S,
        )
        return decoded(answer, ImportReport)

    async def undo_import(self, key: str, query: ImportQuery) -> ImportUndone:
        """Take back what was imported under this key."""
        answer = await self._http.post(
            "/api/v1/catalog/import/undo",
            params={"stock": query.stock.value, "in_room": query.in_room},
            headers={"Idempotency-Key": key},
            timeout=IMPORT_TIMEOUT_S,
        )
        return decoded(answer, ImportUndone)

    async def export(self, form: FileFormat) -> bytes:
        """Return all products as a file."""
        answer = await self._http.get(
            "/api/v1/catalog/export", params={"format": form.value}, timeout=UPLOAD_TIMEOUT_S
        )
        check(answer)
        return answer.content

    async def _keyed(
        self, method: str, path: str, body: msgspec.Struct, kind: type[Answer], key: str
    ) -> Answer:
        headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
        content = msgspec.json.encode(body)
        return _decoded(await self._http.request(method, path, content=content, headers=headers), kind)


def _decoded(answer: httpx.Response, kind: type[Answer]) -> Answer:
    try:
        return decoded(answer, kind)
    except RejectedError as error:
        if error.kind != CHANGED:
            raise
        problem = decode_json(answer.content, ProductProblem)
        raise ChangedMeanwhileError(problem.product, problem.detail) from error


def _of(spu_id: str) -> str:
    return f"/api/v1/products/{quote(spu_id, safe='')}"


def _of_sku(sku_id: str) -> str:
    return f"/api/v1/skus/{quote(sku_id, safe='')}"
