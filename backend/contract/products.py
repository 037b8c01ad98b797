"""Products of the shop as its staff see and change them, on the shelf or not, in a room or not."""

from typing import Annotated, Final

import msgspec
from msgspec import UNSET, UnsetType

from backend.contract.bounds import UpTo
from backend.contract.orders import Code, SkuId
from backend.contract.pictures import Picture, PictureName
from backend.contract.shop import MAX_PRICE_MINOR, MAX_STOCK, MAX_TITLE

MOST_SKUS: Final = 100
MOST_SPECS: Final = 3
MOST_PICTURES: Final = 12
MOST_TAGS: Final = 20
MOST_IN_BATCH: Final = 500
MAX_DESCRIPTION: Final = 5_000
MAX_LABEL: Final = 50  # of a category, a tag, a specification
MAX_WEIGHT_G: Final = 10_000_000
MAX_LIMIT: Final = 9_999
WHOLE_BP: Final = 10_000

SpuId = Annotated[str, UpTo(160)]
Title = Annotated[str, UpTo(2 * MAX_TITLE)]
Description = Annotated[str, UpTo(MAX_DESCRIPTION)]
Label = Annotated[str, UpTo(MAX_LABEL)]
Tags = Annotated[list[str], UpTo(MAX_LABEL, items=MOST_TAGS)]
PictureNames = Annotated[list[PictureName], UpTo(100, items=MOST_PICTURES)]
Specs = Annotated[list[list[str]], UpTo(MAX_LABEL, items=MOST_SPECS)]
Money = Annotated[int, msgspec.Meta(ge=0, le=MAX_PRICE_MINOR)]
Stock = Annotated[int, msgspec.Meta(ge=0, le=MAX_STOCK)]
Limit = Annotated[int, msgspec.Meta(ge=1, le=MAX_LIMIT)]
Weight = Annotated[int, msgspec.Meta(ge=0, le=MAX_WEIGHT_G)]
PriceChange = Annotated[int, msgspec.Meta(ge=-MAX_PRICE_MINOR, le=MAX_PRICE_MINOR)]
PriceChangeBp = Annotated[int, msgspec.Meta(ge=-WHOLE_BP, le=100 * WHOLE_BP)]
TaxRate = Annotated[int, msgspec.Meta(ge=0, le=WHOLE_BP)]


class StaffSku(msgspec.Struct, frozen=True):
    """One choice of a product's specifications with all that the shop knows of it.

    Attributes:
        code: the shop's own, no other SKU has it; None where there is none.
        specs: pairs of name and value; empty where there is no choice.
        floor_minor: below which no reduction brings the price.
        limit_per_buyer: units; None where there is no limit.
        tax_rate_bp: contained in the price, in hundredths of a percent.
        on_hand: units in the house, `reserved` of which orders hold; of a bundle 0: it has none.
        left: units that can be bought now, of a bundle as its components allow.
        components: units of other SKUs that one is made of; empty where it is no bundle.
        is_active: whether it can be bought; the shop keeps others for their orders' sake.
    """

    sku_id: str
    code: str | None
    specs: list[list[str]]
    price_minor: int
    reference_minor: int | None
    floor_minor: int
    limit_per_buyer: int | None
    weight_g: int
    tax_rate_bp: int
    on_hand: int
    reserved: int
    sold: int
    left: int
    components: dict[str, int]
    is_active: bool


class StaffProduct(msgspec.Struct, frozen=True):
    """A product (SPU) with all that the shop knows of it.

    Attributes:
        pictures: in the gallery's order; the first stands for the product.
        rooms: whose listing holds it.
        version: grows with each change, though not with a purchase; who changes it says which one they saw.
        skus: in the shop's order, those that are no longer active among them.
    """

    spu_id: str
    title: str
    description: str
    category: str
    tags: list[str]
    pictures: list[Picture]
    is_on_shelf: bool
    rooms: list[str]
    version: int
    created_at_ms: int
    updated_at_ms: int
    skus: list[StaffSku]


class ProductsPage(msgspec.Struct, frozen=True):
    """What `GET /api/v1/products` gives, the newest first.

    Attributes:
        currency: of all prices (ISO 4217).
        next: ask with `cursor` of this for the next page; None when there is none.
    """

    currency: str
    products: list[StaffProduct]
    next: str | None


class NewSku(msgspec.Struct, frozen=True):
    """A SKU that is to be; `stock` is what is there of it at first."""

    price_minor: Money
    specs: Specs = []
    reference_minor: Money | None = None
    floor_minor: Money = 0
    stock: Stock = 0
    code: Code | None = None
    limit_per_buyer: Limit | None = None
    weight_g: Weight = 0
    tax_rate_bp: TaxRate = 0


