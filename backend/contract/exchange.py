"""The catalogue as a file: what an import did, or would do."""

from enum import StrEnum
from typing import Final

import msgspec

MAX_IMPORT_BYTES: Final = 15 * 1024 * 1024
MOST_IMPORT_LINES: Final = 10_000
MOST_TOLD: Final = 1_000


class FileFormat(StrEnum):
    """What wrote a file.

    Attributes:
        AUTO: the import finds out by the first line.
    """

    AUTO = "auto"
    CSV = "csv"  # our own, as an export gives it
    JSON = "json"  # the same as JSON
    SHOPIFY = "shopify"
    WOOCOMMERCE = "woocommerce"


class StockOf(StrEnum):
    """What an import does to the stock of SKUs that are there already, where a file only says how much it is.

    Attributes:
        LEAVE: nothing, as they may sell meanwhile.
        COUNT: takes it for a count.
    """

    LEAVE = "leave"
    COUNT = "count"


class PicturesOf(StrEnum):
    """What an import does with links to pictures."""

    LEAVE = "leave"
    FETCH = "fetch"


class LineProblem(StrEnum):
    """Why a line is not taken, for programs that say it in words of their own.

    Attributes:
        OTHER: see `LineRefusal.why`.
    """

    OTHER = "other"
    TEXT_TOO_LONG = "text_too_long"
    NOT_WHOLE = "not_whole"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TOO_LARGE = "too_large"
    NOT_YES_OR_NO = "not_yes_or_no"
    WORD_TOO_LONG = "word_too_long"
    TOO_MANY_WORDS = "too_many_words"
    NOT_A_NUMBER = "not_a_number"
    NAMES_NO_PRODUCT = "names_no_product"
    HALF_AN_OPTION = "half_an_option"
    OTHER_LINE_REFUSED = "other_line_refused"
    CODE_TWICE = "code_twice"
    NO_HANDLE = "no_handle"
    NO_PARENT = "no_parent"
    KIND_NOT_TAKEN = "kind_not_taken"
    NO_PRICE = "no_price"
    NEW_WITHOUT_PRICE = "new_without_price"
    NEW_WITHOUT_LINE = "new_without_line"
    NEW_WITHOUT_TITLE = "new_without_title"
    HELD_BY_ORDERS = "held_by_orders"
    CODE_TAKEN = "code_taken"
    ROOM_FULL = "room_full"
    CHANGED_MEANWHILE = "changed_meanwhile"
    REFERENCE_OFFERED = "reference_offered"
    REFERENCE_SOLD = "reference_sold"
    REFERENCE_NONE = "reference_none"
    SEVERAL_PRODUCTS = "several_products"
    SKU_TWICE = "sku_twice"


class LineRefusal(msgspec.Struct, frozen=True):
    """A line of the file that is not taken.

    Attributes:
        line: in the file, the first is 1; of JSON the SKU, counted from 1; 0 for the whole file.
        column: as the file calls it; empty for the whole line.
        why: cause and remedy.
        values: what `problem` speaks of, by name: `most`, for one.
    """

    line: int
    column: str
    why: str
    problem: LineProblem = LineProblem.OTHER
    values: dict[str, str] = {}


class LineOutcome(StrEnum):
    """What a line does that is taken."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class FieldChange(msgspec.Struct, frozen=True):
    """A field that becomes another.

    Attributes:
        field: of a product or a SKU, or `stock`.
        before, after: as people read them: prices with their currency, lists with commas, yes and no.
    """

    field: str
    before: str
    after: str


class LineProposal(msgspec.Struct, frozen=True):
    """What a line does.

    Attributes:
        line: see `LineRefusal`.
        title: of its product.
        changes: of the SKU that the line is about; in the first line of a product those of the product too.
    """

    line: int
    outcome: LineOutcome
    title: str
    changes: list[FieldChange] = []


class UndoLeft(msgspec.Struct, frozen=True):
    """A product of which an import was not taken back whole.

    Attributes:
        fields: that others changed since; `stock` where orders have the units.
    """

    title: str
    fields: list[str]


class ImportUndone(msgspec.Struct, frozen=True):
    """What `POST /api/v1/catalog/import/undo` did.

    Attributes:
        restored: products that are as they were.
        removed: new products that are gone.
        kept: new products that were sold or edited: they are off the shelf.
        left: the first 1,000 of what stays as it is.
    """

    restored: int = 0
    removed: int = 0
    kept: int = 0
    left: list[UndoLeft] = []


class PictureRefusal(msgspec.Struct, frozen=True):
    """A picture that could not be fetched."""

    link: str
    why: str


class ImportReport(msgspec.Struct, frozen=True):
    """What an import did, or would do.

    Attributes:
        lines: of the file, without its head.
        created, changed, unchanged: products.
        refused: the first 1,000 of the refused lines. A product is taken whole or not at all.
        proposals: of the first 1,000 lines that are taken, those that change nothing after all others.
        pictures: that were fetched.
        pictures_left: links that wait: send the same again, under the same key and with `pictures_next` as
            `pictures_after`, to follow them; nothing of the file is done twice.
    """

    is_dry_run: bool
    format: FileFormat
    lines: int
    created: int
    changed: int
    unchanged: int
    refused_count: int
    refused: list[LineRefusal]
    pictures: int = 0
    pictures_left: int = 0
    pictures_refused: list[PictureRefusal] = []
    pictures_next: int | None = None
    proposals: list[LineProposal] = []