NewSkus = Annotated[list[NewSku], UpTo(0, items=MOST_SKUS), msgspec.Meta(min_length=1)]


class NewProduct(msgspec.Struct, frozen=True):
    """What `POST /api/v1/products` takes.

    Attributes:
        title: 1 to `MAX_TITLE` characters.
        pictures: names that an upload gave.
        skus: of several, each has the same specifications in the same order, and no two the same values.
        is_in_room: whether the room of the token shows it, after all others.
    """

    title: Title
    skus: NewSkus
    description: Description = ""
    category: Label = ""
    tags: Tags = []
    pictures: PictureNames = []
    is_on_shelf: bool = True
    is_in_room: bool = False


class ChangeSku(msgspec.Struct, frozen=True):
    """What becomes of a SKU; a field that is not sent stays. Its stock is moved: see `MoveStock`."""

    sku_id: SkuId
    code: Code | UnsetType | None = UNSET
    specs: Specs | UnsetType = UNSET
    price_minor: Money | UnsetType = UNSET
    reference_minor: Money | UnsetType | None = UNSET
    floor_minor: Money | UnsetType = UNSET
    limit_per_buyer: Limit | UnsetType | None = UNSET
    weight_g: Weight | UnsetType = UNSET
    tax_rate_bp: TaxRate | UnsetType = UNSET
    is_active: bool | UnsetType = UNSET


class ChangeProduct(msgspec.Struct, frozen=True):
    """What `PATCH /api/v1/products/<spu>` takes; a field that is not sent stays.

    Prices, reference and floor prices need the right to prices, all else that to products.

    Attributes:
        version: that the editor saw; another one is refused, with the product as it is now.
        pictures: all of them, in the gallery's new order.
        new_skus: come after the others.
    """

    version: int
    title: Title | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    category: Label | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET
    pictures: PictureNames | UnsetType = UNSET
    is_on_shelf: bool | UnsetType = UNSET
    skus: Annotated[list[ChangeSku], UpTo(0, items=MOST_SKUS)] = []
    new_skus: Annotated[list[NewSku], UpTo(0, items=MOST_SKUS)] = []


class ProductUpdate(msgspec.Struct, frozen=True):
    """A change that was made: what was, so that it can be undone, and what is."""

    before: StaffProduct
    after: StaffProduct


class ProductRemoval(msgspec.Struct, frozen=True):
    """What `DELETE /api/v1/products/<spu>` did.

    Attributes:
        after: None where the product is deleted; else it is off the shelf and in no room, and `reason` says
            why the shop keeps it.
    """

    before: StaffProduct
    after: StaffProduct | None
    reason: str = ""


class SkuPrice(msgspec.Struct, frozen=True):
    """What a SKU costs."""

    sku_id: SkuId
    price_minor: Money


class BatchValues(msgspec.Struct, frozen=True):
    """What a batch can change of a product."""

    version: int
    is_on_shelf: bool
    category: Label
    tags: Tags
    prices: Annotated[list[SkuPrice], UpTo(0, items=MOST_IN_BATCH)]


class SeenProduct(msgspec.Struct, frozen=True):
    """A product in the version that an editor saw.

    Attributes:
        restore: what a batch said that was before: undoes it for this product, whatever else the batch wants.
    """

    spu_id: SpuId
    version: int
    restore: BatchValues | None = None


class EditProducts(msgspec.Struct, frozen=True):
    """What `POST /api/v1/products/batch` takes: the same for all of them; a field that is not sent stays.

    Attributes:
        price_change_bp: of each price, in hundredths of a percent; -1500 takes off 15 %, rounded half up.
        price_change_minor: added to each price; one of the two at most.
        add_tags, remove_tags: removed first.
    """

    products: Annotated[list[SeenProduct], UpTo(0, items=MOST_IN_BATCH), msgspec.Meta(min_length=1)]
    price_change_bp: PriceChangeBp | UnsetType = UNSET
    price_change_minor: PriceChange | UnsetType = UNSET
    is_on_shelf: bool | UnsetType = UNSET
    category: Label | UnsetType = UNSET
    add_tags: Tags = []
    remove_tags: Tags = []


class BatchItem(msgspec.Struct, frozen=True):
    """What became of one product of a batch.

    Attributes:
        before: None where there is no such product.
        after: None where it was refused.
        problem: the kind of the refusal, as of problem details; empty where there is none.
        detail: its cause and remedy.
    """

    spu_id: str
    before: BatchValues | None
    after: BatchValues | None
    problem: str = ""
    detail: str = ""


class BatchResult(msgspec.Struct, frozen=True):
    """One item for each product of the request, in its order."""

    items: list[BatchItem]
